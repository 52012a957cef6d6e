import { isSame, itemsOf, textOfValue, truthOf } from './pyText';
import {
  bool,
  hasHole,
  hole,
  int,
  keyOf,
  list,
  replaceHoles,
  text,
  UNKNOWN,
  type PyText,
  type PyValue,
} from './pyValue';

/** `left operator right`. */
export function binaryOperation(operator: string, left: PyValue, right: PyValue): PyValue {
  if (left.kind === 'text' || right.kind === 'text') return textOperation(operator, left, right);
  const numbers = numberOperation(operator, left, right);
  if (numbers !== undefined) return numbers;
  if (left.kind === 'list' && right.kind === 'list') return listOperation(operator, left, right);
  if (operator === '*' && left.kind === 'list' && right.kind === 'int') {
    const times = Math.min(Math.max(0, right.value), 10_000 / Math.max(1, left.items.length));
    return list(Array.from({ length: times }, () => left.items).flat(), left.open, left.type);
  }
  if (operator === '|' && left.kind === 'dict' && right.kind === 'dict') {
    return {
      kind: 'dict',
      entries: new Map([...left.entries, ...right.entries]),
      open: left.open || right.open,
    };
  }
  return UNKNOWN;
}

function textOperation(operator: string, left: PyValue, right: PyValue): PyValue {
  if (operator === '+') return concatenate(left, right);
  if (operator === '/' && (isPath(left) || isPath(right))) return joinPaths(left, right);
  if (left.kind !== 'text') return UNKNOWN;
  if (operator === '%') return formatPercent(left, right);
  if (operator !== '*' || right.kind !== 'int') return UNKNOWN;
  const times = Math.max(0, right.value);
  return times * left.text.length > 100_000 ? UNKNOWN : text(left.text.repeat(times));
}

function concatenate(left: PyValue, right: PyValue): PyValue {
  const isText = (value: PyValue): boolean => value.kind === 'text' || value.kind === 'unknown';
  return isText(left) && isText(right) ? text(textOfValue(left) + textOfValue(right)) : UNKNOWN;
}

function isPath(value: PyValue): boolean {
  return value.kind === 'text' && value.isPath === true;
}

export function joinPaths(left: PyValue, right: PyValue): PyValue {
  const [first, second] = [textOfValue(left), textOfValue(right)];
  const joined =
    second.startsWith('/') || first === '.' ? second : `${first.replace(/\/$/, '')}/${second}`;
  return path(joined);
}

/** As `pathlib` writes it: without `./` and double slashes. */
export function path(value: string): PyText {
  const parts = value.split('/').filter((part, at) => part !== '.' && (part !== '' || at === 0));
  const joined = parts.join('/');
  return {
    kind: 'text',
    text: joined === '' ? (value.startsWith('/') ? '/' : '.') : joined,
    isPath: true,
  };
}

function formatPercent(format: PyText, right: PyValue): PyValue {
  const values = right.kind === 'list' && right.type === 'tuple' ? [...right.items] : [right];
  const filled = format.text.replace(/%(%|[-#0 +]*[\d.]*[diouxXeEfFgGcrs])/g, (_, kind: string) => {
    if (kind === '%') return '%';
    const value = values.shift();
    return value === undefined || !/^[sd]$/.test(kind) ? hole() : textOfValue(value);
  });
  return text(filled);
}

function numberOf(value: PyValue): number | undefined {
  if (value.kind === 'int' || value.kind === 'float') return value.value;
  return value.kind === 'bool' ? Number(value.value) : undefined;
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a - b * Math.floor(a / b),
  '**': (a, b) => a ** b,
};

function numberOperation(operator: string, left: PyValue, right: PyValue): PyValue | undefined {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return undefined;
  const value = ARITHMETIC[operator]?.(a, b);
  if (value === undefined || (b === 0 && /[/%]/.test(operator))) return UNKNOWN;
  const isFloat = left.kind === 'float' || right.kind === 'float' || operator === '/';
  return isFloat || (operator === '**' && b < 0) ? { kind: 'float', value } : int(value);
}

type ListValue = Extract<PyValue, { kind: 'list' }>;

function listOperation(operator: string, left: ListValue, right: ListValue): PyValue {
  const open = left.open || right.open;
  if (operator === '+') return list([...left.items, ...right.items], open, left.type);
  const keys = new Set(right.items.map(keyOf));
  const isIn = (value: PyValue): boolean => keys.has(keyOf(value));
  const isUnclear = open || keys.has(undefined);
  switch (operator) {
    case '-':
      return list(
        left.items.filter((item) => !isIn(item)),
        isUnclear,
        'set',
      );
    case '&':
      return list(left.items.filter(isIn), isUnclear, 'set');
    case '|':
      return uniqueItems([...left.items, ...right.items], isUnclear);
    default:
      return UNKNOWN;
  }
}

/** A set. */
export function uniqueItems(items: readonly PyValue[], open: boolean): PyValue {
  const known = new Map<string, PyValue>();
  let isOpen = open;
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) isOpen = true;
    else if (!known.has(key)) known.set(key, item);
  }
  return list([...known.values()], isOpen, 'set');
}

/** `==`, `<`, `in`, `is` …. */
export function compare(operator: string, left: PyValue, right: PyValue): PyValue {
  switch (operator) {
    case '==':
    case 'is':
      return bool(isSame(left, right));
    case '!=':
    case 'is not':
      return negate(bool(isSame(left, right)));
    case 'in':
      return contains(right, left);
    case 'not in':
      return negate(contains(right, left));
    default:
      return order(operator, left, right);
  }
}

export function negate(value: PyValue): PyValue {
  const truth = truthOf(value);
  return bool(truth === undefined ? undefined : !truth);
}

function contains(container: PyValue, value: PyValue): PyValue {
  if (container.kind === 'text' && value.kind === 'text') {
    const parts = replaceHoles(container.text, () => '\0').split('\0');
    if (hasHole(value.text)) return UNKNOWN;
    if (parts.some((part) => part.includes(value.text))) return bool(true);
    return hasHole(container.text) ? UNKNOWN : bool(false);
  }
  const found = itemsOf(container);
  if (found === undefined) return UNKNOWN;
  const answers = new Set(found.items.map((item) => isSame(item, value)));
  if (answers.has(true)) return bool(true);
  return found.open || answers.has(undefined) ? UNKNOWN : bool(false);
}

function order(operator: string, left: PyValue, right: PyValue): PyValue {
  const a = orderKey(left);
  const b = orderKey(right);
  if (a === undefined || b === undefined || typeof a !== typeof b) return UNKNOWN;
  switch (operator) {
    case '<':
      return bool(a < b);
    case '<=':
      return bool(a <= b);
    case '>':
      return bool(a > b);
    case '>=':
      return bool(a >= b);
    default:
      return UNKNOWN;
  }
}

/** What a value is sorted by; undefined for what cannot be. */
export function orderKey(value: PyValue): number | string | undefined {
  if (value.kind === 'text') return hasHole(value.text) ? undefined : value.text;
  return numberOf(value);
}

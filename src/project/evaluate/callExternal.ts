import { callMethod } from './callMethod';
import type { Arguments, Interpreter } from './interpreter';
import { joinPaths, orderKey, path, uniqueItems } from './operators';
import { itemsOf, reprOf, textOfValue, truthOf } from './pyText';
import { bool, dict, hole, int, list, NONE, text, UNKNOWN, type PyValue } from './pyValue';

export type External = (given: Arguments, interpreter: Interpreter) => PyValue;

/** The functions of Python and its standard library that are understood. */
const PYTHON: Readonly<Record<string, External>> = {
  str: ({ positional: [value] }) => (value === undefined ? text('') : text(textOfValue(value))),
  repr: ({ positional: [value = UNKNOWN] }) => text(reprOf(value) ?? hole()),
  int: ({ positional: [value = UNKNOWN] }) => toInteger(value),
  float: ({ positional: [value = UNKNOWN] }) => toFloat(value),
  bool: ({ positional: [value = UNKNOWN] }) => bool(truthOf(value)),
  len: ({ positional: [value = UNKNOWN] }) => {
    const found = itemsOf(value);
    return found === undefined || found.open ? UNKNOWN : int(found.items.length);
  },
  list: ({ positional: [value] }) => toList(value, 'list'),
  tuple: ({ positional: [value] }) => toList(value, 'tuple'),
  set: ({ positional: [value] }) => toSet(value),
  frozenset: ({ positional: [value] }) => toSet(value),
  dict: ({ positional: [value], keywords, open }) => {
    const base = value?.kind === 'dict' ? value : undefined;
    const made = dict(
      [...keywords].map(([name, own]) => [text(name), own] as const),
      open || (value !== undefined && base === undefined) || base?.open === true,
    );
    return { ...made, entries: new Map([...(base?.entries ?? []), ...made.entries]) };
  },
  range: ({ positional }) => range(positional),
  sorted: ({ positional: [value = UNKNOWN], keywords }) => sorted(value, keywords),
  reversed: ({ positional: [value = UNKNOWN] }) => {
    const found = itemsOf(value);
    return found === undefined ? UNKNOWN : list([...found.items].reverse(), found.open);
  },
  enumerate: ({ positional: [value = UNKNOWN, start] }) => {
    const found = itemsOf(value);
    const from = start?.kind === 'int' ? start.value : 0;
    if (found === undefined || (start !== undefined && start.kind !== 'int')) return UNKNOWN;
    return list(
      found.items.map((item, at) => list([int(at + from), item], false, 'tuple')),
      found.open,
    );
  },
  zip: ({ positional }) => zip(positional),
  min: ({ positional }) => extreme(positional, (a, b) => a < b),
  max: ({ positional }) => extreme(positional, (a, b) => a > b),
  any: ({ positional: [value = UNKNOWN] }) => someTrue(value, true),
  all: ({ positional: [value = UNKNOWN] }) => someTrue(value, false),
  map: ({ positional: [callee = UNKNOWN, value = UNKNOWN] }, interpreter) => {
    const found = itemsOf(value);
    if (found === undefined) return UNKNOWN;
    const call = (item: PyValue) =>
      interpreter.call(callee, { positional: [item], keywords: new Map(), open: false });
    return list(found.items.map(call), found.open);
  },
  print: () => NONE,
  isinstance: ({ positional: [value = UNKNOWN, type = UNKNOWN] }) => isInstance(value, type),
  'os.path.join': ({ positional }) => joined(positional),
  'posixpath.join': ({ positional }) => joined(positional),
  'os.path.basename': ({ positional: [value = UNKNOWN] }) =>
    text(textOfValue(value).replace(/^[^]*\//, '')),
  'os.path.dirname': ({ positional: [value = UNKNOWN] }) =>
    text(textOfValue(value).replace(/\/?[^/]*$/, '')),
  'os.path.splitext': ({ positional: [value = UNKNOWN] }) => {
    const [, stem = '', extension = ''] =
      /^([^]*?[^/.]?)(\.[^./]*)?$/.exec(textOfValue(value)) ?? [];
    return list([text(stem), text(extension)], false, 'tuple');
  },
  'os.fspath': ({ positional: [value = UNKNOWN] }) => text(textOfValue(value)),
  Path: ({ positional }) =>
    positional.slice(1).reduce(joinPaths, path(textOfValue(positional[0] ?? text('.')))),
  'pathlib.Path': (given, interpreter) => PYTHON['Path']?.(given, interpreter) ?? UNKNOWN,
  'pathlib.PurePath': (given, interpreter) => PYTHON['Path']?.(given, interpreter) ?? UNKNOWN,
  'copy.copy': ({ positional: [value = UNKNOWN] }) => value,
  'copy.deepcopy': ({ positional: [value = UNKNOWN] }) => value,
};

export const PYTHON_NAMES: ReadonlySet<string> = new Set(
  Object.keys(PYTHON).map((name) => name.split('.', 1)[0] ?? name),
);

/** A function outside of the workflow; a list or dictionary that is given to one that is not understood may have grown. */
export function callKnown(
  own: Readonly<Record<string, External>>,
): (name: string, given: Arguments, interpreter: Interpreter) => PyValue {
  return (name, given, interpreter) => {
    if (name.startsWith('.')) return callMethod(name.slice(1), given, interpreter);
    const external = Object.hasOwn(own, name)
      ? own[name]
      : Object.hasOwn(PYTHON, name)
        ? PYTHON[name]
        : undefined;
    if (external !== undefined) return external(given, interpreter);
    for (const value of [...given.positional, ...given.keywords.values()]) {
      if (value.kind === 'list' || value.kind === 'dict') value.open = true;
    }
    return UNKNOWN;
  };
}

function toInteger(value: PyValue): PyValue {
  if (value.kind === 'int') return value;
  if (value.kind === 'float') return int(Math.trunc(value.value));
  if (value.kind === 'bool') return int(Number(value.value));
  return value.kind === 'text' && /^\s*[-+]?\d+\s*$/.test(value.text)
    ? int(Number(value.text))
    : UNKNOWN;
}

function toFloat(value: PyValue): PyValue {
  if (value.kind === 'int' || value.kind === 'float') return { kind: 'float', value: value.value };
  const isNumber =
    value.kind === 'text' && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value.text);
  return isNumber ? { kind: 'float', value: Number(textOfValue(value)) } : UNKNOWN;
}

function toList(value: PyValue | undefined, type: 'list' | 'tuple'): PyValue {
  if (value === undefined) return list([], false, type);
  const found = itemsOf(value);
  if (found === undefined) return list([], true, type);
  // The order of a set is not known.
  const isUnordered = value.kind === 'list' && value.type === 'set' && value.items.length > 1;
  return isUnordered ? list(found.items, found.open, 'set') : list(found.items, found.open, type);
}

function toSet(value: PyValue | undefined): PyValue {
  if (value === undefined) return list([], false, 'set');
  const found = itemsOf(value);
  return found === undefined ? list([], true, 'set') : uniqueItems(found.items, found.open);
}

function range(given: readonly PyValue[]): PyValue {
  const numbers = given.flatMap((one) => (one.kind === 'int' ? [one.value] : []));
  if (numbers.length !== given.length || numbers.length === 0) return UNKNOWN;
  const [from, to] =
    numbers.length === 1 ? [0, numbers[0] ?? 0] : [numbers[0] ?? 0, numbers[1] ?? 0];
  const step = numbers[2] ?? 1;
  const length = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  if (length > 50_000) return UNKNOWN;
  return list(Array.from({ length }, (_, at) => int(from + at * step)));
}

function sorted(value: PyValue, keywords: ReadonlyMap<string, PyValue>): PyValue {
  const found = itemsOf(value);
  if (found === undefined) return UNKNOWN;
  const keys = found.items.map(orderKey);
  const isSimple = new Set(keys.map((key) => typeof key)).size <= 1 && !keys.includes(undefined);
  if (!isSimple || keywords.size > 0) return list(found.items, found.open, 'set');
  const compare = (a: PyValue, b: PyValue): number =>
    (orderKey(a) ?? 0) < (orderKey(b) ?? 0) ? -1 : 1;
  return list([...found.items].sort(compare), found.open);
}

function zip(given: readonly PyValue[]): PyValue {
  const lists = given.map(itemsOf);
  const length = Math.min(...lists.map((one) => one?.items.length ?? 0));
  if (lists.length === 0 || lists.includes(undefined)) return list([], true);
  const rows = Array.from({ length }, (_, row) =>
    list(
      lists.map((one) => one?.items[row] ?? UNKNOWN),
      false,
      'tuple',
    ),
  );
  return list(
    rows,
    lists.some((one) => one?.open === true),
  );
}

function extreme(
  given: readonly PyValue[],
  isBetter: (a: number | string, b: number | string) => boolean,
): PyValue {
  const [only] = given;
  const items =
    given.length === 1 && only !== undefined ? itemsOf(only) : { items: given, open: false };
  if (items === undefined || items.open || items.items.length === 0) return UNKNOWN;
  return items.items.reduce((best, item) => {
    const [a, b] = [orderKey(item), orderKey(best)];
    if (a === undefined || b === undefined) return UNKNOWN;
    return isBetter(a, b) ? item : best;
  });
}

function someTrue(value: PyValue, wanted: boolean): PyValue {
  const found = itemsOf(value);
  if (found === undefined) return UNKNOWN;
  const truths = new Set(found.items.map(truthOf));
  if (truths.has(wanted)) return bool(wanted);
  return found.open || truths.has(undefined) ? UNKNOWN : bool(!wanted);
}

const TYPES: Readonly<Record<string, (value: PyValue) => boolean>> = {
  str: (value) => value.kind === 'text' && value.isPath !== true,
  list: (value) => value.kind === 'list' && value.type === 'list',
  tuple: (value) => value.kind === 'list' && value.type === 'tuple',
  dict: (value) => value.kind === 'dict',
  int: (value) => value.kind === 'int' || value.kind === 'bool',
  float: (value) => value.kind === 'float',
  bool: (value) => value.kind === 'bool',
};

function isInstance(value: PyValue, type: PyValue): PyValue {
  if (value.kind === 'unknown') return UNKNOWN;
  const types = type.kind === 'list' ? type.items : [type];
  const tests = types.map((one) => (one.kind === 'external' ? TYPES[one.name] : undefined));
  return tests.includes(undefined) ? UNKNOWN : bool(tests.some((test) => test?.(value)));
}

function joined(parts: readonly PyValue[]): PyValue {
  const texts = parts.map(textOfValue);
  return text(
    texts.reduce((left, right) => {
      if (right.startsWith('/') || left === '') return right;
      return left.endsWith('/') ? left + right : `${left}/${right}`;
    }, ''),
  );
}

import {
  hasHole,
  hole,
  replaceHoles,
  text,
  type PyDict,
  type PyList,
  type PyValue,
} from './pyValue';

/** What `str(value)` gives; holes where it is not known. */
export function textOfValue(value: PyValue): string {
  return value.kind === 'text' ? value.text : (reprOf(value) ?? hole());
}

/** What `repr(value)` gives; undefined where it is not known. */
export function reprOf(value: PyValue): string | undefined {
  if (value.kind === 'none') return 'None';
  if (value.kind === 'bool') return value.value ? 'True' : 'False';
  if (value.kind === 'int') return String(value.value);
  if (value.kind === 'float') return reprOfFloat(value.value);
  if (value.kind === 'text') return hasHole(value.text) ? undefined : reprOfText(value.text);
  if (value.kind === 'list') return value.open ? undefined : reprOfList(value);
  return value.kind === 'dict' && !value.open ? reprOfDict(value) : undefined;
}

function reprOfDict({ entries }: PyDict): string | undefined {
  const parts = [...entries.values()].map(({ key, value }) => [reprOf(key), reprOf(value)]);
  if (parts.flat().includes(undefined)) return undefined;
  return `{${parts.map((pair) => pair.join(': ')).join(', ')}}`;
}

function reprOfList({ type, items }: PyList): string | undefined {
  const written = items.map(reprOf);
  if (written.includes(undefined)) return undefined;
  const inside = written.join(', ');
  if (type === 'list') return `[${inside}]`;
  if (type === 'tuple') return items.length === 1 ? `(${inside},)` : `(${inside})`;
  // The order of a set with several members is not known.
  return items.length === 0 ? 'set()' : items.length === 1 ? `{${inside}}` : undefined;
}

/** Source: `float.__repr__`, which takes the shortest digits that read back the same. */
function reprOfFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const fixed = String(value);
  return fixed.includes('.') ? fixed : `${fixed}.0`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Source: `str.__repr__`: single quotes, unless there are some inside and no double ones. */
function reprOfText(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let inside = '';
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (character === quote) inside += `\\${quote}`;
    else if (ESCAPES[character] !== undefined) inside += ESCAPES[character];
    else if (code < 32 || code === 127) inside += `\\x${code.toString(16).padStart(2, '0')}`;
    else inside += character;
  }
  return `${quote}${inside}${quote}`;
}

/** Whether a value counts as true; undefined where that is not known. */
export function truthOf(value: PyValue): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return value.value !== 0;
    case 'text':
      return value.isPath === true || truthOfText(value.text);
    case 'list':
      return isFilled(value.items.length, value.open);
    case 'dict':
      return isFilled(value.entries.size, value.open);
    case 'function':
    case 'method':
    case 'object':
      return true;
    case 'unknown':
    case 'external':
      return undefined;
  }
}

function truthOfText(value: string): boolean | undefined {
  return replaceHoles(value, () => '') !== '' ? true : value === '' ? false : undefined;
}

function isFilled(count: number, open: boolean): boolean | undefined {
  return count > 0 ? true : open ? undefined : false;
}

/** The items that a loop goes through; undefined where nothing is known of them. */
export function itemsOf(
  value: PyValue,
): { readonly items: readonly PyValue[]; readonly open: boolean } | undefined {
  if (value.kind === 'list') return value;
  if (value.kind === 'dict') {
    return { items: [...value.entries.values()].map(({ key }) => key), open: value.open };
  }
  if (value.kind !== 'text' || value.isPath === true || hasHole(value.text)) return undefined;
  return { items: Array.from(value.text, text), open: false };
}

export function isSame(a: PyValue, b: PyValue): boolean | undefined {
  if (a === b && a.kind !== 'unknown') return true;
  const [left, right] = [reprForComparison(a), reprForComparison(b)];
  return left === undefined || right === undefined ? undefined : left === right;
}

/** As `repr`, but equal numbers are the same. */
function reprForComparison(value: PyValue): string | undefined {
  if (value.kind === 'bool') return value.value ? '1' : '0';
  if (value.kind === 'float' && Number.isInteger(value.value)) return String(value.value);
  return reprOf(value);
}

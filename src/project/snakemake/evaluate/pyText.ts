import { hole, replaceHoles, type PyValue } from './pyValue';

/** What `str(value)` gives; holes where it is not known. */
export function textOfValue(value: PyValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'unknown':
    case 'function':
    case 'external':
    case 'method':
    case 'object':
      return hole();
    default:
      return reprOf(value) ?? hole();
  }
}

/** What `repr(value)` gives; undefined where it is not known. */
export function reprOf(value: PyValue): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return String(value.value);
    case 'float':
      return reprOfFloat(value.value);
    case 'text':
      return replaceHoles(value.text, () => '') === value.text ? reprOfText(value.text) : undefined;
    case 'list':
      return value.open ? undefined : reprOfList(value.type, value.items.map(reprOf));
    case 'dict': {
      const parts = [...value.entries.values()].map(({ key, value: own }) => [
        reprOf(key),
        reprOf(own),
      ]);
      if (value.open || parts.flat().includes(undefined)) return undefined;
      return `{${parts.map((pair) => pair.join(': ')).join(', ')}}`;
    }
    default:
      return undefined;
  }
}

function reprOfList(
  type: 'list' | 'tuple' | 'set',
  items: readonly (string | undefined)[],
): string | undefined {
  if (items.includes(undefined)) return undefined;
  const inside = items.join(', ');
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
      if (value.isPath === true) return true;
      return replaceHoles(value.text, () => '') === '' && value.text !== ''
        ? undefined
        : value.text !== '';
    case 'list':
      return value.items.length > 0 ? true : value.open ? undefined : false;
    case 'dict':
      return value.entries.size > 0 ? true : value.open ? undefined : false;
    case 'function':
    case 'external':
    case 'method':
    case 'object':
      return true;
    case 'unknown':
      return undefined;
  }
}

/** The items that a loop goes through; undefined where nothing is known of them. */
export function itemsOf(
  value: PyValue,
): { readonly items: readonly PyValue[]; readonly open: boolean } | undefined {
  switch (value.kind) {
    case 'list':
      return { items: value.items, open: value.open };
    case 'dict':
      return { items: [...value.entries.values()].map(({ key }) => key), open: value.open };
    case 'text':
      if (value.isPath === true || replaceHoles(value.text, () => '') !== value.text)
        return undefined;
      return { items: [...value.text].map((one) => ({ kind: 'text', text: one })), open: false };
    default:
      return undefined;
  }
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

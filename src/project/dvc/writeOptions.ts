/** `[parsing]` of `.dvc/config` (https://dvc.org/doc/user-guide/project-structure/configuration#parsing). */
export interface OptionWriting {
  readonly bool: 'store_true' | 'boolean_optional';
  readonly list: 'nargs' | 'append';
}

export const DEFAULT_WRITING: OptionWriting = { bool: 'store_true', list: 'nargs' };

type Map = Readonly<Record<string, unknown>>;

/** Not a date of TOML, nor a tuple of Python. */
export function isMap(value: unknown): value is Map {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A map as the options of a command: `{lr: 0.1, fast: true, net: {size: "x y"}}` is `--lr 0.1 --fast --net.size 'x y'`.
 * Undefined where a list has more than single values in it (dvc/parsing/interpolate.py, `to_str`).
 */
export function writeOptions(values: Map, writing: OptionWriting, prefix = ''): string | undefined {
  const options: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    const name = `${prefix}${key}`;
    const option = isMap(value)
      ? writeOptions(value, writing, `${name}.`)
      : writeOption(name, value, writing);
    if (option === undefined) return undefined;
    if (option !== '') options.push(option);
  }
  return options.join(' ');
}

function writeOption(name: string, value: unknown, writing: OptionWriting): string | undefined {
  if (value === true) return `--${name}`;
  if (value === false) return writing.bool === 'boolean_optional' ? `--no-${name}` : '';
  if (!Array.isArray(value)) return `--${name} ${writeArgument(value)}`;
  if (value.some((item) => typeof item === 'object' && item !== null)) return undefined;
  const items = value.map(writeArgument);
  if (items.length === 0) return '';
  return writing.list === 'append'
    ? items.map((item) => `--${name} ${item}`).join(' ')
    : `--${name} ${items.join(' ')}`;
}

/** As Python's `str`; texts quoted for a shell. */
function writeArgument(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? quoteAsPython(value) : 'None';
}

/** `shlex.quote`. */
function quoteAsPython(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

/**
 * `${a.b}` for values that are in files, as DVC writes it
 * (https://dvc.org/doc/user-guide/project-structure/dvcyaml-files#templating) and OmegaConf, but for its resolvers.
 */

export type Values = Readonly<Record<string, unknown>>;

export interface Resolved {
  readonly text: string;
  /** The expressions that no value was known for; they stay in the text as they were. */
  readonly unknown: readonly string[];
}

const EXPRESSION = /(\\)?\$\{\s*([^${}]*?)\s*\}/g;

/** Replaces every `${a.b[0]}` by its value; a map becomes options, as in `cmd`. `\${` is left as `${`. */
export function resolveTemplate(text: string, values: Values): Resolved {
  const unknown: string[] = [];
  const resolved = text.replace(
    EXPRESSION,
    (whole: string, escaped: string | undefined, path: string) => {
      if (escaped !== undefined) return whole.slice(1);
      const value = lookUp(path, values);
      const written = value === undefined ? undefined : writeValue(value);
      if (written === undefined) unknown.push(path);
      return written ?? whole;
    },
  );
  return { text: resolved, unknown };
}

function lookUp(path: string, values: Values): unknown {
  const keys = path.replace(/\[([^\]]+)\]/g, '.$1').split('.');
  let value: unknown = values;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Values)[key];
  }
  return value;
}

function writeValue(value: unknown): string | undefined {
  return isMap(value) ? writeOptions(value, '') : writeScalar(value);
}

/** As Python writes them. Numbers come as texts where their writing matters. */
function writeScalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? 'None' : undefined;
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{lr: 0.1, bool: true, nested: {a: "x y"}}` is `--lr 0.1 --bool --nested.a 'x y'`; of a list, one option with all. */
function writeOptions(values: Values, prefix: string): string | undefined {
  const options: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    const option = writeOption(`${prefix}${key}`, value);
    if (option === undefined) return undefined;
    if (option !== '') options.push(option);
  }
  return options.join(' ');
}

function writeOption(name: string, value: unknown): string | undefined {
  if (value === true) return `--${name}`;
  if (value === false) return '';
  if (isMap(value)) return writeOptions(value, `${name}.`);
  const items = (Array.isArray(value) ? value : [value]).map(writeScalar);
  if (items.length === 0) return '';
  if (items.includes(undefined)) return undefined;
  return `--${name} ${items.map((item) => quoteAsPython(item ?? '')).join(' ')}`;
}

/** `shlex.quote`. */
function quoteAsPython(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

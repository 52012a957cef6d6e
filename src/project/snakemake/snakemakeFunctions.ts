import { callKnown, PYTHON_NAMES, type External } from '../evaluate/callExternal';
import { formatTemplate } from '../evaluate/formatText';
import type { Arguments, CallExternal } from '../evaluate/interpreter';
import { attributeOf } from '../evaluate/members';
import { itemsOf, textOfValue } from '../evaluate/pyText';
import {
  hasHole,
  hole,
  list,
  text,
  UNKNOWN,
  type PyList,
  type PyText,
  type PyValue,
} from '../evaluate/pyValue';
import { compilePattern, hasWildcards, matchPattern } from './wildcards';

/** The files of the working folder, for `glob_wildcards`. Undefined where they cannot be listed. */
export type ListFiles = (folder: string) => readonly string[] | undefined;

const FLAGS = [
  'temp',
  'temporary',
  'protected',
  'directory',
  'ancient',
  'touch',
  'pipe',
  'report',
  'service',
  'ensure',
  'repeat',
  'local',
  'update',
  'before_update',
  'nodelocal',
] as const;

/** The functions of Snakemake that are understood. Source: snakemake/io/__init__.py. */
export function snakemakeFunctions(listFiles: ListFiles): {
  readonly call: CallExternal;
  readonly isKnown: (name: string) => boolean;
} {
  const own: Record<string, External> = {
    expand,
    collect: expand,
    multiext,
    flag: ({ positional: [value = UNKNOWN, name = UNKNOWN] }) => addFlag(value, textOfValue(name)),
    unpack: ({ positional: [value = UNKNOWN] }) =>
      value.kind === 'function'
        ? { kind: 'object', attributes: new Map([['unpack', value]]) }
        : UNKNOWN,
    glob_wildcards: (given) => globWildcards(given, listFiles),
    'snakemake.utils.min_version': () => UNKNOWN,
  };
  for (const flag of FLAGS) {
    own[flag] = ({ positional: [value = UNKNOWN] }) =>
      addFlag(value, flag === 'temporary' ? 'temp' : flag);
  }
  for (const [name, call] of Object.entries(own)) own[`snakemake.io.${name}`] = call;
  const names = new Set([
    ...PYTHON_NAMES,
    ...Object.keys(own),
    'sys',
    're',
    'json',
    'glob',
    'pathlib',
  ]);
  return { call: callKnown(own), isKnown: (name) => names.has(name) };
}

export function addFlag(value: PyValue, flag: string): PyValue {
  if (value.kind === 'text') return { ...value, flags: new Set([...(value.flags ?? []), flag]) };
  if (value.kind !== 'list') return UNKNOWN;
  return { ...value, items: value.items.map((item) => addFlag(item, flag)) };
}

/** `expand("{a}/{b}", a=…, b=…)`: every combination, or pairs with `zip`. */
function expand({ positional, keywords, open }: Arguments): PyValue {
  const [patterns = UNKNOWN, combinator] = positional;
  const single = patterns.kind === 'text' ? [patterns] : itemsOf(patterns)?.items;
  const texts = single?.filter((one) => one.kind === 'text');
  if (texts === undefined || texts.length !== single?.length) return list([], true);
  const isZip = combinator?.kind === 'external' && combinator.name === 'zip';
  if (combinator !== undefined && !isZip) return list(texts.map(toHoles), true);
  const values = new Map([...keywords].filter(([name]) => name !== 'allow_missing'));
  const allowMissing = keywords.has('allow_missing');
  const made = texts.map((pattern) => expandOne(pattern, values, isZip, allowMissing));
  const isOpen = open || patterns.kind === 'unknown' || made.some((one) => one.open);
  return list(
    made.flatMap((one) => one.items),
    isOpen,
  );
}

/** More paths than this are not listed one by one. */
const MOST_PATHS = 100_000;

function expandOne(
  pattern: PyText,
  values: ReadonlyMap<string, PyValue>,
  isZip: boolean,
  allowMissing: boolean,
): PyList {
  const used = [...values].filter(([name]) => fieldsOf(pattern.text).has(name));
  const choices = used.map(([name, value]) => [name, choicesOf(name, value)] as const);
  const open = choices.some(([, choice]) => choice.open);
  let rows: ReadonlyMap<string, PyValue>[] = [new Map()];
  if (isZip) {
    const length = Math.min(...choices.map(([, choice]) => choice.items.length));
    rows = Array.from(
      { length: choices.length === 0 ? 1 : length },
      (_, row) => new Map(choices.map(([name, choice]) => [name, choice.items[row] ?? UNKNOWN])),
    );
  } else {
    for (const [name, choice] of choices) {
      if (rows.length * choice.items.length > MOST_PATHS) return list([toHoles(pattern)], true);
      rows = rows.flatMap((row) => choice.items.map((item) => new Map([...row, [name, item]])));
    }
  }
  const missing = (field: string): string => (allowMissing ? `{${field}}` : hole(field));
  return list(
    rows.map((keywords) => ({
      kind: 'text',
      text: formatTemplate(pattern.text, {
        positional: [],
        keywords,
        member: attributeOf,
        missing,
      }),
    })),
    open,
  );
}

function choicesOf(
  name: string,
  value: PyValue,
): { readonly items: readonly PyValue[]; readonly open: boolean } {
  const found = value.kind === 'text' ? undefined : itemsOf(value);
  if (found === undefined) {
    const isSingle =
      value.kind !== 'unknown' && value.kind !== 'function' && value.kind !== 'method';
    return { items: [isSingle ? value : text(hole(name))], open: !isSingle };
  }
  const unknown = found.open ? [text(hole(name))] : [];
  return {
    items: [
      ...found.items.map((item) => (item.kind === 'unknown' ? text(hole(name)) : item)),
      ...unknown,
    ],
    open: found.open,
  };
}

function fieldsOf(pattern: string): ReadonlySet<string> {
  return new Set([...pattern.matchAll(/\{([^}.[!:]+)/g)].map(([, name = '']) => name));
}

function toHoles(pattern: PyText): PyText {
  return {
    ...pattern,
    text: pattern.text.replace(/\{([^{}]*)\}/g, (_, name: string) => hole(name)),
  };
}

function multiext({ positional: [prefix = UNKNOWN, ...extensions], keywords }: Arguments): PyValue {
  const start = textOfValue(prefix);
  const made = extensions.map((extension) => text(start + textOfValue(extension)));
  const named = new Map([...keywords].map(([name, own]) => [name, text(start + textOfValue(own))]));
  return { ...list([...made, ...named.values()]), names: named };
}

/** The values that the wildcards of a pattern have in the files that are there, in the order of the names. */
function globWildcards(
  { positional: [pattern = UNKNOWN], keywords }: Arguments,
  listFiles: ListFiles,
): PyValue {
  const written =
    pattern.kind === 'text' && !hasHole(pattern.text)
      ? pattern.text.replace(/^(?:\.\/)+/, '')
      : undefined;
  if (written === undefined || keywords.size > 0 || !hasWildcards(written)) return UNKNOWN;
  const compiled = compilePattern(written, new Map());
  const start = written.slice(0, written.indexOf('{'));
  const folder = start.includes('/') ? start.slice(0, start.lastIndexOf('/')) : '.';
  const files = listFiles(folder);
  if (files === undefined) return UNKNOWN;
  const matches = files.flatMap((file) => matchPattern(compiled, file) ?? []);
  const columns = [...compiled.names].map((name): [string, PyList] => [
    name,
    // The order in which the file system lists them is not known, and does not matter for what is to be made.
    list(matches.map((match) => text(match.get(name) ?? ''))),
  ]);
  return {
    ...list(
      columns.map(([, column]) => column),
      false,
      'tuple',
    ),
    names: new Map(columns),
  };
}

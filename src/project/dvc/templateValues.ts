import type { Problem } from '../../base/problem';
import type { FileIndex } from '../files/fileIndex';
import { resolvePath } from '../files/paths';
import type { YamlNode } from '../yamlNode';
import { hasExpression, type Values } from './interpolate';
import { pythonNumber } from './pythonNumber';
import { readValueFile } from './valueFiles';
import { isMap } from './writeOptions';

/** What `${…}` stands for in a dvc.yaml, or in one of its stages (dvc/parsing/context.py). */
export interface TemplateContext {
  readonly values: Values;
  /** The files that values were taken from: all of them, or those of some keys. */
  readonly files: ReadonlyMap<string, ReadonlySet<string> | 'whole'>;
}

/** Where a list of `vars` stands. */
export interface VarsPlace {
  /** The dvc.yaml. */
  readonly file: string;
  /** What its paths are relative to; undefined where that is not in the project. */
  readonly folder: string | undefined;
}

const DEFAULT_FILE = 'params.yaml';

/** The values of `params.yaml` in the folder of a dvc.yaml, which DVC reads without being asked. */
export async function readDefaultValues(
  files: FileIndex,
  folder: string,
  problems: Problem[],
): Promise<TemplateContext> {
  const path = resolvePath(folder, DEFAULT_FILE);
  if (path === undefined || !files.has(path)) return { values: {}, files: new Map() };
  const text = await files.readText(path);
  const read = text.ok ? await readValueFile(text.value, path) : text;
  if (!read.ok) problems.push(read.problem);
  return { values: read.ok ? read.value : {}, files: new Map([[path, 'whole']]) };
}

/**
 * The values of a `vars:` list: files (`params.json`, `params.json:a,b`) and maps, over those known before. DVC lets
 * none of them redefine another. Problems: `dvc-invalid`, and those of the files.
 */
export async function addVars(
  files: FileIndex,
  place: VarsPlace,
  vars: YamlNode | undefined,
  known: TemplateContext,
  problems: Problem[],
): Promise<TemplateContext> {
  let context = known;
  for (const item of vars?.items() ?? []) {
    const say = (message: string): void => {
      problems.push({
        code: 'dvc-invalid',
        message,
        file: place.file,
        line: item.line,
        column: item.column,
      });
    };
    if (hasExpressionIn(item)) say('In `vars`, DVC replaces no `${…}`.');
    if (item.text === undefined) {
      const added = item.toValue(pythonNumber);
      if (isMap(added)) context = { ...context, values: merge(context.values, added, say) };
      else say('This entry of `vars` is neither a file nor a map of values.');
      continue;
    }
    context = await addFile(files, place, item.text, context, { say, problems });
  }
  return context;
}

function hasExpressionIn(item: YamlNode): boolean {
  if (item.text !== undefined) return hasExpression(item.text);
  return hasExpression(JSON.stringify(item.toValue(pythonNumber)) ?? '');
}

interface Reports {
  readonly say: (message: string) => void;
  readonly problems: Problem[];
}

async function addFile(
  files: FileIndex,
  { folder }: VarsPlace,
  written: string,
  context: TemplateContext,
  { say, problems }: Reports,
): Promise<TemplateContext> {
  const { name, keys } = splitReference(written);
  const path = folder === undefined ? undefined : resolvePath(folder, name);
  const text = path === undefined ? undefined : await files.readText(path);
  if (path === undefined || text?.ok !== true) {
    say(`The values of ${written} cannot be read: there is no such file in the project.`);
    return context;
  }
  const loaded = context.files.get(path);
  if (loaded === 'whole' && keys.length === 0) return context;
  if (loaded === 'whole' || isLoadedTwice(loaded, keys)) {
    say(`The values of ${written} are there already; DVC takes none twice.`);
    return context;
  }
  const read = await readValueFile(text.value, path);
  if (!read.ok) problems.push(read.problem);
  const values = read.ok ? pickKeys(read.value, keys, name, say) : {};
  const taken = keys.length === 0 ? 'whole' : new Set([...keys, ...(loaded ?? [])]);
  return {
    values: merge(context.values, values, say),
    files: new Map([...context.files, [path, taken]]),
  };
}

/** `params.json:a,b`. */
function splitReference(written: string): {
  readonly name: string;
  readonly keys: readonly string[];
} {
  const [name = written, ...rest] = written.split(':');
  return { name, keys: rest.join(':').split(',').filter(Boolean) };
}

/** All of them where no keys are named. */
function pickKeys(
  values: Values,
  keys: readonly string[],
  name: string,
  say: (message: string) => void,
): Values {
  const missing = keys.filter((key) => !Object.hasOwn(values, key));
  if (missing.length > 0) say(`${name} has no ${missing.join(', ')}.`);
  if (keys.length === 0) return values;
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

function isLoadedTwice(loaded: ReadonlySet<string> | undefined, keys: readonly string[]): boolean {
  return loaded !== undefined && (keys.length === 0 || keys.some((key) => loaded.has(key)));
}

function merge(below: Values, above: Values, say: (message: string) => void, prefix = ''): Values {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const known = merged[key];
    if (!Object.hasOwn(merged, key)) merged[key] = value;
    else if (isMap(known) && isMap(value))
      merged[key] = merge(known, value, say, `${prefix}${key}.`);
    else say(`\`${prefix}${key}\` has a value already, which DVC does not replace.`);
  }
  return merged;
}

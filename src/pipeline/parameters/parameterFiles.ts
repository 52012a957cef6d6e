import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../../project/project';
import { readParameterFile } from './parameterValues';
import { splitParameter } from '../graph/stageGraph';

/** The parameters of a stage with their values in the work tree: `params.yaml:train.lr`, every value by itself. */
export async function readParameterValues(
  stage: Stage,
  root: string,
): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const [file, keys] of parametersByFile(stage)) {
    const read = await readParameterFile(root, file);
    if (!read.ok) continue;
    for (const [key, value] of flattenValues(read.value)) {
      if (isWanted(key, keys)) found.set(`${file}:${key}`, value);
    }
  }
  return found;
}

/** The keys that a stage reads of each parameter file; undefined: all of them. */
export function parametersByFile(stage: Stage): ReadonlyMap<string, readonly string[] | undefined> {
  const files = new Map<string, readonly string[] | undefined>();
  for (const parameter of stage.parameters) {
    const { file, key } = splitParameter(parameter);
    const known = files.get(file);
    const isWhole = key === undefined || (files.has(file) && known === undefined);
    files.set(file, isWhole ? undefined : [...(known ?? []), key]);
  }
  return files;
}

export function isWanted(key: string, keys: readonly string[] | undefined): boolean {
  return keys === undefined || keys.some((one) => one === key || key.startsWith(`${one}.`));
}

/** Every value that is not a map, by its way: `train.lr`. Lists are values. */
export function flattenValues(
  values: unknown,
  prefix = '',
): readonly (readonly [string, unknown])[] {
  const isMap =
    typeof values === 'object' &&
    values !== null &&
    !Array.isArray(values) &&
    !(values instanceof Date);
  if (!isMap) return prefix === '' ? [] : [[prefix, values]];
  return Object.entries(values).flatMap(([key, value]) =>
    flattenValues(value, prefix === '' ? key : `${prefix}.${key}`),
  );
}

export function readParameterText(root: string, file: string): Promise<string> {
  return readFile(join(root, file), 'utf8');
}

import type { Stage } from '../../project/project';
import { isSameValue, parseParameters } from './parameterValues';
import { flattenValues, isWanted, parametersByFile } from './parameterFiles';

/** One value of a parameter file that is another one than in the baseline. */
export interface ParameterChange {
  /** Relative to the project's root. */
  readonly file: string;
  /** `train.lr`. */
  readonly key: string;
  /** Undefined where there was none. */
  readonly before: unknown;
  /** Undefined where there is none any more. */
  readonly after: unknown;
}

/** The content of parameter files; undefined for a file that is not there. */
export type ParameterTexts = ReadonlyMap<string, string | undefined>;

/**
 * Which parameters of a stage have other values than in the baseline, in the order of the files. Files that cannot be
 * read as parameters, on either side, have no changes to tell.
 * @param base the files of `parametersByFile` in the baseline
 * @param now the same in the work tree
 */
export async function compareParameters(
  stage: Stage,
  base: ParameterTexts,
  now: ParameterTexts,
): Promise<readonly ParameterChange[]> {
  const changes: ParameterChange[] = [];
  for (const [file, keys] of parametersByFile(stage)) {
    const before = await readValues(file, base.get(file));
    const after = await readValues(file, now.get(file));
    if (before === undefined || after === undefined) continue;
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      if (!isWanted(key, keys) || isSameValue(before.get(key), after.get(key))) continue;
      changes.push({ file, key, before: before.get(key), after: after.get(key) });
    }
  }
  return changes;
}

async function readValues(file: string, text: string | undefined) {
  const parsed = await parseParameters(file, text);
  return parsed.ok ? new Map(flattenValues(parsed.value)) : undefined;
}

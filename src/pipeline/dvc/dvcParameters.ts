import { formatProblem } from '../../base/problem';
import { resolvePath } from '../../project/files/paths';
import type { Stage } from '../../project/project';
import type { LockedStage } from './dvcLock';
import { describeChange, parameterAt, readParameterFile } from '../parameters/parameterValues';
import { splitParameter } from '../graph/stageGraph';

export interface ParameterChanges {
  readonly changes: readonly string[];
  /** What could not be read, and why. */
  readonly unknown: readonly string[];
}

/** Tracked parameters whose values are not those in dvc.lock (dvc/dependency/param.py). */
export async function readDvcParameterChanges(
  stage: Stage,
  locked: LockedStage,
  root: string,
): Promise<ParameterChanges> {
  const changes: string[] = [];
  const unknown: string[] = [];
  for (const [file, keys] of keysByFile(stage.parameters)) {
    const values = await readParameterFile(root, file);
    if (!values.ok) unknown.push(formatProblem(values.problem));
    else if (values.value === undefined) changes.push(`${file} is missing`);
    else
      changes.push(...compareValues(file, keys, lockedValues(stage, locked, file), values.value));
  }
  return { changes, unknown };
}

/** DVC takes a tuple of a Python file for the list that the lock file has, where it is a parameter by itself. */
function listOfTuple(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as readonly unknown[])] : value;
}

/** No keys: the whole file. */
function keysByFile(parameters: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, readonly string[]>();
  for (const parameter of parameters) {
    const { file, key } = splitParameter(parameter);
    files.set(file, [...(files.get(file) ?? []), ...(key === undefined ? [] : [key])]);
  }
  return files;
}

type Values = Readonly<Record<string, unknown>>;

function lockedValues(stage: Stage, locked: LockedStage, file: string): Values | undefined {
  for (const [written, values] of locked.parameters) {
    if (resolvePath(stage.cwd, written) === file) return values;
  }
  return undefined;
}

function compareValues(
  file: string,
  keys: readonly string[],
  before: Values | undefined,
  now: unknown,
): readonly string[] {
  if (before === undefined) return [`${file}: its parameters are new`];
  if (keys.length === 0) return compareWhole(file, before, now);
  return keys.flatMap((key) => {
    const value = listOfTuple(parameterAt(now, key) ?? valueLike(now, key));
    const known = Object.hasOwn(before, key) ? before[key] : undefined;
    if (value === undefined && known === undefined) return [`${file}: ${key} is missing`];
    return describeChange(file, key, known, value);
  });
}

/** A key with `*`, `?` or `[…]` stands for the one key that is like it (dpath, which DVC asks). */
function valueLike(values: unknown, key: string): unknown {
  if (!/[*?[]/.test(key)) return undefined;
  let found = [values];
  for (const part of key.split('.')) {
    const rule = globRule(part);
    found = found.flatMap((one) =>
      typeof one === 'object' && one !== null
        ? Object.entries(one).flatMap(([name, value]) =>
            rule.test(name) ? [value as unknown] : [],
          )
        : [],
    );
  }
  return found.length === 1 ? found[0] : undefined;
}

function globRule(glob: string): RegExp {
  const parts = glob
    .replace(/[\\^$+.(){}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const closed = /\[[^\]]+\]/.test(parts)
    ? parts.replaceAll('[!', '[^')
    : parts.replaceAll('[', '\\[');
  return new RegExp(`^${closed}$`, 's');
}

function compareWhole(file: string, before: Values, now: unknown): readonly string[] {
  const values = typeof now === 'object' && now !== null ? Object.entries(now) : [];
  const lists = Object.fromEntries(values.map(([key, value]) => [key, listOfTuple(value)]));
  return describeChange(file, '', before, lists);
}

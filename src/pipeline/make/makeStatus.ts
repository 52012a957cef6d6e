import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../../project/project';
import type { OwnStatus } from '../status/ownStatus';
import type { StatusSources } from '../status/statusSources';

/**
 * What `make -q` says of a target by itself, from the times of files alone (GNU make manual, 4.1): it is remade where it
 * is missing, or older than something that it needs. What it needs of other targets is theirs to say.
 */
export function readMakeStatus(stage: Stage, { root }: StatusSources): OwnStatus {
  const missing = stage.dependencies.filter((path) => timeOf(join(root, path)) === undefined);
  const reasons = missing.map((path) => `${path} is missing`);
  const [target] = stage.outputs;
  if (target === undefined) {
    if (stage.alwaysRuns === true) reasons.unshift('make always runs it: it is phony');
    return reasons.length === 0 ? freshAsFarAsKnown(stage) : { status: 'stale', reasons };
  }
  const made = timeOf(join(root, target));
  if (made === undefined) {
    return { status: 'never-run', reasons: [`${target} is missing`, ...reasons] };
  }
  if (stage.alwaysRuns === true) {
    reasons.push('make always runs it: it needs a target that is no file');
  }
  const newer = stage.dependencies.filter((path) => (timeOf(join(root, path)) ?? 0n) > made);
  reasons.push(...newer.map((path) => `${path} is newer than ${target}`));
  return reasons.length === 0 ? freshAsFarAsKnown(stage) : { status: 'stale', reasons };
}

function freshAsFarAsKnown({ unnamed = [] }: Stage): OwnStatus {
  return unnamed.length === 0
    ? { status: 'fresh', reasons: [] }
    : { status: 'unknown', reasons: unnamed.map((name) => `only make knows what ${name} is`) };
}

/** The times of what the target wrote: others after make has remade it. */
export function digestTargets(stage: Stage, { root }: StatusSources): string | null {
  const times = stage.outputs.map((path) => String(timeOf(join(root, path)) ?? ''));
  return times.every((time) => time === '') ? null : times.join(' ');
}

/** When a file changed, in nanoseconds; of a link, what it links to, as make has it. */
function timeOf(path: string): bigint | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
  } catch {
    return undefined;
  }
}

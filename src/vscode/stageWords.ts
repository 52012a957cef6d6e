import { formatAge, formatNumber, formatSeconds } from '../base/format';
import type { LiveLog } from '../models/live/liveMetric';
import type { RecordedRun } from '../pipeline/ledger/recordedRun';
import type { StageState } from '../pipeline/status/stageStatus';
import type { KnownStage } from './stageStates';

/** The status as a word, for the label's description and for screen readers. */
export function statusWord(status: StageState): string {
  return status === 'never-run' ? 'never run' : status;
}

/** `stale · params.yaml: train.lr 0.1 -> 0.3`, in the room that one line has. */
export function describeInLine({ status: { status, reasons } }: KnownStage): string {
  const [first, ...others] = reasons;
  if (first === undefined) return statusWord(status);
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${statusWord(status)} · ${first}${more}`;
}

/** `3 fresh, 1 stale`, the gravest first. */
export function countStatuses(states: readonly StageState[]): string {
  const counts = new Map<StageState, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return BY_WEIGHT.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [`${count} ${statusWord(state)}`];
  }).join(', ');
}

const BY_WEIGHT: readonly StageState[] = [
  'failed',
  'running',
  'stale',
  'blocked',
  'never-run',
  'unknown',
  'fresh',
];

/** `Last run succeeded in 2.3 s, 5 minutes ago`. */
export function describeLastRun(run: RecordedRun, now: number): string {
  const age = formatAge(run.started, now);
  if (run.seconds === undefined) return `Running since ${age}`;
  const code =
    run.exitCode === null || run.exitCode === undefined || run.exitCode === 0
      ? ''
      : ` with exit code ${run.exitCode}`;
  return `Last run ${run.status}${code} after ${formatSeconds(run.seconds)}, ${age}`;
}

/** `loss 0.31 · step 100 of 300`: the first metrics of a training that is under way. */
export function describeLive({ metrics, progress }: LiveLog): string {
  const shown = [...metrics.values()].slice(0, 2);
  const step = progress?.step ?? shown[0]?.step;
  const total = progress === undefined ? '' : ` of ${progress.total}`;
  return [
    ...shown.map(({ name, value }) => `${name} ${formatNumber(value)}`),
    ...(step === undefined ? [] : [`step ${step}${total}`]),
  ].join(' · ');
}

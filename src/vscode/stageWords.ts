import { formatAge, formatElapsed, formatNumber, formatSeconds } from '../base/format';
import type { LiveLog } from '../models/live/liveMetric';
import type { RecordedRun } from '../pipeline/ledger/recordedRun';
import type { StageState } from '../pipeline/status/stageStatus';
import type { KnownStage } from './stageStates';

/** The status as a word, for the label's description and for screen readers. */
export function statusWord(status: StageState): string {
  return status === 'never-run' ? 'never run' : status;
}

/** Characters of a reason that a line above the code has room for; what is longer is in its tooltip. */
const LONGEST_REASON = 90;

/** `stale · params.yaml: train.lr 0.1 -> 0.3`, in the room that one line has. */
export function describeInLine(known: KnownStage): string {
  const { status, reasons } = known.status;
  const first = mainReason(known);
  // Which process it is in is of interest to nobody here.
  if (first === undefined || status === 'running') return statusWord(status);
  const more = reasons.length < 2 ? '' : ` and ${reasons.length - 1} more`;
  return `${statusWord(status)} · ${shorten(first)}${more}`;
}

/** Why a stage is not fresh, in one phrase: the error where it failed, else the first reason. */
export function mainReason({ status, failure }: KnownStage): string | undefined {
  return failure?.error ?? status.reasons[0];
}

function shorten(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length <= LONGEST_REASON && line === text
    ? text
    : `${line.slice(0, LONGEST_REASON).trimEnd()}…`;
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
  'never-run',
  'blocked',
  'unknown',
  'fresh',
];

/** `Last run succeeded in 2.3 s, 5 minutes ago`. */
export function describeLastRun(run: RecordedRun, now: number): string {
  const age = formatAge(run.started, now);
  if (run.seconds === undefined) return `Running for ${formatElapsed((now - run.started) / 1000)}`;
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

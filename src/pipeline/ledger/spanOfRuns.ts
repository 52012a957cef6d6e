import type { RecordedRun } from './recordedRun';

/** Seconds from the first start to the last end; undefined where none has ended. */
export function spanOfRuns(
  runs: readonly Pick<RecordedRun, 'started' | 'seconds'>[],
): number | undefined {
  const ends = runs.flatMap(({ started, seconds }) =>
    seconds === undefined ? [] : [started + seconds * 1000],
  );
  if (ends.length === 0) return undefined;
  return (Math.max(...ends) - Math.min(...runs.map(({ started }) => started))) / 1000;
}

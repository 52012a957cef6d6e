import type { RecordedRun } from '../ledger/recordedRun';
import type { StageState } from './stageStatus';

/** The status of a stage by itself, before the stages that it reads from are looked at. */
export interface OwnStatus {
  readonly status: Exclude<StageState, 'blocked'>;
  /** As those of `StageStatus`. */
  readonly reasons: readonly string[];
}

/** How the last run ended, for a stage whose last run did not succeed; else undefined. */
export function describeFailure(run: RecordedRun | undefined): string | undefined {
  switch (run?.status) {
    case 'failed':
      return run.exitCode === null || run.reason !== undefined
        ? `the last run failed: ${run.reason ?? 'a signal ended it'}`
        : `the last run failed with exit code ${run.exitCode}`;
    case 'lost':
      return `the last run was lost: ${run.reason ?? 'its end was never recorded'}`;
    case undefined:
    case 'running':
    case 'succeeded':
    case 'cancelled':
      return undefined;
  }
}

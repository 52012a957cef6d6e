import type { RecordedDigests, RecordedInputs } from './ledgerEvent';

/** One stage in one run, as the ledger has it. */
export interface RecordedRun {
  readonly run: string;
  /** The stage's id. */
  readonly stage: string;
  /** `lost`: its process is gone without a word (it was killed with all that watched it, the machine went down). */
  readonly status: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'lost';
  /** Milliseconds since the epoch. */
  readonly started: number;
  /**
   * 128 and the signal's number where a signal ended it; null where it was killed, nothing ran, or the end was lost;
   * undefined while it runs.
   */
  readonly exitCode: number | null | undefined;
  /** Undefined while it runs; until its last output where the end was lost. */
  readonly seconds: number | undefined;
  /** Absolute path of the full output. */
  readonly log: string;
  /** Of a run that goes on without the process that was started for it: one of those that are left. */
  readonly pid: number | null;
  /** As `readProcessStart` gives it. */
  readonly processStart: string | null;
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
  readonly reason: string | undefined;
  readonly inputs: RecordedInputs;
  readonly outputs: RecordedDigests;
  /** Values that were set for this run alone: it says nothing of the stage as it is written. */
  readonly set?: Readonly<Record<string, string>> | undefined;
  /** As `FinishedEvent` has it. */
  readonly lock?: string | null | undefined;
  /** The copy of the project that it ran in, absolute. */
  readonly copy?: string | undefined;
  /** Whether the ledger has its end. */
  readonly isRecorded: boolean;
  /**
   * It ended while nobody looked, and the next run will record it; `outputs` are not known.
   * `ended` in milliseconds since the epoch.
   */
  readonly unrecorded?: { readonly ended: number };
}

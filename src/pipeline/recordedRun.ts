import type { RecordedDigests, RecordedInputs } from './ledgerEvent';

/** One stage in one run, as the ledger has it. */
export interface RecordedRun {
  readonly run: string;
  /** The stage's id. */
  readonly stage: string;
  /** `lost`: its end was never recorded and its process is gone (the host was killed, the machine went down). */
  readonly status: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'lost';
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Null where a signal ended it, nothing ran, or the end was lost; undefined while it runs. */
  readonly exitCode: number | null | undefined;
  /** Undefined while it runs; until its last output where the end was lost. */
  readonly seconds: number | undefined;
  /** Absolute path of the full output. */
  readonly log: string;
  readonly pid: number | null;
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
  readonly reason: string | undefined;
  readonly inputs: RecordedInputs;
  readonly outputs: RecordedDigests;
}

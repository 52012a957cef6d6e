/** A line of the run ledger. Later versions may add keys; readers ignore what they do not know. */
export type LedgerEvent = StartedEvent | FinishedEvent;

/** Digest of the content by path; null where there was nothing. */
export type RecordedDigests = Readonly<Record<string, string | null>>;

/** What a stage was run on. */
export interface RecordedInputs {
  /** The command as the stage has it. */
  readonly command: string;
  readonly dependencies: RecordedDigests;
  /** Values by parameter; a parameter that was not there is left out. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Digest of the stage's entry in the lock file of its own tool; null where it had none. */
  readonly lock?: string | null;
}

export interface StartedEvent {
  readonly event: 'started';
  readonly run: string;
  /** The stage's id. */
  readonly stage: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Null where nothing could be started. */
  readonly pid: number | null;
  /** As `readProcessStart` gives it. */
  readonly processStart: string | null;
  /** What was executed, as a shell would read it. */
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
  /** Relative to the state folder, so that a repository can be moved. */
  readonly log: string;
  readonly inputs: RecordedInputs;
  /** Values that were set for this run alone, as they were typed; absent: none. */
  readonly set?: Readonly<Record<string, string>>;
  /** The copy of the project that it ran in, relative to the state folder. */
  readonly copy?: string;
}

export interface FinishedEvent {
  readonly event: 'finished';
  readonly run: string;
  readonly stage: string;
  readonly time: number;
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'lost';
  readonly exitCode: number | null;
  readonly seconds: number;
  readonly reason?: string;
  /** Content after the run: outputs, and dependencies that the stage changes in place. */
  readonly outputs: RecordedDigests;
  /** As that of the inputs, after a run with set values: whether the tool has run the stage since. */
  readonly lock?: string | null;
}

/** The event on one line; undefined where the line is cut short, damaged, or of a kind that is not known. */
export function parseLedgerEvent(line: string): LedgerEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return isLedgerEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

function isLedgerEvent(value: unknown): value is LedgerEvent {
  if (!isRecord(value) || typeof value['run'] !== 'string' || typeof value['stage'] !== 'string') {
    return false;
  }
  if (typeof value['time'] !== 'number') return false;
  if (value['event'] === 'finished') {
    return typeof value['seconds'] === 'number' && isRecord(value['outputs']);
  }
  return value['event'] === 'started' && typeof value['log'] === 'string' && isInputs(value);
}

function isInputs({ inputs }: Readonly<Record<string, unknown>>): boolean {
  return isRecord(inputs) && isRecord(inputs['dependencies']) && isRecord(inputs['parameters']);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

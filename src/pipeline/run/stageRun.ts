/** The outcome of one stage in a run. Plain data, the same as its JSON. */
export interface StageRun {
  /** The stage's id. */
  readonly stage: string;
  readonly status: 'succeeded' | 'failed' | 'skipped' | 'cancelled';
  /**
   * The command's exit code: 127: not found, 128 and the signal's number where a signal ended it; null where it did
   * not run or was killed.
   */
  readonly exitCode: number | null;
  readonly seconds: number;
  /** Absolute path of the full output; null where nothing ran. */
  readonly log: string | null;
  /**
   * Why, where the exit code does not say it: `fresh` for a stage that had nothing to do, else a phrase.
   * Not escaped.
   */
  readonly reason?: string;
}

/** What a host is told while stages run, in order. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly stage: string;
      /** What is executed, as a shell would read it. */
      readonly command: string;
      /** Absolute. */
      readonly cwd: string;
      readonly log: string;
      /** Milliseconds since the epoch. */
      readonly time: number;
      /** The process that was running it already, and whose output and end are followed. */
      readonly attached?: number;
      /** The copy of the project that it runs in, absolute. */
      readonly copy?: string;
    }
  /** Something to know about a stage, in a sentence. Not escaped. */
  | { readonly type: 'notice'; readonly stage: string; readonly text: string }
  /** A piece of the stage's output (stdout and stderr as they came), cut anywhere. Not escaped. */
  | { readonly type: 'output'; readonly stage: string; readonly data: string }
  | { readonly type: 'finished'; readonly run: StageRun };

/** May return when there is room for more. */
export type OnRunEvent = (event: RunEvent) => void | Promise<void>;

/** The newest value of a metric of a training that is under way. */
export interface LiveMetric {
  /** As the training calls it: `train/loss`. Not escaped. */
  readonly name: string;
  /** Finite. */
  readonly value: number;
  /** The training's own step or epoch of this value, where its log has one. */
  readonly step?: number;
}

/** What a training's log says until now. */
export interface LiveLog {
  /** The newest value of each metric, in the order in which they first came. */
  readonly metrics: ReadonlyMap<string, LiveMetric>;
  /** Steps done and to do, where the log says so. */
  readonly progress?: { readonly step: number; readonly total: number };
}

/** The format of a training's log: one file per format in this folder, and a line in `liveFormats.ts`. */
export interface LiveFormat {
  /** Whether a file is one of this format, by its path with forward slashes. */
  matches(path: string): boolean;
  /** A parser for one file, from its beginning. */
  open(path: string): LiveParser;
}

/** Reads one log. What cannot be read is left out: a log that is being written is often cut short. */
export interface LiveParser {
  /** `appended`: given what has been added since the last time. `whole`: given the whole file each time. */
  readonly reads: 'appended' | 'whole';
  push(bytes: Buffer): void;
  readonly log: LiveLog;
}

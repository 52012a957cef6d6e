/** One identifiable state of a model: here, a commit that changed its metrics. */
export interface ModelVersion {
  /** The commit's short hash, or a tag where one points at it. */
  readonly version: string;
  /** Full hash. */
  readonly commit: string;
  /** Author time, milliseconds since the epoch. */
  readonly time: number;
  readonly author: string;
  /** The commit's first line. */
  readonly subject: string;
  readonly source: 'git';
  readonly metrics: Readonly<Record<string, number>>;
  /** Where it is deployed: `prod`, `staging`. */
  readonly stages: readonly string[];
}

export interface ModelHistory {
  readonly name: string;
  /** Newest first. */
  readonly versions: readonly ModelVersion[];
}

/**
 * What can be said of a stage without running it. `blocked`: an upstream stage is not fresh, so that nothing
 * can be said for it. Never fresh by default: what cannot be known is `unknown`.
 */
export type StageState =
  | 'fresh'
  | 'stale'
  | 'never-run'
  | 'running'
  | 'failed'
  | 'blocked'
  | 'unknown';

export interface StageStatus {
  /** The stage's id. */
  readonly id: string;
  readonly status: StageState;
  /** Why, in words, the gravest first; empty where the stage is fresh. Not escaped. */
  readonly reasons: readonly string[];
}

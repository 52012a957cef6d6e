/** The file and line that a detection rests on. */
export interface Evidence {
  /** Relative to the project's root, with forward slashes. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

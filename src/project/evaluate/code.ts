/** Python code cut out of a file, without its indentation. */
export interface Code {
  readonly text: string;
  /** Relative to the project's root. */
  readonly file: string;
  /** 1-based line of the first character. */
  readonly line: number;
}

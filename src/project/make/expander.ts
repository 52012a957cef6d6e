/** What expansion needs to know of the project: nothing is ever run. */
export interface MakeFiles {
  /** The files that a pattern of `$(wildcard …)` means, sorted. */
  wildcard(pattern: string): readonly string[];
  /** Takes what `$(eval …)` makes as lines of the makefile; absent where nothing takes it. */
  evaluate?(text: string): void;
}

/** The variables of a makefile, as functions see them. */
export interface Expander {
  readonly files: MakeFiles;
  /** A text with its references expanded. */
  expand(text: string): string;
  /** The value of a variable as it was written; empty where there is none. */
  raw(name: string): string;
  /**
   * The same, with variables of its own in front of the others.
   * @param name for what
   * @throws RecursiveVariable where there are too many
   */
  scope(name: string): Expander;
  set(name: string, value: string, isRecursive: boolean): void;
}

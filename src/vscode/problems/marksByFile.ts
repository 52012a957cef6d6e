/**
 * Which marks each file has, where several owners mark the same file: a project of the window each, or a dataset of one.
 * To replace those of one owner leaves the others' as they are.
 */
export class MarksByFile<Mark> {
  private readonly owned = new Map<string, ReadonlyMap<string, readonly Mark[]>>();

  /**
   * Replaces what an owner marked.
   * @returns what is now in every file that it marked before or marks now, of all owners; none where nothing is left
   */
  replace(
    owner: string,
    marks: ReadonlyMap<string, readonly Mark[]>,
  ): ReadonlyMap<string, readonly Mark[]> {
    const before = this.owned.get(owner);
    if (marks.size === 0) this.owned.delete(owner);
    else this.owned.set(owner, marks);
    const files = new Set([...(before?.keys() ?? []), ...marks.keys()]);
    return new Map([...files].map((file) => [file, this.in(file)]));
  }

  /** All marks of a file. */
  in(file: string): readonly Mark[] {
    return [...this.owned.values()].flatMap((marks) => marks.get(file) ?? []);
  }

  /** The owners that have marked something. */
  get owners(): readonly string[] {
    return [...this.owned.keys()];
  }
}

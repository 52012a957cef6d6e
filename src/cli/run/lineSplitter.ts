/** A line that never ends is handed on in parts of this many characters. */
const LONGEST_LINE = 2 ** 14;

/** Makes whole lines of a stage's output, which comes cut anywhere. */
export class LineSplitter {
  private rest = '';

  /** The lines that are complete with this piece, without their ends. */
  push(piece: string): readonly string[] {
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length <= LONGEST_LINE) return lines;
    return [...lines, this.end()];
  }

  /** What has been printed of a line that is not complete; of a progress bar, its newest state. */
  get open(): string {
    const parts = this.rest.replace(/\r+$/, '').split('\r');
    return parts.at(-1) ?? '';
  }

  get hasOpen(): boolean {
    return this.rest !== '';
  }

  /** The line that has no end. */
  end(): string {
    const { rest } = this;
    this.rest = '';
    return rest;
  }
}

import type { Problem } from '../../base/problem';

/** A line as Python counts them: brackets, triple quotes and backslashes go on over several. Never empty. */
export interface LogicalLine {
  /** Where its first character that is no space stands. */
  readonly from: number;
  readonly to: number;
  /** 1-based. */
  readonly line: number;
  /** Columns, a tab going to the next multiple of eight, as in Python. */
  readonly indent: number;
}

/** What begins a line of its own even where a bracket before it was never closed. */
const RECOVERY =
  /^(?:rule|checkpoint|module)\s*\w*\s*:|^(?:include|configfile|workdir|localrules|ruleorder)\s*:|^use\s+rule\b/;

/** The lines of a Snakefile without comments and empty ones. Problem `snakemake-invalid` for what is never closed. */
export function splitLogicalLines(
  text: string,
  file: string,
  problems: Problem[],
): readonly LogicalLine[] {
  return new Splitter(text, file, problems).split();
}

class Splitter {
  private readonly lines: LogicalLine[] = [];
  private position = 0;
  private line = 1;
  private before = { columns: 0, narrow: 0 };

  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly problems: Problem[],
  ) {}

  split(): readonly LogicalLine[] {
    while (this.position < this.text.length) {
      const indent = this.takeIndent();
      const next = this.text[this.position];
      if (next === '#') this.skipComment();
      else if (next === '\n') this.takeNewline();
      else if (next !== undefined) this.takeLine(indent);
    }
    return this.lines;
  }

  private takeIndent(): number {
    let columns = 0;
    // The same with tabs of one column: where both do not agree, Python refuses the line.
    let narrow = 0;
    for (; ; this.position++) {
      const character = this.text[this.position];
      if (character === '\t') columns = (Math.floor(columns / 8) + 1) * 8;
      else if (character === ' ') columns++;
      else if (character !== '\r' && character !== '\f') break;
      if (character === '\t' || character === ' ') narrow++;
    }
    if (!/[#\n]/.test(this.text[this.position] ?? '\n')) this.checkTabs(columns, narrow);
    return columns;
  }

  private checkTabs(columns: number, narrow: number): void {
    const { before } = this;
    this.before = { columns, narrow };
    if (Math.sign(columns - before.columns) === Math.sign(narrow - before.narrow)) return;
    this.report(this.line, 'Tabs and spaces are mixed in the indentation.', 'Use spaces only.');
  }

  private takeLine(indent: number): void {
    const { position: from, line } = this;
    const open: number[] = [];
    let to = from;
    for (;;) {
      const character = this.text[this.position];
      if (character === undefined) break;
      if (character === '\n') {
        if (open.length === 0) break;
        this.takeNewline();
        if (!RECOVERY.test(this.text.slice(this.position, this.position + 200))) continue;
        this.report(open[0] ?? line, 'A bracket is never closed.', 'Close it.');
        this.lines.push({ from, to, line, indent });
        return;
      }
      if (character === '#') {
        this.skipComment();
        continue;
      }
      this.takeCharacter(character, open);
      if (!/\s/.test(character)) to = this.position;
    }
    if (open.length > 0) this.report(open[0] ?? line, 'A bracket is never closed.', 'Close it.');
    this.lines.push({ from, to, line, indent });
  }

  private takeCharacter(character: string, open: number[]): void {
    if (character === '"' || character === "'") {
      this.takeString(character);
      return;
    }
    if (
      character === '\\' &&
      /^\r?\n/.test(this.text.slice(this.position + 1, this.position + 3))
    ) {
      this.position = this.text.indexOf('\n', this.position);
      this.takeNewline();
      return;
    }
    if ('([{'.includes(character)) open.push(this.line);
    else if (')]}'.includes(character)) open.pop();
    this.position++;
  }

  private takeString(quote: string): void {
    const isLong = this.text.startsWith(quote.repeat(3), this.position);
    const end = isLong ? quote.repeat(3) : quote;
    const { line } = this;
    this.position += end.length;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position];
      if (character === '\\') {
        if (this.text[this.position + 1] === '\n') this.line++;
        this.position++;
      } else if (character === '\n') {
        if (!isLong) break;
        this.line++;
      } else if (this.text.startsWith(end, this.position)) {
        this.position += end.length;
        return;
      }
    }
    this.position = Math.min(this.position, this.text.length);
    this.report(line, 'A string is never closed.', `Close it with ${end}.`);
  }

  private skipComment(): void {
    const end = this.text.indexOf('\n', this.position);
    this.position = end === -1 ? this.text.length : end;
  }

  private takeNewline(): void {
    this.position++;
    this.line++;
  }

  private report(line: number, message: string, fix: string): void {
    this.problems.push({ code: 'snakemake-invalid', message, file: this.file, line, fix });
  }
}

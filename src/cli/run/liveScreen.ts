import { stripVTControlCharacters } from 'node:util';
import { cutToWidth, textWidth } from './textWidth';

/** DEC private modes (xterm, Control Sequences): 25 is the cursor, 7 whether long lines go on in the next one. */
const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';
const NO_WRAP = '\u001b[?7l';
const WRAP = '\u001b[?7h';

interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Lines that stay at the bottom of a terminal, while what is printed scrolls above them. */
export class LiveScreen {
  private waiting = '';
  /** The widths of the lines that are at the bottom now. */
  private drawn: readonly number[] = [];
  private isClosed = false;

  constructor(
    private readonly stdout: NodeJS.WriteStream,
    private readonly bottom: (size: ScreenSize) => readonly string[],
  ) {
    // Whatever ends the program, the cursor is there again.
    process.on('exit', this.restore);
    stdout.write(HIDE);
  }

  /** Whole lines, which are shown with the next `draw`. */
  print(lines: string): void {
    this.waiting += lines;
    if (this.waiting.length > 2 ** 16) this.draw();
  }

  draw(): void {
    if (this.isClosed) return;
    const { columns, rows } = this.size();
    const lines = this.bottom({ columns: columns - 1, rows }).slice(0, Math.max(1, rows - 1));
    const widths = lines.map((line) => textWidth(stripVTControlCharacters(line)));
    const text = lines.map((line, at) =>
      (widths[at] ?? 0) < columns ? line : cutPlain(line, columns),
    );
    this.stdout.write(`${this.erase()}${this.takeWaiting()}${NO_WRAP}${text.join('\n')}${WRAP}`);
    this.drawn = widths.map((width) => Math.min(width, columns - 1));
  }

  close(): void {
    if (this.isClosed) return;
    this.stdout.write(`${this.erase()}${this.takeWaiting()}`);
    this.restore();
    process.off('exit', this.restore);
  }

  private readonly restore = (): void => {
    if (!this.isClosed) this.stdout.write(`${WRAP}${SHOW}`);
    this.isClosed = true;
  };

  private takeWaiting(): string {
    const { waiting } = this;
    this.waiting = '';
    return waiting;
  }

  /** Back to where the bottom began, and clears all below. A terminal made narrower has wrapped its lines. */
  private erase(): string {
    if (this.drawn.length === 0) return '';
    const { columns } = this.size();
    const height = this.drawn.reduce(
      (sum, width) => sum + Math.max(1, Math.ceil(width / columns)),
      0,
    );
    return `\r${height > 1 ? `\u001b[${height - 1}A` : ''}\u001b[J`;
  }

  private size(): ScreenSize {
    // Some terminals say 0 until they are laid out.
    return { columns: this.stdout.columns || 80, rows: this.stdout.rows || 24 };
  }
}

function cutPlain(line: string, columns: number): string {
  return cutToWidth(stripVTControlCharacters(line), columns - 1);
}

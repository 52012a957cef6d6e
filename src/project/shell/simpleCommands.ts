/** One command of a shell text: its words with the quotes taken off, and where it begins. */
export interface SimpleCommand {
  readonly words: readonly string[];
  /** The text as it was written, from the first word to the last. */
  readonly text: string;
  /** 0-based line within the text. */
  readonly line: number;
}

/**
 * The simple commands of a shell text, in order: what `&&`, `||`, `;`, `|`, `&` and new lines separate. Quotes,
 * backslashes, continued lines and comments are those of POSIX sh. Nothing is expanded: `$(…)` stays one word.
 */
export function splitCommands(text: string): readonly SimpleCommand[] {
  return new Splitter(text).split();
}

class Splitter {
  private readonly commands: SimpleCommand[] = [];
  private words: string[] = [];
  private word: string | undefined;
  private begin = 0;
  /** How many lines lie before `counted`. */
  private line = 0;
  private counted = 0;
  private end = 0;
  private position = 0;

  constructor(private readonly text: string) {}

  split(): readonly SimpleCommand[] {
    while (this.position < this.text.length) this.step();
    this.endCommand();
    return this.commands;
  }

  private step(): void {
    const character = this.text[this.position] ?? '';
    const next = this.text[this.position + 1];
    if (character === '\\') this.takeEscaped(next ?? '');
    else if (character === "'" || character === '"') this.takeQuoted(character);
    else if (character === '$' && next === '(') this.takeSubstitution();
    else if (this.text.startsWith('${{', this.position)) this.takeUntil('}}');
    else if (character === '#' && this.word === undefined) this.skipComment();
    else if (/[\s;&|]/.test(character) && !this.isRedirection(character)) this.separate(character);
    else this.take(character, 1);
  }

  /** A line that ends in a backslash goes on in the next one. */
  private takeEscaped(character: string): void {
    if (character === '\n') this.position += 2;
    else this.take(character, 2);
  }

  private separate(character: string): void {
    if (/[\n;&|]/.test(character)) this.endCommand();
    else this.endWord();
    this.position++;
  }

  /** The `&` of `2>&1` and of `&>file` ends no command. */
  private isRedirection(character: string): boolean {
    if (character !== '&') return false;
    return this.text[this.position - 1] === '>' || this.text[this.position + 1] === '>';
  }

  private take(text: string, length: number): void {
    if (this.words.length === 0 && this.word === undefined) this.begin = this.position;
    this.word = (this.word ?? '') + text;
    this.position += length;
    this.end = this.position;
  }

  private takeQuoted(quote: string): void {
    let end = this.position + 1;
    let inside = '';
    while (end < this.text.length && this.text[end] !== quote) {
      if (quote === '"' && this.text[end] === '\\' && /["\\$`]/.test(this.text[end + 1] ?? ''))
        end++;
      inside += this.text[end] ?? '';
      end++;
    }
    this.take(inside, end + 1 - this.position);
  }

  /** `${{ … }}` of GitHub and Azure is one word, whatever is in it. */
  private takeUntil(closing: string): void {
    const found = this.text.indexOf(closing, this.position);
    const end = found === -1 ? this.text.length : found + closing.length;
    this.take(this.text.slice(this.position, end), end - this.position);
  }

  private takeSubstitution(): void {
    let depth = 0;
    let end = this.position + 1;
    for (; end < this.text.length; end++) {
      if (this.text[end] === '(') depth++;
      else if (this.text[end] === ')' && --depth === 0) break;
    }
    this.take(this.text.slice(this.position, end + 1), end + 1 - this.position);
  }

  private skipComment(): void {
    const end = this.text.indexOf('\n', this.position);
    this.position = end === -1 ? this.text.length : end;
  }

  private endWord(): void {
    if (this.word !== undefined) this.words.push(this.word);
    this.word = undefined;
  }

  private endCommand(): void {
    this.endWord();
    if (this.words.length > 0) {
      this.countLines();
      const { line } = this;
      const text = this.text.slice(this.begin, this.end);
      this.commands.push({ words: this.words, text, line });
    }
    this.words = [];
  }

  /** Goes on to where the command begins; from the top for each one would take too long. */
  private countLines(): void {
    for (; this.counted < this.begin; this.counted++) {
      if (this.text[this.counted] === '\n') this.line++;
    }
  }
}

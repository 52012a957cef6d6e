/** A number outside of all arrays, with the keys that lead to it and the offset where it stands. */
export interface JsonNumber {
  readonly path: readonly string[];
  readonly value: number;
  readonly offset: number;
}

/** What is wrong, and at which offset. */
export interface JsonMistake {
  readonly message: string;
  readonly offset: number;
}

export type JsonScan =
  | { readonly ok: true; readonly isObject: boolean; readonly numbers: readonly JsonNumber[] }
  | { readonly ok: false; readonly mistake: JsonMistake };

/**
 * Finds the numbers of a JSON text (RFC 8259) together with their places, which `JSON.parse` does not tell. The
 * tokens NaN, Infinity and -Infinity, which Python and others write, count as numbers.
 */
export function scanJson(text: string): JsonScan {
  try {
    const scanner = new JsonScanner(text);
    const isObject = scanner.scanDocument();
    return { ok: true, isObject, numbers: scanner.numbers };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, mistake: error.mistake };
    throw error;
  }
}

/** Deeper is no metrics file, and would cost the stack. */
const MAX_DEPTH = 200;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN/y;
const WORD = /true|false|null/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;

/** Leaves the recursion at the first mistake; never seen outside of this file. */
class Stop extends Error {
  readonly mistake: JsonMistake;

  constructor(mistake: JsonMistake) {
    super(mistake.message);
    this.mistake = mistake;
  }
}

class JsonScanner {
  readonly numbers: JsonNumber[] = [];
  private readonly text: string;
  private readonly path: string[] = [];
  private offset = 0;
  private depth = 0;
  private arrays = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether the document is an object. */
  scanDocument(): boolean {
    this.skipSpace();
    if (this.offset === this.text.length) this.stop('The file is empty.');
    const isObject = this.text[this.offset] === '{';
    this.scanValue();
    if (this.offset < this.text.length)
      this.stop('There is more text after the end of the JSON value.');
    return isObject;
  }

  private scanValue(): void {
    const first = this.text[this.offset];
    if (first === '{') {
      this.scanList('}', () => this.scanMember());
    } else if (first === '[') {
      this.arrays += 1;
      this.scanList(']', () => this.scanValue());
      this.arrays -= 1;
    } else if (first === '"') {
      this.scanString();
    } else {
      this.scanScalar();
    }
    this.skipSpace();
  }

  /** The members of an object or the items of an array, with commas between. */
  private scanList(end: '}' | ']', scanItem: () => void): void {
    const start = this.offset;
    if (++this.depth > MAX_DEPTH) this.stop(`This is nested deeper than ${MAX_DEPTH} levels.`);
    this.offset += 1;
    this.skipSpace();
    if (this.text[this.offset] !== end) {
      scanItem();
      while (this.text[this.offset] === ',') {
        this.offset += 1;
        this.skipSpace();
        scanItem();
      }
    }
    if (this.offset === this.text.length)
      this.stop(`The file ends before the closing ${end}.`, start);
    if (this.text[this.offset] !== end) this.stop(`A comma or ${end} is expected here.`);
    this.offset += 1;
    this.depth -= 1;
  }

  private scanMember(): void {
    if (this.text[this.offset] !== '"') this.stop('A key in double quotes is expected here.');
    this.path.push(this.scanString());
    this.skipSpace();
    if (this.text[this.offset] !== ':') this.stop('A colon is expected here.');
    this.offset += 1;
    this.skipSpace();
    this.scanValue();
    this.path.pop();
  }

  private scanString(): string {
    const start = this.offset;
    const token = this.take(STRING);
    if (token === undefined) this.stop('This text has no closing quote.');
    try {
      return JSON.parse(token) as string;
    } catch {
      return this.stop('This text has a line break or a wrong escape in it.', start);
    }
  }

  private scanScalar(): void {
    const offset = this.offset;
    if (this.take(WORD) !== undefined) return;
    const token = this.take(NUMBER);
    if (token === undefined) this.stop('A value is expected here.');
    if (this.arrays === 0)
      this.numbers.push({ path: [...this.path], value: Number(token), offset });
  }

  private skipSpace(): void {
    this.take(SPACE);
  }

  private take(token: RegExp): string | undefined {
    token.lastIndex = this.offset;
    const found = token.exec(this.text)?.[0];
    if (found !== undefined) this.offset += found.length;
    return found;
  }

  private stop(message: string, offset = this.offset): never {
    throw new Stop({ message, offset });
  }
}

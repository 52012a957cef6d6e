import { failed, ok, type Result } from '../../base/result';

/** What is wrong with a text, and its 1-based line. */
export interface TextMistake {
  readonly message: string;
  readonly line: number;
}

/**
 * Reads JSON (RFC 8259) as Python writes it: the tokens NaN, Infinity and -Infinity are numbers. A mistake is told with
 * its line.
 */
export function parseTolerantJson(text: string): Result<unknown, TextMistake> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    // The engine's own message has no line, and does not know Python's tokens.
  }
  const parser = new TolerantParser(text);
  try {
    return ok(parser.parseDocument());
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return failed({ message: error.message, line: lineAt(text, error.offset) });
  }
}

/** 1-based. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1))
    line++;
  return line;
}

/**
 * Where the text in quotes that begins at an offset ends: after its closing quote; undefined where it has none. Not a
 * regular expression, whose stack a text of millions of escapes would exhaust.
 */
export function endOfQuoted(text: string, start: number): number | undefined {
  const quote = text[start] ?? '"';
  for (let end = text.indexOf(quote, start + 1); end >= 0; end = text.indexOf(quote, end + 1)) {
    let first = end;
    while (text[first - 1] === '\\') first--;
    if ((end - first) % 2 === 0) return end + 1;
  }
  return undefined;
}

/** Deeper is no result of a check, and would cost the stack. */
const MAX_DEPTH = 200;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN/y;
const WORD = /true|false|null/y;

/** Leaves the recursion at the first mistake; never seen outside of this file. */
class Stop extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

class TolerantParser {
  private offset = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  parseDocument(): unknown {
    const value = this.parseValue();
    this.skipSpace();
    if (this.offset < this.text.length) this.stop('There is something after the end of the JSON.');
    return value;
  }

  private parseValue(): unknown {
    this.skipSpace();
    const next = this.text[this.offset];
    if (next === '{') return this.nested(() => this.parseObject());
    if (next === '[') return this.nested(() => this.parseArray());
    if (next === '"') return this.parseString();
    const word = this.take(WORD);
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    const number = this.take(NUMBER);
    return number === undefined ? this.stopAtValue() : Number(number);
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > MAX_DEPTH) this.stop(`It is nested deeper than ${MAX_DEPTH} levels.`);
    this.offset++;
    const value = parse();
    this.depth--;
    return value;
  }

  private parseObject(): unknown {
    const entries: [string, unknown][] = [];
    if (this.takes('}')) return {};
    do {
      this.skipSpace();
      if (this.text[this.offset] !== '"') this.stopBefore('a key in double quotes');
      const key = this.parseString();
      if (!this.takes(':')) this.stopBefore('":"');
      entries.push([key, this.parseValue()]);
    } while (this.takes(','));
    if (!this.takes('}')) this.stopBefore('"," or "}"');
    // Keys as own properties, `__proto__` too.
    return Object.fromEntries(entries);
  }

  private parseArray(): unknown {
    const items: unknown[] = [];
    if (this.takes(']')) return items;
    do items.push(this.parseValue());
    while (this.takes(','));
    if (!this.takes(']')) this.stopBefore('"," or "]"');
    return items;
  }

  private parseString(): string {
    const end = endOfQuoted(this.text, this.offset);
    if (end === undefined) return this.stop('A text in double quotes is not closed.');
    let value: string;
    try {
      value = JSON.parse(this.text.slice(this.offset, end)) as string;
    } catch {
      return this.stop('A text in double quotes has a wrong escape or a line break.');
    }
    this.offset = end;
    return value;
  }

  private takes(character: string): boolean {
    this.skipSpace();
    if (this.text[this.offset] !== character) return false;
    this.offset++;
    return true;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.offset += found.length;
    return found;
  }

  private skipSpace(): void {
    this.take(SPACE);
  }

  private stopAtValue(): never {
    return this.stopBefore('a value');
  }

  private stopBefore(expected: string): never {
    if (this.offset >= this.text.length) {
      return this.stop(`The file ends in the middle: ${expected} is missing.`);
    }
    return this.stop(`${expected} is expected, not ${JSON.stringify(this.text[this.offset])}.`);
  }

  private stop(message: string): never {
    throw new Stop(message, this.offset);
  }
}

import { failed, ok, type Result } from '../../base/result';
import { endOfQuoted, lineAt, type TextMistake } from './tolerantJson';

/**
 * Protocol buffers in their text format, without their .proto files: fields by name, in the order of the file.
 * https://protobuf.dev/reference/protobuf/textformat-spec/
 */
export interface ProtoMessage {
  readonly fields: readonly ProtoField[];
}

export interface ProtoField {
  readonly name: string;
  /** Text for strings, enum values and booleans. */
  readonly value: string | number | ProtoMessage;
  /** 1-based. */
  readonly line: number;
}

export function parseProtoText(text: string): Result<ProtoMessage, TextMistake> {
  const parser = new ProtoParser(text);
  try {
    return ok(parser.parseDocument());
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return failed({ message: error.message, line: lineAt(text, error.offset) });
  }
}

/** The messages of a field, in order. */
export function messagesOf(message: ProtoMessage, name: string): readonly ProtoMessage[] {
  return message.fields.flatMap((field) =>
    field.name === name && typeof field.value === 'object' ? [field.value] : [],
  );
}

export function messageOf(message: ProtoMessage, name: string): ProtoMessage | undefined {
  return messagesOf(message, name)[0];
}

/** The texts of a field, in order: of strings and enums. */
export function textsOf(message: ProtoMessage, name: string): readonly string[] {
  return message.fields.flatMap((field) =>
    field.name === name && typeof field.value === 'string' ? [field.value] : [],
  );
}

export function protoTextOf(message: ProtoMessage, name: string): string | undefined {
  return textsOf(message, name).at(-1);
}

export function protoNumberOf(message: ProtoMessage, name: string): number | undefined {
  const field = message.fields.findLast((candidate) => candidate.name === name);
  return typeof field?.value === 'number' ? field.value : undefined;
}

const MAX_DEPTH = 100;

/** White space or a comment. */
const SPACE = /\s+|#[^\n]*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*|\[[^\]\n]+\]/y;
const NUMBER =
  /-?\s*(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?)(?![A-Za-z0-9_])/y;
const WORD = /-?\s*[A-Za-z_][A-Za-z0-9_]*/y;
const FLOAT_WORDS = /^-?\s*(?:inf|infinity|nan)$/i;

class Stop extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

class ProtoParser {
  private offset = 0;
  private depth = 0;
  private counted = { offset: 0, line: 1 };

  constructor(private readonly text: string) {}

  parseDocument(): ProtoMessage {
    const message = this.parseFields(undefined);
    if (this.offset < this.text.length) this.stopBefore('a field');
    return message;
  }

  /** @param end the bracket that closes the message; undefined for the whole text */
  private parseFields(end: string | undefined): ProtoMessage {
    const fields: ProtoField[] = [];
    if (++this.depth > MAX_DEPTH) this.stop(`It is nested deeper than ${MAX_DEPTH} levels.`);
    for (;;) {
      this.skipSpace();
      if (this.offset >= this.text.length) {
        if (end !== undefined) this.stop(`The file ends in the middle: "${end}" is missing.`);
        break;
      }
      if (end !== undefined && this.takes(end)) break;
      this.parseField(fields);
      if (!this.takes(',')) this.takes(';');
    }
    this.depth--;
    return { fields };
  }

  private parseField(fields: ProtoField[]): void {
    const line = this.line();
    const name = this.take(NAME);
    if (name === undefined) return this.stopBefore('the name of a field');
    const hasColon = this.takes(':');
    if (this.takes('[')) {
      if (this.takes(']')) return;
      do fields.push({ name, value: this.parseValue(true), line });
      while (this.takes(','));
      if (!this.takes(']')) this.stopBefore('"," or "]"');
      return;
    }
    fields.push({ name, value: this.parseValue(hasColon), line });
  }

  private parseValue(mayBeScalar: boolean): ProtoField['value'] {
    if (this.takes('{')) return this.parseFields('}');
    if (this.takes('<')) return this.parseFields('>');
    if (!mayBeScalar) return this.stopBefore('":" or "{"');
    const text = this.parseStrings();
    if (text !== undefined) return text;
    const number = this.take(NUMBER);
    if (number !== undefined) return numberOfToken(number);
    const word = this.take(WORD);
    if (word === undefined) return this.stopBefore('a value');
    return FLOAT_WORDS.test(word) ? floatOfWord(word) : word;
  }

  /** Adjacent strings are one. */
  private parseStrings(): string | undefined {
    let joined: string | undefined;
    for (;;) {
      this.skipSpace();
      const next = this.text[this.offset];
      if (next !== '"' && next !== "'") {
        return joined === undefined ? undefined : unescapeText(joined);
      }
      const end = endOfQuoted(this.text, this.offset);
      const quoted = this.text.slice(this.offset + 1, (end ?? 0) - 1);
      if (end === undefined || quoted.includes('\n')) {
        return this.stop('A text in quotes is not closed on its line.');
      }
      joined = (joined ?? '') + quoted;
      this.offset = end;
    }
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
    while (this.take(SPACE) !== undefined);
  }

  /** Counted on from the last one: fields come in order. */
  private line(): number {
    const { offset, line } = this.counted;
    const passed = this.text.slice(offset, this.offset).split('\n').length - 1;
    this.counted = { offset: this.offset, line: line + passed };
    return this.counted.line;
  }

  private stopBefore(expected: string): never {
    const next = this.text[this.offset];
    if (next === undefined)
      return this.stop(`The file ends in the middle: ${expected} is missing.`);
    return this.stop(`${expected} is expected, not ${JSON.stringify(next)}.`);
  }

  private stop(message: string): never {
    throw new Stop(message, this.offset);
  }
}

function numberOfToken(token: string): number {
  const text = token.replace(/\s/g, '');
  if (/^-?0x/i.test(text)) return text.startsWith('-') ? -Number(text.slice(1)) : Number(text);
  return Number(text.replace(/f$/i, ''));
}

function floatOfWord(word: string): number {
  if (/nan$/i.test(word)) return NaN;
  return word.startsWith('-') ? -Infinity : Infinity;
}

const PLAIN_ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};
const ESCAPE =
  /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/y;

/** Octal and hexadecimal escapes are bytes of UTF-8, as protobuf's printers write what is not ASCII. */
function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes: Uint8Array[] = [];
  const encoder = new TextEncoder();
  for (let offset = 0; offset < text.length;) {
    const next = text.indexOf('\\', offset);
    if (next !== offset) {
      bytes.push(encoder.encode(text.slice(offset, next < 0 ? undefined : next)));
      if (next < 0) break;
    }
    ESCAPE.lastIndex = next;
    const match = ESCAPE.exec(text);
    bytes.push(match === null ? encoder.encode('\\') : bytesOfEscape(match));
    const whole = match?.[0] ?? '\\';
    offset = next + whole.length;
  }
  return new TextDecoder().decode(Buffer.concat(bytes));
}

function bytesOfEscape(match: RegExpExecArray): Uint8Array {
  const encoder = new TextEncoder();
  const [, octal, hex, short, long, other = ''] = match;
  if (octal !== undefined) return Uint8Array.of(parseInt(octal, 8) & 255);
  if (hex !== undefined) return Uint8Array.of(parseInt(hex, 16));
  const code = short ?? long;
  if (code !== undefined) return encoder.encode(characterOf(parseInt(code, 16)));
  const plain = Object.hasOwn(PLAIN_ESCAPES, other) ? PLAIN_ESCAPES[other] : undefined;
  return plain === undefined ? encoder.encode(other) : Uint8Array.of(plain);
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

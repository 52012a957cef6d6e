/** https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */

export interface NpyHeader {
  /** As NumPy writes it: `<f8`, or fields with names. */
  readonly descr: string | readonly NpyField[];
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the values begin, in bytes. */
  readonly start: number;
}

export interface NpyField {
  readonly name: string;
  /** Undefined where the field is itself a structure. */
  readonly descr: string | undefined;
  /** Undefined for one value. */
  readonly shape: readonly number[] | undefined;
}

const MAGIC = '\x93NUMPY';

/** @param bytes the beginning of the file. @returns undefined for what is no header of the versions 1 to 3 */
export function parseNpyHeader(bytes: Buffer): NpyHeader | undefined {
  if (bytes.length < 12 || bytes.subarray(0, 6).toString('latin1') !== MAGIC) return undefined;
  const major = bytes[6] ?? 0;
  if (major < 1 || major > 3) return undefined;
  const length = major === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  const start = (major === 1 ? 10 : 12) + length;
  if (start > bytes.length) return undefined;
  const text = bytes.subarray(start - length, start).toString(major === 3 ? 'utf8' : 'latin1');
  const literal = new LiteralParser(text).parse();
  if (!(literal instanceof Map)) return undefined;
  const shape: unknown = literal.get('shape');
  const descr = readDescr(literal.get('descr'));
  if (!isShape(shape) || descr === undefined) return undefined;
  return { descr, fortranOrder: literal.get('fortran_order') === true, shape, start };
}

function readDescr(value: unknown): string | readonly NpyField[] | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  return value.map((field: unknown): NpyField => {
    const [name, descr, shape] = Array.isArray(field) ? (field as unknown[]) : [];
    // A field may have a title beside its name.
    const own: unknown = Array.isArray(name) ? name[1] : name;
    return {
      name: typeof own === 'string' ? own : '',
      descr: typeof descr === 'string' ? descr : undefined,
      shape: isShape(shape) ? shape : undefined,
    };
  });
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

type Literal = string | number | boolean | null | Literal[] | Map<string, Literal>;

/** The literals of Python that a header has: dictionaries, tuples, lists, strings, whole numbers. Nothing is executed. */
class LiteralParser {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Undefined for anything else. */
  parse(): Literal | undefined {
    try {
      return this.value(0);
    } catch {
      return undefined;
    }
  }

  private value(depth: number): Literal {
    if (depth > 8) throw new Error('too deep');
    const start = this.peek();
    if (start === '{') return this.dictionary(depth);
    if (start === '(') return this.list(')', depth);
    if (start === '[') return this.list(']', depth);
    if (start === "'" || start === '"') return this.string();
    const word = /^(?:True|False|None|-?\d+)L?/.exec(this.text.slice(this.at))?.[0];
    if (word === undefined) throw new Error('no literal');
    this.at += word.length;
    if (word === 'None') return null;
    return /^[TF]/.test(word) ? word === 'True' : Number(word.replace('L', ''));
  }

  private dictionary(depth: number): Map<string, Literal> {
    const entries = new Map<string, Literal>();
    this.at++;
    while (this.peek() !== '}') {
      const key = this.string();
      if (this.peek() !== ':') throw new Error('no value');
      this.at++;
      entries.set(key, this.value(depth + 1));
      if (this.peek() === ',') this.at++;
    }
    this.at++;
    return entries;
  }

  private list(end: string, depth: number): Literal[] {
    const items: Literal[] = [];
    this.at++;
    while (this.peek() !== end) {
      items.push(this.value(depth + 1));
      if (this.peek() === ',') this.at++;
    }
    this.at++;
    return items;
  }

  private string(): string {
    const quoted = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/s.exec(this.text.slice(this.at));
    if (quoted === null) throw new Error('no string');
    this.at += quoted[0].length;
    return (quoted[1] ?? quoted[2] ?? '').replace(/\\(.)/g, '$1');
  }

  private peek(): string {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
    return this.text[this.at] ?? '';
  }
}

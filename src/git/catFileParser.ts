/** One answer of `git cat-file --batch`. */
export type CatFileAnswer =
  | {
      readonly kind: 'object';
      readonly type: string;
      readonly size: number;
      readonly content: Buffer;
    }
  /** Larger than the limit: its bytes were skipped. */
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'missing' };

const HEADER = /^[0-9a-f]+ (\w+) (\d+)$/;
const NEWLINE = 0x0a;

interface Body {
  readonly type: string;
  readonly size: number;
  /** Undefined where the object is too large to keep. */
  readonly content: Buffer | undefined;
  filled: number;
}

/**
 * Cuts the output of `git cat-file --batch` into answers as it arrives. A header line, then, for an object, its
 * bytes and a newline (git-cat-file(1), BATCH OUTPUT).
 */
export class CatFileParser {
  private readonly maxBytes: number;
  private readonly onAnswer: (answer: CatFileAnswer) => void;
  private header = '';
  private body: Body | undefined;

  constructor(maxBytes: number, onAnswer: (answer: CatFileAnswer) => void) {
    this.maxBytes = maxBytes;
    this.onAnswer = onAnswer;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0)
      rest = this.body === undefined ? this.readHeader(rest) : this.readBody(this.body, rest);
  }

  private readHeader(chunk: Buffer): Buffer {
    const end = chunk.indexOf(NEWLINE);
    if (end < 0) {
      this.header += chunk.toString('latin1');
      return chunk.subarray(chunk.length);
    }
    const line = this.header + chunk.toString('latin1', 0, end);
    this.header = '';
    const [, type, digits] = HEADER.exec(line) ?? [];
    if (type === undefined) this.onAnswer({ kind: 'missing' });
    else this.body = this.startBody(type, Number(digits));
    return chunk.subarray(end + 1);
  }

  private startBody(type: string, size: number): Body {
    const content = size > this.maxBytes ? undefined : Buffer.allocUnsafe(size);
    return { type, size, content, filled: 0 };
  }

  /** The newline after the object belongs to its body. */
  private readBody(body: Body, chunk: Buffer): Buffer {
    const taken = Math.min(chunk.length, body.size + 1 - body.filled);
    if (body.content !== undefined)
      chunk.copy(body.content, body.filled, 0, Math.min(taken, body.size - body.filled));
    body.filled += taken;
    if (body.filled === body.size + 1) {
      this.body = undefined;
      const { type, size, content } = body;
      this.onAnswer(
        content === undefined
          ? { kind: 'too-large', size }
          : { kind: 'object', type, size, content },
      );
    }
    return chunk.subarray(taken);
  }
}

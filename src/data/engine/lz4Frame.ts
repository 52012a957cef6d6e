/** The LZ4 frame format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md */

const MAGIC = 0x184d2204;
const UNCOMPRESSED = 0x8000_0000;
/** More than any buffer of a record batch. */
const LARGEST = 2 ** 31 - 1;

/** The content of one frame; checksums are not verified. @throws Error for what is none */
export function unpackLz4(packed: Uint8Array): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error('the LZ4 data is damaged');
  const flags = view.getUint8(4);
  const hasSize = (flags & 0x08) !== 0;
  const blockChecksums = (flags & 0x10) !== 0;
  let at = 6 + (hasSize ? 8 : 0) + ((flags & 0x01) === 0 ? 0 : 4) + 1;
  const out = new Growing(hasSize ? Number(view.getBigUint64(6, true)) : packed.length * 4);
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return out.content();
    const length = size % UNCOMPRESSED;
    const block = packed.subarray(at, at + length);
    if (block.length < length) throw new Error('the LZ4 data ends early');
    if (size >= UNCOMPRESSED) out.append(block);
    else unpackBlock(block, out);
    at += length + (blockChecksums ? 4 : 0);
  }
}

/** https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md */
function unpackBlock(block: Uint8Array, out: Growing): void {
  let at = 0;
  const readLength = (start: number): number => {
    let length = start;
    if (start !== 15) return length;
    for (let more = 255; more === 255; length += more) more = block[at++] ?? 0;
    return length;
  };
  while (at < block.length) {
    const token = block[at++] ?? 0;
    const literals = readLength(token >> 4);
    out.append(block.subarray(at, at + literals));
    at += literals;
    // The last sequence has literals only.
    if (at >= block.length) return;
    const offset = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    out.repeat(offset, readLength(token & 15) + 4);
  }
}

class Growing {
  private bytes: Uint8Array;
  private length = 0;

  constructor(expected: number) {
    if (expected > LARGEST) throw new Error('the LZ4 data is damaged');
    this.bytes = new Uint8Array(Math.max(64, Math.min(expected, 2 ** 26)));
  }

  append(more: Uint8Array): void {
    this.reserve(more.length);
    this.bytes.set(more, this.length);
    this.length += more.length;
  }

  /** Copies what was written before; the copy may overlap what it makes. */
  repeat(offset: number, count: number): void {
    if (offset === 0 || offset > this.length) throw new Error('the LZ4 data is damaged');
    this.reserve(count);
    const from = this.length - offset;
    if (offset >= count) this.bytes.copyWithin(this.length, from, from + count);
    else
      for (let step = 0; step < count; step++)
        this.bytes[this.length + step] = this.bytes[from + step] ?? 0;
    this.length += count;
  }

  content(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count > LARGEST) throw new Error('the LZ4 data unpacks to too much');
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(
      Math.min(LARGEST, Math.max(this.bytes.length * 2, this.length + count)),
    );
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

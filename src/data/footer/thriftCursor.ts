/**
 * Apache Thrift's compact protocol, as far as Parquet's footers use it
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). What is not asked for is skipped
 * without being made, so that a footer of a hundred thousand column chunks is read in a moment; nothing is allocated by
 * what the bytes claim.
 */
export class ThriftCursor {
  readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    /** Where the next byte is read. */
    public at = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * The header of a struct's next field, from that of the one before, 0 at first: see `fieldId` and `fieldType`; 0 where the
   * struct ends.
   */
  nextField(before: number): number {
    const header = this.byte();
    const type = header & 0x0f;
    if (type === 0) return 0;
    const delta = header >> 4;
    const id = delta === 0 ? this.integer() : fieldId(before) + delta;
    if (id <= 0 || id > LARGEST_ID) throw new ThriftError(`a field ${id}`);
    return id * 16 + type;
  }

  /** Zigzag: 0, -1, 1, -2, … Larger ones than 53 bits lose their last digits. */
  integer(): number {
    const zigzag = this.unsigned();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  /** The length of the binary that begins here, which then is the next to be read. */
  binaryLength(): number {
    const length = this.unsigned();
    if (length > this.bytes.byteLength - this.at) throw new ThriftError('a text that does not end');
    return length;
  }

  text(): string {
    const length = this.binaryLength();
    this.at += length;
    return DECODER.decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** Reads a list of structs. @returns how many there were */
  structs(read: (index: number) => void): number {
    const [size, type] = this.listHeader();
    if (type !== STRUCT && size > 0) throw new ThriftError('a list of something else');
    for (let index = 0; index < size; index++) read(index);
    return size;
  }

  /** Of a list of integers; undefined of an empty one. */
  firstInteger(): number | undefined {
    const [size, type] = this.listHeader();
    let first: number | undefined;
    for (let index = 0; index < size; index++) {
      if (index === 0 && type === I64) first = this.integer();
      else this.skip(type);
    }
    return first;
  }

  skip(type: number, depth = 0): void {
    if (depth > DEEPEST) throw new ThriftError('structs within structs without an end');
    const size = SIZES[type];
    if (size !== undefined) this.move(size);
    else if (type === I16 || type === I32 || type === I64) while (this.byte() >= 0x80);
    else if (type === BINARY) this.move(this.binaryLength());
    else if (type === LIST || type === SET) this.skipList(depth);
    else if (type === STRUCT) this.skipStruct(depth);
    else throw new ThriftError(`a type ${type}`);
  }

  private skipStruct(depth: number): void {
    for (let field = this.nextField(0); field !== 0; field = this.nextField(field))
      this.skip(fieldType(field), depth + 1);
  }

  private skipList(depth: number): void {
    const [size, type] = this.listHeader();
    // A switch in a list takes a byte of its own.
    const own = type === TRUE || type === FALSE ? BYTE : type;
    for (let index = 0; index < size; index++) this.skip(own, depth + 1);
  }

  private listHeader(): readonly [size: number, type: number] {
    const header = this.byte();
    const short = header >> 4;
    return [short === 15 ? this.unsigned() : short, header & 0x0f];
  }

  private unsigned(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    let scale = 128;
    for (let count = 1; count < LONGEST_INTEGER; count++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new ThriftError('an integer that does not end');
  }

  private move(count: number): void {
    this.at += count;
    if (this.at > this.bytes.byteLength) throw new ThriftError('an end in the middle');
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new ThriftError('an end in the middle');
    return byte;
  }
}

/** What the bytes hold that they should not, for people: `an end in the middle`. */
export class ThriftError extends Error {}

export function fieldId(field: number): number {
  return field >> 4;
}

export function fieldType(field: number): number {
  return field & 0x0f;
}

export function isTrue(field: number): boolean {
  return fieldType(field) === TRUE;
}

const DECODER = new TextDecoder();

/** Ids are 16 bits. */
const LARGEST_ID = 32_767;
/** Bytes of a number of 64 bits. */
const LONGEST_INTEGER = 10;
const DEEPEST = 32;

const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const STRUCT = 12;

/** Bytes of what always takes as many; a switch is in the header of its field. */
const SIZES: readonly (number | undefined)[] = [
  undefined,
  0,
  0,
  1,
  undefined,
  undefined,
  undefined,
  8,
];

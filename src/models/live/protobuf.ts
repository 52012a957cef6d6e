/** One field of a protocol buffer message: a number, or bytes for everything that has a length. */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Buffer;
  /** 0 varint, 1 64 bits, 2 length-delimited, 5 32 bits. */
  readonly wire: 0 | 1 | 2 | 5;
}

/**
 * The fields of a message (protobuf.dev, Encoding), with fixed 64 and 32 bits read as floating point, as event files have
 * them. Ends at what is cut short or of an unknown wire type.
 */
export function* readFields(message: Buffer): Generator<ProtobufField> {
  let at = 0;
  const varint = (): number | undefined => {
    let [value, factor] = [0, 1];
    for (let byte = 0x80; byte >= 0x80; factor *= 128) {
      const next = message[at];
      if (next === undefined || factor > 2 ** 63) return undefined;
      at += 1;
      byte = next;
      value += (byte & 0x7f) * factor;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    if (tag === undefined) return;
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === 0) {
      const value = varint();
      if (value === undefined) return;
      yield { number, value, wire };
    } else if (wire === 2) {
      const length = varint();
      if (length === undefined || at + length > message.length) return;
      yield { number, value: message.subarray(at, at + length), wire };
      at += length;
    } else if (wire === 1 || wire === 5) {
      const size = wire === 1 ? 8 : 4;
      if (at + size > message.length) return;
      yield {
        number,
        value: wire === 1 ? message.readDoubleLE(at) : message.readFloatLE(at),
        wire,
      };
      at += size;
    } else return;
  }
}

import { maskedCrc32c } from './crc32c';
import type { LiveFormat, LiveLog, LiveMetric, LiveParser } from './liveMetric';
import { readFields } from './protobuf';

/** TensorBoard's event files: TFRecords of `Event` messages (tensorflow/core/util/event.proto). */
export const tensorBoard: LiveFormat = {
  matches: (path) => /(?:^|\/)[^/]*\.tfevents\.[^/]+$/.test(path),
  open: () => new EventFile(),
};

/** u64 length, u32 its checksum; then the data, u32 its checksum. */
const HEADER = 12;
const FOOTER = 4;
/** A record of pictures or a graph is skipped, but one with this length is a damaged one. */
const LONGEST_RECORD = 256 * 1024 * 1024;

class EventFile implements LiveParser {
  readonly reads = 'appended';
  private rest: Buffer = Buffer.alloc(0);
  private isDamaged = false;
  private readonly metrics = new Map<string, LiveMetric>();

  get log(): LiveLog {
    return { metrics: this.metrics };
  }

  push(bytes: Buffer): void {
    if (this.isDamaged) return;
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    let at = 0;
    while (at + HEADER <= this.rest.length) {
      const length = Number(this.rest.readBigUInt64LE(at));
      const header = this.rest.subarray(at, at + 8);
      if (length > LONGEST_RECORD || maskedCrc32c(header) !== this.rest.readUInt32LE(at + 8)) {
        // Nothing tells where the next record begins.
        this.isDamaged = true;
        return;
      }
      const end = at + HEADER + length;
      if (end + FOOTER > this.rest.length) break;
      const data = this.rest.subarray(at + HEADER, end);
      if (maskedCrc32c(data) === this.rest.readUInt32LE(end)) readEvent(data, this.metrics);
      at = end + FOOTER;
    }
    this.rest = Buffer.from(this.rest.subarray(at));
  }
}

/** `Event`: 2 step, 5 summary. `Summary`: 1 value. */
function readEvent(event: Buffer, metrics: Map<string, LiveMetric>): void {
  let step = 0;
  for (const { number, value } of readFields(event)) {
    if (number === 2 && typeof value === 'number') step = value;
    if (number !== 5 || typeof value === 'number') continue;
    for (const field of readFields(value)) {
      if (field.number === 1 && typeof field.value !== 'number')
        readValue(field.value, step, metrics);
    }
  }
}

/** `Summary.Value`: 1 tag, 2 simple_value, 8 tensor. */
function readValue(message: Buffer, step: number, metrics: Map<string, LiveMetric>): void {
  let name: string | undefined;
  let scalar: number | undefined;
  for (const { number, value, wire } of readFields(message)) {
    if (number === 1 && typeof value !== 'number') name = value.toString('utf8');
    if (number === 2 && wire === 5 && typeof value === 'number') scalar = value;
    if (number === 8 && typeof value !== 'number') scalar = readTensor(value);
  }
  if (name === undefined || scalar === undefined || !Number.isFinite(scalar)) return;
  metrics.set(name, { name, value: scalar, step });
}

const [FLOAT, DOUBLE] = [1, 2];
const [TYPE, CONTENT, FLOATS, DOUBLES] = [1, 4, 5, 6];

/** The one number of a `TensorProto`; undefined for one that is no scalar of floating point. */
function readTensor(tensor: Buffer): number | undefined {
  let type: number | undefined;
  let scalar: number | undefined;
  for (const { number, value } of readFields(tensor)) {
    if (number === TYPE && typeof value === 'number') type = value;
    else if (number === FLOATS || number === DOUBLES) {
      // Repeated numbers are packed into bytes.
      const packed = number === FLOATS ? FLOAT : DOUBLE;
      scalar = typeof value === 'number' ? value : readNumber(value, packed);
    } else if (number === CONTENT && typeof value !== 'number') scalar = readNumber(value, type);
  }
  return scalar;
}

function readNumber(bytes: Buffer, type: number | undefined): number | undefined {
  if (type === FLOAT && bytes.length === 4) return bytes.readFloatLE();
  return type === DOUBLE && bytes.length === 8 ? bytes.readDoubleLE() : undefined;
}

import type { SchemaElement } from './parquetFooter';
import type { ThriftCursor } from './thriftCursor';

/** As it is stored: without the point of a decimal, as days of a date. */
export type StoredValue = number | bigint;

/** How the smallest and the largest value of a column are stored. */
export interface StoredKind {
  readonly bytes: 'int' | 'uint' | 'float' | 'bigEndian';
  /** Whether NaN can occur. */
  readonly isFloat: boolean;
  /** Whether also the older statistics, which were compared as signed numbers, hold. */
  readonly isSigned: boolean;
}

const INT: StoredKind = { bytes: 'int', isFloat: false, isSigned: true };
const UINT: StoredKind = { bytes: 'uint', isFloat: false, isSigned: false };
const FLOAT: StoredKind = { bytes: 'float', isFloat: true, isSigned: true };
const BIG_ENDIAN: StoredKind = { bytes: 'bigEndian', isFloat: false, isSigned: false };

const DECIMAL = 5;
const UINT_8 = 11;
const UINT_64 = 14;
const LOGICAL_INTEGER = 10;
const LOGICAL_DECIMAL = 5;
const LOGICAL_FLOAT16 = 15;

/** Undefined for what has no smallest and largest number: texts, switches, old timestamps of 96 bits. */
export function storedKind(element: SchemaElement): StoredKind | undefined {
  switch (element.physical) {
    case 'INT32':
    case 'INT64':
      return isUnsigned(element) ? UINT : INT;
    case 'FLOAT':
    case 'DOUBLE':
      return FLOAT;
    case 'FIXED_LEN_BYTE_ARRAY':
    case 'BYTE_ARRAY':
      return bytesKind(element);
    case 'BOOLEAN':
    case 'INT96':
    case undefined:
    default:
      return undefined;
  }
}

function isUnsigned({ converted = -1, logical }: SchemaElement): boolean {
  if (logical?.id === LOGICAL_INTEGER) return logical.isSigned !== true;
  return converted >= UINT_8 && converted <= UINT_64;
}

function bytesKind({ converted, logical }: SchemaElement): StoredKind | undefined {
  if (logical?.id === LOGICAL_FLOAT16) return FLOAT;
  return converted === DECIMAL || logical?.id === LOGICAL_DECIMAL ? BIG_ENDIAN : undefined;
}

/** Reads the next binary. @returns undefined for what is not finite or has another length than its kind */
export function readStored(
  cursor: ThriftCursor,
  { bytes: kind }: StoredKind,
): StoredValue | undefined {
  const length = cursor.binaryLength();
  const { view, at } = cursor;
  cursor.at += length;
  switch (kind) {
    case 'int':
      if (length === 4) return view.getInt32(at, true);
      return length === 8 ? readLong(view, at) : undefined;
    case 'uint':
      if (length === 4) return view.getUint32(at, true);
      return length === 8 ? view.getBigUint64(at, true) : undefined;
    case 'float': {
      const value = readFloat(view, at, length);
      return value === undefined || !Number.isFinite(value) ? undefined : value;
    }
    case 'bigEndian':
      return readBigEndian(view, at, length);
  }
}

/** A plain number where it has no more than 53 bits: large numbers of the other kind would have to be cleared away. */
function readLong(view: DataView, at: number): StoredValue {
  const value = view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
  return Number.isSafeInteger(value) ? value : view.getBigInt64(at, true);
}

function readFloat(view: DataView, at: number, length: number): number | undefined {
  if (length === 8) return view.getFloat64(at, true);
  if (length === 4) return view.getFloat32(at, true);
  return length === 2 ? readHalf(view.getUint16(at, true)) : undefined;
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function readHalf(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Decimals have at most 38 digits, which are 16 bytes; writers may pad them. */
const LONGEST = 32;

/** Two's complement. */
function readBigEndian(view: DataView, at: number, length: number): bigint | undefined {
  if (length === 0 || length > LONGEST) return undefined;
  let value = 0n;
  for (let index = 0; index < length; index++)
    value = value * 256n + BigInt(view.getUint8(at + index));
  return BigInt.asIntN(8 * length, value);
}

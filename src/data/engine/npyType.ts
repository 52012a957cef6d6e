import { DuckDBTimestampValue } from '@duckdb/node-api';
import type { Cell, CellType } from './tableReader';

/** A type of NumPy's: how long a value is in bytes and how it is read; `read` is absent for what is only counted. */
export interface NpyType {
  readonly size: number;
  readonly type: CellType;
  readonly read?: (bytes: Buffer, at: number) => Cell;
}

/** Microseconds of the units of times that have a fixed length; months and years are not read. */
const UNITS: Readonly<Record<string, bigint>> = {
  W: 604_800_000_000n,
  D: 86_400_000_000n,
  h: 3_600_000_000n,
  m: 60_000_000n,
  s: 1_000_000n,
  ms: 1000n,
  us: 1n,
};
const NOT_A_TIME = -(2n ** 63n);

/** Undefined for what has no length of its own: pickled objects. */
export function npyType(descr: string): NpyType | undefined {
  const [, order = '', kind = '', digits = '', unit = ''] =
    /^([<>|=]?)([a-zA-Z?])(\d*)(?:\[(\d*[a-zA-Z]+)\])?$/.exec(descr) ?? [];
  if (kind === '' || kind === 'O') return undefined;
  const big = order === '>';
  return KINDS[kind]?.(Number(digits), big, unit) ?? { size: Number(digits), type: 'VARCHAR' };
}

type MakeType = (size: number, big: boolean, unit: string) => NpyType;

const booleanType: MakeType = () => ({
  size: 1,
  type: 'BOOLEAN',
  read: (bytes, at) => bytes[at] !== 0,
});
const bytesType: MakeType = (size) => ({
  size,
  type: 'VARCHAR',
  read: (bytes, at) => trimNulls(bytes.toString('utf8', at, at + size)),
});

/** By NumPy's letters. https://numpy.org/doc/stable/reference/arrays.interface.html */
const KINDS: Readonly<Record<string, MakeType>> = {
  '?': booleanType,
  b: booleanType,
  i: (size, big) => integerType(size, true, big),
  u: (size, big) => integerType(size, false, big),
  f: floatType,
  S: bytesType,
  a: bytesType,
  U: (size, big) => ({
    size: 4 * size,
    type: 'VARCHAR',
    read: (bytes, at) => readUtf32(bytes, at, 4 * size, big),
  }),
  M: (_, big, unit) => timeType(unit, big),
};

function integerType(size: number, signed: boolean, big: boolean): NpyType {
  const read = (bytes: Buffer, at: number): bigint => {
    if (size === 8) {
      if (signed) return big ? bytes.readBigInt64BE(at) : bytes.readBigInt64LE(at);
      return big ? bytes.readBigUInt64BE(at) : bytes.readBigUInt64LE(at);
    }
    if (signed) return BigInt(big ? bytes.readIntBE(at, size) : bytes.readIntLE(at, size));
    return BigInt(big ? bytes.readUIntBE(at, size) : bytes.readUIntLE(at, size));
  };
  return { size, type: size === 8 && !signed ? 'UBIGINT' : 'BIGINT', read };
}

function floatType(size: number, big: boolean): NpyType {
  switch (size) {
    case 2:
      return {
        size,
        type: 'DOUBLE',
        read: (bytes, at) => halfOf(big ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at)),
      };
    case 4:
      return {
        size,
        type: 'DOUBLE',
        read: (bytes, at) => (big ? bytes.readFloatBE(at) : bytes.readFloatLE(at)),
      };
    case 8:
      return {
        size,
        type: 'DOUBLE',
        read: (bytes, at) => (big ? bytes.readDoubleBE(at) : bytes.readDoubleLE(at)),
      };
    default:
      // What it is differs between processors.
      return { size, type: 'VARCHAR' };
  }
}

/** IEEE 754 binary16. */
function halfOf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function timeType(unit: string, big: boolean): NpyType {
  const [, count = '', name = ''] = /^(\d*)([a-zA-Z]+)$/.exec(unit) ?? [];
  const times = BigInt(count === '' ? 1 : count);
  const micros = UNITS[name];
  if (micros === undefined && name !== 'ns') return { size: 8, type: 'VARCHAR' };
  const read = (bytes: Buffer, at: number): Cell => {
    const value = big ? bytes.readBigInt64BE(at) : bytes.readBigInt64LE(at);
    if (value === NOT_A_TIME) return null;
    const scaled = value * times;
    return new DuckDBTimestampValue(micros === undefined ? scaled / 1000n : scaled * micros);
  };
  return { size: 8, type: 'TIMESTAMP', read };
}

function readUtf32(bytes: Buffer, at: number, size: number, big: boolean): string {
  let text = '';
  for (let place = at; place < at + size; place += 4) {
    const code = big ? bytes.readUInt32BE(place) : bytes.readUInt32LE(place);
    if (code === 0) continue;
    text += code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
  }
  return text;
}

function trimNulls(text: string): string {
  return text.slice(0, text.search(/\0*$/));
}

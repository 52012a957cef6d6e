import { DuckDBDateValue, DuckDBTimestampValue } from '@duckdb/node-api';
import type { DataType, Field, Type } from 'apache-arrow';
import type { Cell, CellType, ReaderColumn } from './tableReader';

/** A column of an Arrow file with how one of its values, which is not null, is written. */
export interface ArrowColumn {
  readonly column: ReaderColumn;
  readonly read: (value: unknown) => Cell;
}

/** The numbers of Arrow's types, which are the library's: it is loaded late. */
type Types = typeof Type;

/** Lists, maps and the like are kept as text and are of another type than text. */
export function arrowColumn({ name, type }: Field, types: Types): ArrowColumn {
  const plain = plainColumn(name, type, types);
  if (plain !== undefined) return plain;
  return {
    column: {
      name,
      type: 'VARCHAR',
      nativeType: String(type).split('<')[0]?.toUpperCase() ?? 'OTHER',
    },
    read: textOf,
  };
}

function plainColumn(name: string, type: DataType, types: Types): ArrowColumn | undefined {
  const typeId: number = type.typeId;
  const numbers: Readonly<Record<'Dictionary' | 'Int' | 'Decimal', number>> = types;
  if (typeId === numbers.Dictionary)
    return plainColumn(name, (type as unknown as { dictionary: DataType }).dictionary, types);
  if (typeId === numbers.Int)
    return intColumn(name, type as unknown as { bitWidth: number; isSigned: boolean });
  if (typeId === numbers.Decimal) return decimalColumn(name, type as unknown as { scale: number });
  const plain: readonly (readonly [number, CellType, ArrowColumn['read']])[] = [
    [types.Bool, 'BOOLEAN', Boolean],
    [types.Float, 'DOUBLE', Number],
    [types.Utf8, 'VARCHAR', String],
    [types.LargeUtf8, 'VARCHAR', String],
    [types.Utf8View, 'VARCHAR', String],
    [types.Null, 'VARCHAR', () => null],
    [types.Date, 'DATE', readDate],
    [types.Timestamp, 'TIMESTAMP', readTimestamp],
  ];
  const [, cells, read] = plain.find(([id]) => id === typeId) ?? [];
  return cells === undefined || read === undefined
    ? undefined
    : { column: { name, type: cells }, read };
}

function intColumn(
  name: string,
  { bitWidth, isSigned }: { readonly bitWidth: number; readonly isSigned: boolean },
): ArrowColumn {
  const type = bitWidth === 64 && !isSigned ? 'UBIGINT' : 'BIGINT';
  return { column: { name, type }, read: (value) => BigInt(value as number | bigint) };
}

/** Two's complement in words of 32 bits, the lowest first. */
function decimalColumn(name: string, { scale }: { readonly scale: number }): ArrowColumn {
  const read = (value: unknown): number => {
    const words = value as Uint32Array;
    let whole = 0n;
    for (let index = words.length - 1; index >= 0; index--)
      whole = (whole << 32n) | BigInt(words[index] ?? 0);
    // As text, so that 1.25 is the number that is nearest to it.
    return Number(`${BigInt.asIntN(words.length * 32, whole)}e${-scale}`);
  };
  return { column: { name, type: 'DOUBLE' }, read };
}

const DAY = 86_400_000;

function readDate(value: unknown): DuckDBDateValue {
  return new DuckDBDateValue(Math.floor(Number(value) / DAY));
}

/** The library gives milliseconds; the fraction is exact for the microseconds of some centuries. */
function readTimestamp(value: unknown): DuckDBTimestampValue {
  const micros = Number(value) * 1000;
  const isExact = Number.isSafeInteger(Math.round(micros));
  return new DuckDBTimestampValue(
    isExact ? BigInt(Math.round(micros)) : BigInt(Math.trunc(Number(value))) * 1000n,
  );
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return (
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) ??
    ''
  );
}

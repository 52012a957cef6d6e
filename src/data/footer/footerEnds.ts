import { CONVERTED, LOGICAL } from './nativeType';
import type { Ends, SchemaElement } from './parquetFooter';
import type { StoredValue } from './storedValue';

/** The smallest and the largest value of a column, as a profile has them. */
export interface ColumnEnds {
  readonly ends?: { readonly min: number; readonly max: number };
  readonly range?: { readonly min: string; readonly max: string };
}

/** Nothing of types that have no ends, and of dates beyond the years 1 to 9999. */
export function endsOf(nativeType: string, element: SchemaElement, { min, max }: Ends): ColumnEnds {
  const format = timeFormat(nativeType, element);
  if (format !== undefined) {
    const [first, last] = [format(BigInt(min)), format(BigInt(max))];
    return first === undefined || last === undefined ? {} : { range: { min: first, max: last } };
  }
  // DuckDB reads decimals of more than 38 digits as doubles, and not rightly.
  if (nativeType === 'DOUBLE' && isDecimal(element)) return {};
  if (!/^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(nativeType))
    return {};
  return { ends: { min: toNumber(min, element), max: toNumber(max, element) } };
}

/** A decimal's digits are stored without its point. */
function toNumber(value: StoredValue, element: SchemaElement): number {
  const { scale = 0 } = element;
  return isDecimal(element) && scale > 0 ? Number(`${value}e-${scale}`) : Number(value);
}

function isDecimal({ converted, logical }: SchemaElement): boolean {
  return converted === CONVERTED.DECIMAL || logical?.id === LOGICAL.DECIMAL;
}

type TimeFormat = (value: bigint) => string | undefined;

const NANOSECONDS_OF_DAY = 86_400_000_000_000n;

/** Nanoseconds in the unit that a timestamp is stored in. */
const SCALES = { milliseconds: 1_000_000n, microseconds: 1000n, nanoseconds: 1n } as const;

function timeFormat(nativeType: string, element: SchemaElement): TimeFormat | undefined {
  if (nativeType === 'DATE') return (days) => formatDate(days);
  if (!nativeType.startsWith('TIMESTAMP')) return undefined;
  const unit = element.logical?.unit ?? (element.converted === 9 ? 'milliseconds' : 'microseconds');
  const zone = nativeType === 'TIMESTAMP WITH TIME ZONE' ? '+00' : '';
  // Only without a zone are nanoseconds kept.
  const kept = nativeType === 'TIMESTAMP_NS' ? 1n : 1000n;
  return (value) => {
    const text = formatTime(((value * SCALES[unit]) / kept) * kept);
    return text === undefined ? undefined : `${text}${zone}`;
  };
}

/** As DuckDB writes it: no zeros at the end of the second's fraction. */
function formatTime(nanoseconds: bigint): string | undefined {
  const ofDay = BigInt.asUintN(64, floorModulo(nanoseconds, NANOSECONDS_OF_DAY));
  const date = formatDate((nanoseconds - ofDay) / NANOSECONDS_OF_DAY);
  if (date === undefined) return undefined;
  const seconds = Number(ofDay / 1_000_000_000n);
  const fraction = (ofDay % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const time = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return `${date} ${time}${fraction === '' ? '' : `.${fraction}`}`;
}

function floorModulo(value: bigint, divisor: bigint): bigint {
  return ((value % divisor) + divisor) % divisor;
}

/** Days since the epoch of the first day of year 1, and of the last one of year 9999. */
const FIRST_DAY = -719_162n;
const LAST_DAY = 2_932_896n;

function formatDate(days: bigint): string | undefined {
  if (days < FIRST_DAY || days > LAST_DAY) return undefined;
  return new Date(Number(days) * 86_400_000).toISOString().slice(0, 10);
}

import { kindOf } from '../engine/measure/columnKind';

/**
 * The type that DuckDB reads a column as that has two types in two files; undefined where that is not certain. A test
 * holds this against DuckDB itself.
 */
export function commonType(a: string, b: string): string | undefined {
  if (a === b) return a;
  const both = [a, b];
  const types = both.map((each) => kindOf(each).type);
  if (types.every((type) => type === 'date' || type === 'timestamp')) return laterOf(both);
  if (!types.every((type) => type === 'integer' || type === 'number')) return undefined;
  if (both.includes('DOUBLE')) return 'DOUBLE';
  if (both.includes('FLOAT'))
    return both.some((each) => each.startsWith('DECIMAL')) ? undefined : 'FLOAT';
  return both.some((each) => each.startsWith('DECIMAL'))
    ? commonDecimal(both)
    : commonInteger(both);
}

const TIMES = ['DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_NS'] as const;

function laterOf(types: readonly string[]): string | undefined {
  return TIMES.findLast((time) => types.includes(time));
}

const BITS: Readonly<Record<string, number>> = {
  TINYINT: 8,
  SMALLINT: 16,
  INTEGER: 32,
  BIGINT: 64,
};

/** A signed type holds the unsigned ones of half its length. */
function commonInteger(types: readonly string[]): string | undefined {
  const unsigned = types.filter((type) => type.startsWith('U'));
  const isSigned = unsigned.length < types.length;
  const bits = types.map((type) => {
    const own = BITS[type.replace(/^U/, '')] ?? NaN;
    return isSigned && type.startsWith('U') ? 2 * own : own;
  });
  const most = Math.max(...bits);
  if (most === 128) return 'HUGEINT';
  const name = Object.keys(BITS).find((each) => BITS[each] === most);
  return name === undefined || isSigned ? name : `U${name}`;
}

/** Digits that each type can have. */
const DIGITS: Readonly<Record<string, number>> = {
  TINYINT: 3,
  UTINYINT: 3,
  SMALLINT: 5,
  USMALLINT: 5,
  INTEGER: 10,
  UINTEGER: 10,
  BIGINT: 19,
  UBIGINT: 20,
};

const MOST_DIGITS = 38;

function commonDecimal(types: readonly string[]): string | undefined {
  const parts = types.map((type) => {
    const [, digits, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
    return digits === undefined
      ? { whole: DIGITS[type] ?? NaN, scale: 0 }
      : { whole: Number(digits) - Number(scale), scale: Number(scale) };
  });
  const scale = Math.max(...parts.map((part) => part.scale));
  const digits = scale + Math.max(...parts.map((part) => part.whole));
  return digits <= MOST_DIGITS ? `DECIMAL(${digits},${scale})` : undefined;
}

import type { LogicalType, SchemaElement } from './parquetFooter';

/** Numbers of the annotations that the format defines. */
export const CONVERTED = {
  UTF8: 0,
  ENUM: 4,
  DECIMAL: 5,
  DATE: 6,
  TIME_MILLIS: 7,
  TIME_MICROS: 8,
  TIMESTAMP_MILLIS: 9,
  TIMESTAMP_MICROS: 10,
  JSON: 19,
  INTERVAL: 21,
} as const;

export const LOGICAL = {
  STRING: 1,
  ENUM: 4,
  DECIMAL: 5,
  DATE: 6,
  TIME: 7,
  TIMESTAMP: 8,
  INTEGER: 10,
  UNKNOWN: 11,
  JSON: 12,
  UUID: 14,
  FLOAT16: 15,
  GEOMETRY: 17,
  GEOGRAPHY: 18,
} as const;

/** By the older annotation. */
const CONVERTED_TYPES: Readonly<Record<number, string>> = {
  [CONVERTED.UTF8]: 'VARCHAR',
  [CONVERTED.ENUM]: 'VARCHAR',
  [CONVERTED.DATE]: 'DATE',
  [CONVERTED.TIME_MILLIS]: 'TIME',
  [CONVERTED.TIME_MICROS]: 'TIME',
  [CONVERTED.TIMESTAMP_MILLIS]: 'TIMESTAMP',
  [CONVERTED.TIMESTAMP_MICROS]: 'TIMESTAMP',
  11: 'UTINYINT',
  12: 'USMALLINT',
  13: 'UINTEGER',
  14: 'UBIGINT',
  15: 'TINYINT',
  16: 'SMALLINT',
  17: 'INTEGER',
  18: 'BIGINT',
  [CONVERTED.JSON]: 'JSON',
  [CONVERTED.INTERVAL]: 'INTERVAL',
};

const PHYSICAL = {
  BOOLEAN: 'BOOLEAN',
  INT32: 'INTEGER',
  INT64: 'BIGINT',
  // Only ever used for timestamps.
  INT96: 'TIMESTAMP',
  FLOAT: 'FLOAT',
  DOUBLE: 'DOUBLE',
  BYTE_ARRAY: 'BLOB',
  FIXED_LEN_BYTE_ARRAY: 'BLOB',
} as const;

/** DuckDB's name of the type that it reads a leaf as; a test holds this against DuckDB itself. */
export function leafType(element: SchemaElement): string {
  const { physical = 'BYTE_ARRAY', logical, converted } = element;
  const byLogical = logical === undefined ? undefined : logicalType(logical, element);
  if (byLogical !== undefined) return byLogical;
  if (converted === CONVERTED.DECIMAL) return decimalType(element);
  return (converted === undefined ? undefined : CONVERTED_TYPES[converted]) ?? PHYSICAL[physical];
}

/** By the newer annotation, where it says all. */
const LOGICAL_TYPES: Readonly<Record<number, string>> = {
  [LOGICAL.STRING]: 'VARCHAR',
  [LOGICAL.ENUM]: 'VARCHAR',
  [LOGICAL.DATE]: 'DATE',
  // Always missing.
  [LOGICAL.UNKNOWN]: 'INTEGER',
  [LOGICAL.JSON]: 'JSON',
  [LOGICAL.UUID]: 'UUID',
  [LOGICAL.FLOAT16]: 'FLOAT',
  [LOGICAL.GEOMETRY]: 'GEOMETRY',
  [LOGICAL.GEOGRAPHY]: 'GEOMETRY',
};

function logicalType(logical: LogicalType, element: SchemaElement): string | undefined {
  switch (logical.id) {
    case LOGICAL.DECIMAL:
      return decimalType(element);
    case LOGICAL.TIME:
      return logical.isUtc === true ? 'TIME WITH TIME ZONE' : 'TIME';
    case LOGICAL.TIMESTAMP:
      if (logical.isUtc === true) return 'TIMESTAMP WITH TIME ZONE';
      return logical.unit === 'nanoseconds' ? 'TIMESTAMP_NS' : 'TIMESTAMP';
    case LOGICAL.INTEGER:
      return integerType(logical);
    default:
      return LOGICAL_TYPES[logical.id];
  }
}

const INTEGERS: Readonly<Record<number, string>> = {
  8: 'TINYINT',
  16: 'SMALLINT',
  32: 'INTEGER',
  64: 'BIGINT',
};

function integerType({ bits = 0, isSigned }: LogicalType): string | undefined {
  const name = INTEGERS[bits];
  return name === undefined || isSigned === true ? name : `U${name}`;
}

/** Digits of DuckDB's decimals; it reads longer ones as doubles. */
const MOST_DIGITS = 38;

function decimalType({ precision = 0, scale = 0 }: SchemaElement): string {
  return precision > MOST_DIGITS ? 'DOUBLE' : `DECIMAL(${precision},${scale})`;
}

import { quoteIdentifier, quoteLiteral } from '../../base/escape';

/** Demands on the values of one row in DuckDB's SQL, unknown (null) where the value is missing. */

export type SqlValue = string | number | boolean;

export function isSqlValue(value: unknown): value is SqlValue {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

export function valueSql(value: SqlValue): string {
  return typeof value === 'string' ? quoteLiteral(value) : String(value).toUpperCase();
}

/** Texts are compared with the column as text: it may be of any type. */
export function inSql(column: string, values: readonly SqlValue[]): string {
  return `${comparable(column, values)} IN (${values.map(valueSql).join(', ')})`;
}

export function notInSql(column: string, values: readonly SqlValue[]): string {
  return `${comparable(column, values)} NOT IN (${values.map(valueSql).join(', ')})`;
}

function comparable(column: string, values: readonly SqlValue[]): string {
  return values.every((value) => typeof value === 'string')
    ? textSql(column)
    : quoteIdentifier(column);
}

/** The column as text. */
export function textSql(column: string): string {
  return `CAST(${quoteIdentifier(column)} AS VARCHAR)`;
}

export interface Bounds {
  readonly min?: number | string | undefined;
  readonly max?: number | string | undefined;
  /** Whether the bound itself is not allowed. */
  readonly strictMin?: boolean;
  readonly strictMax?: boolean;
}

/** Of an expression; undefined without bounds. */
export function boundsSql(expression: string, bounds: Bounds): string | undefined {
  const { min, max, strictMin = false, strictMax = false } = bounds;
  if (min !== undefined && min === max && !strictMin && !strictMax) {
    return `${expression} = ${valueSql(min)}`;
  }
  const parts = [
    ...(min === undefined ? [] : [`${expression} ${strictMin ? '>' : '>='} ${valueSql(min)}`]),
    ...(max === undefined ? [] : [`${expression} ${strictMax ? '<' : '<='} ${valueSql(max)}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(' AND ');
}

/** @param pattern that is searched in the text */
export function matchesSql(column: string, pattern: string): string {
  return `regexp_matches(${textSql(column)}, ${quoteLiteral(pattern)})`;
}

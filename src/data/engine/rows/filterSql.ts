import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../../base/escape';
import type { RowFilter } from '../../finding';
import type { ColumnType } from '../../profile/profile';
import { readRule } from '../facts/countRules';
import { isNumeric, kindOf } from '../measure/columnKind';
import { flawSql } from '../measure/measureTexts';
import { fitTest } from '../measure/misfits';
import type { SourceColumn } from '../source';

/** A filter of one row by itself: its columns under these names, and the SQL that is true for the rows that are meant. */
export interface RowCondition {
  readonly columns: readonly { readonly column: SourceColumn; readonly as: string }[];
  readonly sql: string;
}

/** Filters that look at several rows. */
export type GroupFilter = Extract<RowFilter, { kind: 'repeated' | 'conflicting' }>;

type SingleFilter = Exclude<RowFilter, GroupFilter>;

/** Undefined where the data have no such column, or no row can be meant. */
export async function conditionOf(
  filter: SingleFilter,
  columns: readonly SourceColumn[],
  connection: DuckDBConnection,
): Promise<RowCondition | undefined> {
  if (filter.kind === 'false') {
    const rule = await readRule(connection, columns, filter.sql);
    if (!rule.ok) return undefined;
    const named = rule.value.columns.map((column) => ({ column, as: column.name }));
    return { columns: named, sql: `NOT (${filter.sql}\n)` };
  }
  const column = columns.find(({ name }) => name === filter.column);
  const sql = column === undefined ? undefined : conditionSql(filter, column);
  return column === undefined || sql === undefined
    ? undefined
    : { columns: [{ column, as: 'value' }], sql };
}

/** Over `value`. */
function conditionSql(
  filter: Exclude<SingleFilter, { kind: 'false' }>,
  { nativeType }: SourceColumn,
): string | undefined {
  const { type, floating } = kindOf(nativeType);
  switch (filter.kind) {
    case 'missing':
      return floating ? '(value IS NULL OR isnan(value))' : 'value IS NULL';
    case 'infinite':
      return floating ? 'isinf(value)' : undefined;
    case 'values':
      return valuesSql(filter, type);
    case 'outside':
      return outsideSql(filter, type);
    case 'misfit':
      return misfitSql(filter.type, type);
    case 'unlike':
      return `NOT regexp_full_match(value::VARCHAR, ${quoteLiteral(filter.pattern)})`;
    case 'padded':
    case 'blank':
    case 'broken':
      return flawSql('value::VARCHAR', filter.kind);
  }
}

/** Numbers by their value: a finding may write `-999` for what DuckDB writes as `-999.0`. */
function valuesSql(
  { values, not }: Extract<RowFilter, { kind: 'values' }>,
  type: ColumnType,
): string | undefined {
  if (values.length === 0) return not === true ? 'value IS NOT NULL' : undefined;
  const own = isNumeric(type) ? 'value::DOUBLE' : 'value::VARCHAR';
  const listed = values.map((value) =>
    isNumeric(type) ? `TRY_CAST(${quoteLiteral(value)} AS DOUBLE)` : quoteLiteral(value),
  );
  return `${own} ${not === true ? 'NOT IN' : 'IN'} (${listed.join(', ')})`;
}

function outsideSql(
  { min, max }: Extract<RowFilter, { kind: 'outside' }>,
  type: ColumnType,
): string | undefined {
  const isTime = type === 'date' || type === 'timestamp';
  if (!isTime && !isNumeric(type)) return undefined;
  const [own, kind] = isTime ? ['value::TIMESTAMP', 'TIMESTAMP'] : ['value::DOUBLE', 'DOUBLE'];
  const bound = (limit: number | string): string =>
    `TRY_CAST(${quoteLiteral(String(limit))} AS ${kind})`;
  const sides = [
    ...(min === undefined ? [] : [`${own} < ${bound(min)}`]),
    ...(max === undefined ? [] : [`${own} > ${bound(max)}`]),
  ];
  // DuckDB holds NaN for larger than every number.
  const known = type === 'number' ? `NOT isnan(${own}) AND ` : '';
  return sides.length === 0 ? undefined : `${known}(${sides.join(' OR ')})`;
}

const TYPES: ReadonlySet<string> = new Set([
  'boolean',
  'integer',
  'number',
  'string',
  'date',
  'timestamp',
] satisfies ColumnType[]);

function misfitSql(asked: string, type: ColumnType): string | undefined {
  const test = TYPES.has(asked)
    ? fitTest(asked as ColumnType, type, '(value::VARCHAR)')
    : undefined;
  return test === undefined ? undefined : `value IS NOT NULL AND NOT (${test})`;
}

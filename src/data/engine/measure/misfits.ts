import type { DuckDBConnection } from '@duckdb/node-api';
import { MOST_MISFITS } from '../../profile/mergeMeasures';
import type { Misfits } from '../../profile/measures';
import type { ColumnShape, ColumnType } from '../../profile/profile';
import { testOfType } from '../csvTypes';
import { DATA } from '../source';

/** The values that make a column another type than was asked for; undefined where every value is of it. */
export async function findMisfits(
  connection: DuckDBConnection,
  { id, type }: { readonly id: string; readonly type: ColumnType },
  shape: ColumnShape | undefined,
): Promise<Misfits | undefined> {
  const test = shape?.type === undefined ? undefined : fitTest(shape.type, type);
  if (test === undefined) return undefined;
  const reader = await connection.runAndReadAll(
    `SELECT misfit, count, sum(count) OVER ()::DOUBLE FROM (
       SELECT left(value, 100) AS misfit, count(*)::DOUBLE AS count
       FROM (SELECT ${id}::VARCHAR AS value FROM ${DATA} WHERE ${id} IS NOT NULL)
       WHERE NOT (${test}) GROUP BY misfit)
     ORDER BY count DESC, misfit LIMIT ${MOST_MISFITS}`,
  );
  const rows = reader.getRowsJS() as [value: string, count: number, total: number][];
  const count = rows[0]?.[2] ?? 0;
  if (count === 0) return undefined;
  return { count, listed: rows.map(([value, each]) => ({ value, count: each })) };
}

/** The SQL that is true for text of the type that was asked for; undefined where there is nothing to test. */
export function fitTest(asked: ColumnType, type: ColumnType, text = 'value'): string | undefined {
  if (asked === type || type === 'other') return undefined;
  if (asked === 'integer' && type === 'number') return `${text}::DOUBLE = trunc(${text}::DOUBLE)`;
  if (asked === 'number' && type === 'integer') return undefined;
  return testOfType(asked, text);
}

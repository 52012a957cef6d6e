import type { DuckDBConnection } from '@duckdb/node-api';
import type { CategoryCount, ColumnProfile, ProfileShape } from '../profile/profile';
import { testOfType } from './csvTypes';
import type { ColumnOverview } from './overview';
import { DATA } from './source';

const MOST_MISFITS = 20;

/** The values that make a column another type than was asked for; none where every value does. */
export async function findMisfits(
  connection: DuckDBConnection,
  { source: { id, name }, kind }: ColumnOverview,
  shape: ProfileShape | undefined,
): Promise<Partial<ColumnProfile>> {
  const asked = shape?.get(name)?.type;
  if (asked === undefined || asked === kind.type || kind.type === 'other') return {};
  const test =
    asked === 'integer' && kind.type === 'number'
      ? 'value::DOUBLE = trunc(value::DOUBLE)'
      : testOfType(asked, 'value');
  if (test === undefined) return {};
  const reader = await connection.runAndReadAll(
    `SELECT left(value, 100) AS misfit, count(*)::DOUBLE AS count
     FROM (SELECT ${id}::VARCHAR AS value FROM ${DATA} WHERE ${id} IS NOT NULL)
     WHERE NOT (${test}) GROUP BY misfit ORDER BY count DESC, misfit LIMIT ${MOST_MISFITS}`,
  );
  const rows = reader.getRowsJS() as [value: string, count: number][];
  const misfits = rows.map(([value, count]): CategoryCount => ({ value, count }));
  return misfits.length === 0 ? {} : { misfits };
}

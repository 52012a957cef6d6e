import type { DuckDBConnection } from '@duckdb/node-api';
import type { KeyFacts } from '../../profile/profile';
import { DATA, type SourceColumn } from '../source';

const LISTED_KEYS = 20;

/** How often the key repeats. A row has no key where one of its columns is missing; such rows repeat nothing. */
export async function measureKey(
  connection: DuckDBConnection,
  key: readonly SourceColumn[],
): Promise<KeyFacts | undefined> {
  if (key.length === 0) return undefined;
  const ids = key.map(({ id }) => id);
  const known = ids.map((id) => `${id} IS NOT NULL`).join(' AND ');
  const text = ids.map((id) => `${id}::VARCHAR`).join(` || ', ' || `);
  const groups = `SELECT ${ids.join(', ')}, count(*) AS n FROM ${DATA} WHERE ${known} GROUP BY ALL`;
  const totals = await connection.runAndReadAll(`
    SELECT (SELECT count(*) FROM ${DATA} WHERE NOT (${known}))::DOUBLE,
      coalesce(sum(n - 1), 0)::DOUBLE FROM (${groups})`);
  const [[nulls, duplicates]] = totals.getRowsJS() as [[number, number]];
  const listed = await connection.runAndReadAll(`
    SELECT ${text} AS value, n::DOUBLE FROM (${groups}) WHERE n > 1
    ORDER BY n DESC, value LIMIT ${LISTED_KEYS}`);
  const samples = (listed.getRowsJS() as [string, number][]).map(([value, count]) => ({
    value,
    count,
  }));
  return { columns: key.map(({ name }) => name), duplicates, nulls, samples };
}

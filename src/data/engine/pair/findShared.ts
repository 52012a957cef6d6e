import type { DuckDBConnection } from '@duckdb/node-api';
import type { PairColumn } from '../../profile/pairAsk';
import type { SharedValues } from '../../profile/pairFacts';
import type { CategoryCount } from '../../profile/profile';
import { OWN, TRAIN } from './pairRows';

const LISTED_VALUES = 20;

/** The values of one of the columns `key` and `grouped` that rows of both datasets have; missing ones are shared by none. */
export async function findShared(
  connection: DuckDBConnection,
  column: PairColumn | undefined,
  field: 'key' | 'grouped',
): Promise<SharedValues | undefined> {
  if (column === undefined) return undefined;
  const values = `SELECT ${field} AS value, count(*) AS n FROM ${OWN} WHERE ${field} IS NOT NULL GROUP BY ALL`;
  const shared = `SELECT * FROM (${values}) WHERE value IN (SELECT ${field} FROM ${TRAIN} WHERE ${field} IS NOT NULL)`;
  const totals = await connection.runAndReadAll(`
    SELECT (SELECT count(*) FROM (${values}))::DOUBLE, count(*)::DOUBLE, coalesce(sum(n), 0)::DOUBLE
    FROM (${shared})`);
  const [[of, different, rows]] = totals.getRowsJS() as [[number, number, number]];
  const samples = await listCounts(connection, shared);
  return { column: column.name, shared: different, of, rows, samples };
}

/** Of a relation of values and counts `n`: the most frequent ones. */
export async function listCounts(
  connection: DuckDBConnection,
  counts: string,
): Promise<readonly CategoryCount[]> {
  const reader = await connection.runAndReadAll(
    `SELECT value, n::DOUBLE FROM (${counts}) ORDER BY n DESC, value LIMIT ${LISTED_VALUES}`,
  );
  const rows = reader.getRowsJS() as [string, number][];
  return rows.map(([value, count]) => ({ value, count }));
}

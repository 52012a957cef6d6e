import type { DuckDBConnection } from '@duckdb/node-api';
import type { PairAsk } from '../../profile/pairAsk';
import type { UnknownLabels } from '../../profile/pairFacts';
import { listCounts } from './findShared';
import { OWN, TRAIN } from './pairRows';

/** Labels of the dataset that no training row has: a model can never answer them. */
export async function findUnknownLabels(
  connection: DuckDBConnection,
  { label, classes }: PairAsk,
): Promise<UnknownLabels | undefined> {
  if (label === undefined || classes === undefined) return undefined;
  const labels = (relation: string): string =>
    `SELECT label AS value, count(*) AS n FROM ${relation} WHERE label IS NOT NULL GROUP BY ALL`;
  const unknown = `SELECT * FROM (${labels(OWN)}) ANTI JOIN (SELECT DISTINCT label AS value FROM ${TRAIN}) USING (value)`;
  const totals = await connection.runAndReadAll(`
    SELECT count(*)::DOUBLE, coalesce(sum(n), 0)::DOUBLE, (SELECT count(label) FROM ${OWN})::DOUBLE
    FROM (${unknown})`);
  const [[different, rows, of]] = totals.getRowsJS() as [[number, number, number]];
  return {
    column: label.name,
    rows,
    of,
    different,
    samples: await listCounts(connection, unknown),
    known: await listCounts(connection, labels(TRAIN)),
  };
}

import type { DuckDBConnection } from '@duckdb/node-api';
import type { PairAsk } from '../../profile/pairAsk';
import type { OverlapFacts } from '../../profile/pairFacts';
import { DATA, type SourceColumn } from '../source';
import { listCounts } from './findShared';
import { featureValues, hashFeatures, OWN, TRAIN } from './pairRows';

/** How many rows are also training rows, and how many of each dataset are there only once. */
export async function countOverlap(
  connection: DuckDBConnection,
  sources: readonly SourceColumn[],
  ask: PairAsk,
): Promise<OverlapFacts | undefined> {
  const { features, label } = ask;
  if (features.length === 0) return undefined;
  const once = (relation: string): string =>
    `(SELECT count(*) FROM (SELECT 1 FROM ${relation} GROUP BY features HAVING count(*) = 1))::DOUBLE`;
  const shared = (column: string): string =>
    `(SELECT count(*) FROM ${OWN} SEMI JOIN ${TRAIN} USING (${column}))::DOUBLE`;
  const reader = await connection.runAndReadAll(`
    SELECT (SELECT count(*) FROM ${OWN})::DOUBLE, (SELECT count(*) FROM ${TRAIN})::DOUBLE,
      ${once(OWN)}, ${once(TRAIN)}, ${shared('features')}, ${shared('labelled')}`);
  const [[of, train, ownOnce, trainOnce, rows, withLabel]] = reader.getRowsJS() as [
    [number, number, number, number, number, number],
  ];
  return {
    columns: features.map(({ name }) => name),
    rows,
    ...(label === undefined ? {} : { withLabel }),
    of,
    train,
    once: { own: ownOnce, train: trainOnce },
    samples: rows === 0 ? [] : await listCounts(connection, sharedRows(sources, ask)),
  };
}

/** What people know a row by. */
const SHOWN_COLUMNS = 6;

function sharedRows(sources: readonly SourceColumn[], ask: PairAsk): string {
  const values = featureValues(sources, ask).slice(0, SHOWN_COLUMNS);
  const text = values.map((value) => `coalesce((${value})::VARCHAR, '')`).join(` || ', ' || `);
  return `SELECT ${text} AS value, count(*) AS n FROM ${DATA}
    WHERE ${hashFeatures(sources, ask)} IN (SELECT features FROM ${TRAIN}) GROUP BY ALL`;
}

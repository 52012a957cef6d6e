import type { DuckDBConnection } from '@duckdb/node-api';
import type { PairColumn } from '../../profile/pairAsk';
import type { TimeFacts } from '../../profile/pairFacts';
import { OWN, timeField, TRAIN } from './pairRows';

/**
 * Where the times of the two datasets lie. How often a row is later than a training row is the Mann–Whitney statistic
 * (Mann and Whitney 1947), counted exactly.
 */
export async function compareTimes(
  connection: DuckDBConnection,
  column: PairColumn,
  index: number,
): Promise<TimeFacts | undefined> {
  const time = timeField(index);
  const reader = await connection.runAndReadAll(`
    WITH times AS (
      SELECT time, sum(own)::DOUBLE AS own, sum(train)::DOUBLE AS train FROM (
        SELECT ${time} AS time, 1 AS own, 0 AS train FROM ${OWN} WHERE ${time} IS NOT NULL
        UNION ALL SELECT ${time}, 0, 1 FROM ${TRAIN} WHERE ${time} IS NOT NULL)
      GROUP BY time),
    ranked AS (SELECT *, sum(train) OVER (ORDER BY time) - train / 2 AS earlier FROM times),
    ends AS (SELECT min(time) FILTER (train > 0) AS train_first, max(time) FILTER (train > 0) AS train_last,
      min(time) FILTER (own > 0) AS own_first, max(time) FILTER (own > 0) AS own_last FROM times)
    SELECT train_first::VARCHAR, train_last::VARCHAR, own_first::VARCHAR, own_last::VARCHAR,
      coalesce((SELECT sum(own) FROM times WHERE time < train_last), 0), (SELECT sum(own) FROM times),
      (SELECT sum(train) FROM times),
      (SELECT sum(own * earlier) / (sum(own) * sum(train)) FROM ranked)
    FROM ends`);
  type Text = string | null;
  type Row = [Text, Text, Text, Text, number, number, number, number];
  const [[first, last, ownFirst, ownLast, before, of, trainRows, later]] = reader.getRowsJS() as [
    Row,
  ];
  if (first === null || last === null || ownFirst === null || ownLast === null) return undefined;
  const own = { first: ownFirst, last: ownLast };
  return { column: column.name, train: { first, last }, own, before, of, trainRows, later };
}

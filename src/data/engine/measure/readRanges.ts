import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnOverview } from './overview';

interface Range {
  readonly min: string;
  readonly max: string;
}

/** The first and the last of dates and timestamps, as ISO text. */
export async function readRanges(
  connection: DuckDBConnection,
  relation: string,
  overviews: readonly ColumnOverview[],
): Promise<ReadonlyMap<ColumnOverview, Range>> {
  const times = overviews.filter(({ column }) => column.as === 'date' || column.as === 'timestamp');
  if (times.length === 0) return new Map();
  const select = times.flatMap(({ column: { id } }) => [
    `min(${id})::VARCHAR`,
    `max(${id})::VARCHAR`,
  ]);
  const reader = await connection.runAndReadAll(`SELECT ${select.join(', ')} FROM ${relation}`);
  const values = (reader.getRowsJS()[0] ?? []) as (string | null)[];
  return new Map(
    times.flatMap((overview, index): [ColumnOverview, Range][] => {
      const [min, max] = values.slice(2 * index, 2 * index + 2);
      return typeof min === 'string' && typeof max === 'string' ? [[overview, { min, max }]] : [];
    }),
  );
}

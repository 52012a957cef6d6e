import type { DuckDBConnection } from '@duckdb/node-api';
import type { MeasuredColumn } from './measuredColumn';

interface Range {
  readonly min: string;
  readonly max: string;
}

/** The first and the last of dates and timestamps, as ISO text. */
export async function readRanges(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
): Promise<ReadonlyMap<MeasuredColumn, Range>> {
  const times = columns.filter(({ as }) => as === 'date' || as === 'timestamp');
  if (times.length === 0) return new Map();
  const select = times.flatMap(({ id }) => [`min(${id})::VARCHAR`, `max(${id})::VARCHAR`]);
  const reader = await connection.runAndReadAll(`SELECT ${select.join(', ')} FROM ${relation}`);
  const values = (reader.getRowsJS()[0] ?? []) as (string | null)[];
  return new Map(
    times.flatMap((column, index): [MeasuredColumn, Range][] => {
      const [min, max] = values.slice(2 * index, 2 * index + 2);
      return typeof min === 'string' && typeof max === 'string' ? [[column, { min, max }]] : [];
    }),
  );
}

import type { DuckDBConnection } from '@duckdb/node-api';

/** More expressions than this in one query take longer to plan than to compute. */
const MOST_AT_ONCE = 1000;

/** Evaluates aggregates over a relation, as doubles; null where there is no value. */
export async function selectNumbers(
  connection: DuckDBConnection,
  relation: string,
  aggregates: readonly string[],
): Promise<readonly (number | null)[]> {
  const values: (number | null)[] = [];
  for (let start = 0; start < aggregates.length; start += MOST_AT_ONCE) {
    const select = aggregates
      .slice(start, start + MOST_AT_ONCE)
      .map((aggregate) => `(${aggregate})::DOUBLE`)
      .join(', ');
    const reader = await connection.runAndReadAll(`SELECT ${select} FROM ${relation}`);
    values.push(...((reader.getRowsJS()[0] ?? []) as (number | null)[]));
  }
  return values;
}

import type { DuckDBConnection } from '@duckdb/node-api';
import { DATA, type SourceColumn } from '../source';

/** Rows of numbers, column by column. Missing values are NaN. */
export interface RowSample {
  readonly columns: readonly Float64Array[];
  /** The rows of the sample that are different: those of a sample that are the same were not chosen one by one. */
  readonly different: number;
}

/** At most about this many rows. */
export const SAMPLED_ROWS = 20_000;

/**
 * The numbers of all rows; of a larger table, of those whose hashes of all columns are small: the same rows in any order
 * of rows and columns and for any number of threads, and the same share of every file. In the order of the hashes.
 */
export async function sampleRows(
  connection: DuckDBConnection,
  all: readonly SourceColumn[],
  numbers: readonly SourceColumn[],
): Promise<RowSample> {
  const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${DATA}`);
  const rows = Number(counted.getRowsJS()[0]?.[0] ?? 0);
  const level = Math.max(0, Math.ceil(Math.log2(rows / SAMPLED_ROWS)));
  const byName = [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  const hash = `hash(${byName.map(({ id }) => id).join(', ')})`;
  const below = level === 0 ? '' : `WHERE hash < ${2n ** BigInt(64 - level)}::UBIGINT`;
  const values = numbers.map(({ id }) => `coalesce(${id}::DOUBLE, 'nan'::DOUBLE)`);
  const ids = numbers.map(({ id }) => id);
  const reader = await connection.runAndReadAll(`
    SELECT hash, ${values.join(', ')}
    FROM (SELECT ${hash} AS hash, ${ids.join(', ')} FROM ${DATA}) ${below} ORDER BY hash`);
  const [hashes = [], ...columns] = reader.getColumnsJS();
  return {
    columns: columns.map((column) => Float64Array.from(column as number[])),
    different: level === 0 ? hashes.length : new Set(hashes).size,
  };
}

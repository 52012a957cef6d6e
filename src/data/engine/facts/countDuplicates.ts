import type { DuckDBConnection } from '@duckdb/node-api';
import { DATA, type SourceColumn } from '../source';

/**
 * Rows that are the same as an earlier one in every column. Rows are told apart by 64-bit hashes: that two of a million
 * different rows share one has a probability of 3e-8 (n² / 2^65). Missing values are the same as missing ones.
 */
export async function countDuplicates(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
): Promise<number> {
  if (columns.length === 0) return 0;
  const ids = columns.map(({ id }) => id).join(', ');
  const reader = await connection.runAndReadAll(
    `SELECT (count(*) - count(DISTINCT hash(${ids})))::DOUBLE FROM ${DATA}`,
  );
  return Number(reader.getRowsJS()[0]?.[0] ?? 0);
}

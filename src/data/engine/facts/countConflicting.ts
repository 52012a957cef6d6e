import type { DuckDBConnection } from '@duckdb/node-api';
import { DATA, type SourceColumn } from '../source';

/**
 * Rows whose features are those of another row with another label. Rows without a label are left out: they contradict
 * nobody. Features are compared by 64-bit hashes, as duplicates are.
 */
export async function countConflicting(
  connection: DuckDBConnection,
  features: readonly SourceColumn[],
  label: SourceColumn,
): Promise<number> {
  if (features.length === 0) return 0;
  const ids = features.map(({ id }) => id).join(', ');
  const reader = await connection.runAndReadAll(`
    SELECT coalesce(sum(n), 0)::DOUBLE FROM (
      SELECT count(*) AS n FROM ${DATA} WHERE ${label.id} IS NOT NULL
      GROUP BY hash(${ids}) HAVING min(${label.id}) IS DISTINCT FROM max(${label.id}))`);
  return Number(reader.getRowsJS()[0]?.[0] ?? 0);
}

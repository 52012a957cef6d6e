import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from './sqlIdentifier';

/** Lets go of what was read on a connection: of two datasets in a database one is then held at a time. */
export async function dropRelations(connection: DuckDBConnection): Promise<void> {
  const reader = await connection.runAndReadAll(`
    SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND NOT internal
    UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary AND NOT internal`);
  for (const [kind, name] of reader.getRowsJS() as [string, string][]) {
    await connection.run(`DROP ${kind} temp.${quoteIdentifier(name)}`);
  }
}

import type { DuckDBConnection } from '@duckdb/node-api';
import type { CategoryCount, LabelFacts } from '../../profile/profile';
import { DATA, type SourceColumn } from '../source';
import { chooseRows } from './chooseRows';
import type { ColumnRoles, Repeats } from './countRepeats';
import { addClasses, MOST_CLASSES } from './labelClasses';
import { measureAssociations } from './measureAssociations';

/** What the rows tell about the label, and the columns about it. */
export async function measureLabel(
  connection: DuckDBConnection,
  label: SourceColumn,
  { features }: ColumnRoles,
  repeats: Repeats,
): Promise<LabelFacts> {
  const changes = await countChanges(connection, label);
  const listed = await listClasses(connection, label);
  const chosen = await chooseRows(connection, [...features, label], repeats);
  const classes = await addClasses(connection, label, listed.length <= MOST_CLASSES, chosen);
  const associations = await measureAssociations(connection, features, classes, chosen);
  return {
    column: label.name,
    changes,
    conflicting: repeats.conflicting,
    ...(listed.length <= MOST_CLASSES ? { classes: listed } : {}),
    associations,
  };
}

/** A window without an order is that of the rows as they are read: of files one after the other. */
async function countChanges(connection: DuckDBConnection, { id }: SourceColumn): Promise<number> {
  const reader = await connection.runAndReadAll(`
    SELECT count(*)::DOUBLE FROM (
      SELECT ${id} AS now, lag(${id}) OVER () AS before FROM ${DATA} WHERE ${id} IS NOT NULL
    ) WHERE now <> before`);
  return Number(reader.getRowsJS()[0]?.[0] ?? 0);
}

/** One more than are listed, where there are more. */
async function listClasses(
  connection: DuckDBConnection,
  { id }: SourceColumn,
): Promise<readonly CategoryCount[]> {
  const reader = await connection.runAndReadAll(`
    SELECT ${id}::VARCHAR AS value, count(*)::DOUBLE AS n FROM ${DATA} WHERE ${id} IS NOT NULL
    GROUP BY value ORDER BY n DESC, value LIMIT ${MOST_CLASSES + 1}`);
  const rows = reader.getRowsJS() as [string, number][];
  return rows.map(([value, count]) => ({ value, count }));
}

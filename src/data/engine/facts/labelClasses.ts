import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceColumn } from '../source';
import { CHOSEN, type ChosenRows } from './chooseRows';
import { binSql, findEdges, numberSql } from './binColumn';

/** A label of more values is cut into bins, or its rare values are taken together. */
export const MOST_CLASSES = 50;

/** Of a label that is a number. */
const LABEL_BINS = 10;

/** Adds the class of each chosen row as the column `y`, from 0 on; null where the row has no label. @returns how many */
export async function addClasses(
  connection: DuckDBConnection,
  label: SourceColumn,
  areFew: boolean,
  chosen: ChosenRows,
): Promise<number> {
  await connection.run(`ALTER TABLE ${CHOSEN} ADD COLUMN y INTEGER`);
  const value = numberSql(label);
  if (!areFew && value !== undefined) {
    const edges = (await findEdges(connection, [label], LABEL_BINS, chosen)).get(label) ?? [];
    await connection.run(`UPDATE ${CHOSEN} SET y = ${binSql(value, edges)}`);
    return edges.length + 1;
  }
  await connection.run(`
    UPDATE ${CHOSEN} SET y = classes.place FROM (
      SELECT ${label.id} AS value, row_number() OVER (ORDER BY sum(n) DESC, ${label.id}) - 1 AS place
      FROM ${CHOSEN} WHERE ${label.id} IS NOT NULL GROUP BY ${label.id}
    ) AS classes WHERE ${label.id} = classes.value AND place < ${MOST_CLASSES};
    UPDATE ${CHOSEN} SET y = ${MOST_CLASSES} WHERE y IS NULL AND ${label.id} IS NOT NULL`);
  return MOST_CLASSES + 1;
}

import { listValue, LIST, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { byFrequency } from '../../profile/mergeMeasures';
import { LISTED_CATEGORIES, type CategoryCount } from '../../profile/profile';
import type { MeasuredColumn } from './measuredColumn';
import { SHORT_TEXT } from './sampleValues';

/** How often each of the values occurs that were asked for; what does not occur is left out. */
export async function countAsked(
  connection: DuckDBConnection,
  relation: string,
  { id }: MeasuredColumn,
  asked: readonly string[],
): Promise<readonly CategoryCount[]> {
  return readCategories(
    connection,
    `SELECT short, count(*)::DOUBLE FROM (${shortTexts(relation, id)})
     WHERE short IN (SELECT unnest($1)) GROUP BY short`,
    [listValue(asked)],
  );
}

/** The most frequent values of a column of many. */
export async function countMostFrequent(
  connection: DuckDBConnection,
  relation: string,
  { id }: MeasuredColumn,
): Promise<readonly CategoryCount[]> {
  return readCategories(
    connection,
    `SELECT short, count(*)::DOUBLE AS count FROM (${shortTexts(relation, id)})
     GROUP BY short ORDER BY count DESC, short LIMIT ${LISTED_CATEGORIES}`,
  );
}

function shortTexts(relation: string, id: string): string {
  return `SELECT ${SHORT_TEXT} AS short FROM (SELECT ${id}::VARCHAR AS value FROM ${relation} WHERE ${id} IS NOT NULL)`;
}

async function readCategories(
  connection: DuckDBConnection,
  query: string,
  asked?: ReturnType<typeof listValue>[],
): Promise<readonly CategoryCount[]> {
  const reader = await connection.runAndReadAll(query, asked, asked && [LIST(VARCHAR)]);
  const rows = reader.getRowsJS() as [value: string, count: number][];
  return rows.map(([value, count]) => ({ value, count })).sort(byFrequency);
}

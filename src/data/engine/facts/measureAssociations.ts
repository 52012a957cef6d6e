import type { DuckDBConnection } from '@duckdb/node-api';
import { compareCodeUnits } from '../../../base/canonicalJson';
import type { Association } from '../../profile/profile';
import { associate, type Cell } from '../../statistics/association';
import type { SourceColumn } from '../source';
import { countBins } from './countBins';
import { countValues } from './countValues';
import { binSql, findEdges, isCategorical, numberSql } from './binColumn';
import { CHOSEN, type ChosenRows } from './chooseRows';

const BINS = 20;

/** Bins and categories of fewer rows would tell a label by chance. */
const LEAST_ROWS = 5;

const CATEGORIES = { most: 50, leastRows: LEAST_ROWS };

/**
 * How well each column alone tells the class `y` of the chosen rows, best first: numbers and times by their quantiles,
 * texts by their most frequent values. Columns of other types are left out.
 */
export async function measureAssociations(
  connection: DuckDBConnection,
  features: readonly SourceColumn[],
  classes: number,
  chosen: ChosenRows,
): Promise<readonly Association[]> {
  const reader = await connection.runAndReadAll(
    `SELECT coalesce(sum(n), 0)::DOUBLE FROM ${CHOSEN} WHERE y IS NOT NULL`,
  );
  const rows = Number(reader.getRowsJS()[0]?.[0]);
  const bins = Math.max(2, Math.min(BINS, Math.floor(rows / LEAST_ROWS)));
  const edges = await findEdges(connection, features, bins, chosen);
  const texts = features.filter(isCategorical);
  const cells = new Map<SourceColumn, readonly Cell[]>(
    chosen.single
      ? [
          ...(await countBins(connection, edges, classes)),
          ...(await countValues(connection, texts, classes, CATEGORIES)),
        ]
      : [],
  );
  const associations: Association[] = [];
  for (const column of features) {
    const own = edges.get(column);
    if (own === undefined && !isCategorical(column)) continue;
    const sql = own === undefined ? byValue(column) : byBin(column, own);
    const counted = cells.get(column) ?? (await countCells(connection, sql, classes));
    associations.push({ column: column.name, ...associate(counted, own !== undefined) });
  }
  return associations.sort((a, b) => b.score - a.score || compareCodeUnits(a.column, b.column));
}

/** Rows of: whether the value is missing, the cell in its order or null for the rest, the class, how many. */
function byBin(column: SourceColumn, edges: readonly number[]): string {
  return `
    SELECT cell IS NULL, cell, y, sum(n)::DOUBLE FROM (
      SELECT ${binSql('x', edges)} AS cell, y, n
      FROM (SELECT ${numberSql(column) ?? 'NULL'} AS x, y, n FROM ${CHOSEN} WHERE y IS NOT NULL))
    GROUP BY ALL ORDER BY ALL`;
}

function byValue({ id }: SourceColumn): string {
  return `
    WITH named AS (
      SELECT ${id} AS value, row_number() OVER (ORDER BY sum(n) DESC, ${id}) AS cell FROM ${CHOSEN}
      WHERE y IS NOT NULL AND ${id} IS NOT NULL GROUP BY ${id} HAVING sum(n) >= ${LEAST_ROWS}
      ORDER BY cell LIMIT ${CATEGORIES.most})
    SELECT ${id} IS NULL, cell, y, sum(n)::DOUBLE FROM ${CHOSEN} LEFT JOIN named ON ${id} = value
    WHERE y IS NOT NULL GROUP BY ALL ORDER BY ALL`;
}

async function countCells(
  connection: DuckDBConnection,
  sql: string,
  classes: number,
): Promise<readonly Cell[]> {
  const reader = await connection.runAndReadAll(sql);
  const cells = new Map<string, { missing: boolean; counts: number[] }>();
  for (const [missing, cell, y, count] of reader.getRowsJS() as [
    boolean,
    unknown,
    number,
    number,
  ][]) {
    const name = `${missing} ${String(cell)}`;
    const known = cells.get(name) ?? { missing, counts: Array.from({ length: classes }, () => 0) };
    known.counts[y] = count;
    cells.set(name, known);
  }
  return [...cells.values()];
}

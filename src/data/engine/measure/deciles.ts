import type { DuckDBConnection } from '@duckdb/node-api';
import { compareCodeUnits } from '../../../base/canonicalJson';
import { DECILES, uniqueEdges } from '../../profile/edges';
import type { MeasuredColumn } from './measuredColumn';

/** The table that columns are of: how many values each of its columns has decides which rows are looked at. */
export interface WholeTable {
  readonly relation: string;
  readonly rows: number;
  readonly all: readonly { readonly column: MeasuredColumn; readonly distinct: number }[];
}

/** More rows than this tell the deciles no better. */
const ENOUGH_ROWS = 100_000;

const HASHED_COLUMNS = 4;

/**
 * Edges for columns with many values: their deciles, of large tables those of about 100,000 rows. These are chosen by
 * the hash of the columns that differ most between rows, so that the order of rows, the order of columns and the number
 * of threads change nothing. What is later counted on the edges is always all rows.
 */
export async function findDeciles(
  connection: DuckDBConnection,
  columns: readonly MeasuredColumn[],
  { relation, rows, all }: WholeTable,
): Promise<ReadonlyMap<MeasuredColumn, readonly number[]>> {
  if (columns.length === 0) return new Map();
  const hashed = [...all]
    .sort((a, b) => b.distinct - a.distinct || compareCodeUnits(a.column.name, b.column.name))
    .slice(0, HASHED_COLUMNS);
  const oneIn = Math.ceil(rows / ENOUGH_ROWS);
  // By its own hash alone, a frequent value of a column would be in the sample always or never.
  const where =
    oneIn > 1 && hashed.length > 1
      ? ` WHERE hash(${hashed.map(({ column }) => column.id).join(', ')}) % ${oneIn} = 0`
      : '';
  const quantiles = columns.map(({ id, floating }) => {
    const value = floating ? `CASE WHEN isfinite(${id}) THEN ${id}::DOUBLE END` : `${id}::DOUBLE`;
    return `quantile_disc(${value}, [${DECILES.join(', ')}])`;
  });
  const reader = await connection.runAndReadAll(
    `SELECT ${quantiles.join(', ')} FROM ${relation}${where}`,
  );
  const found = (reader.getRowsJS()[0] ?? []) as (number[] | null)[];
  return new Map(columns.map((column, index) => [column, uniqueEdges(found[index] ?? [])]));
}

import type { DuckDBConnection } from '@duckdb/node-api';
import { kindOf } from '../measure/columnKind';
import { CHOSEN, type ChosenRows } from './chooseRows';
import type { SourceColumn } from '../source';

/** More columns than this in one query take longer to plan than to compute. */
const MOST_AT_ONCE = 200;

/** The values of a column on a line: numbers, and times as seconds. Undefined where they have no order that matters. */
export function numberSql({ id, nativeType }: SourceColumn): string | undefined {
  const { type, floating } = kindOf(nativeType);
  if (type === 'date' || type === 'timestamp')
    return `CASE WHEN isfinite(${id}) THEN epoch(${id}) END`;
  if (type !== 'integer' && type !== 'number') return undefined;
  return floating ? `CASE WHEN isfinite(${id}) THEN ${id}::DOUBLE END` : `${id}::DOUBLE`;
}

/** Whether the values are texts or switches. */
export function isCategorical({ nativeType }: SourceColumn): boolean {
  const { type } = kindOf(nativeType);
  return type === 'string' || type === 'boolean';
}

/** For each column with an order its quantiles, which cut it into so many bins; fewer where values are the same. */
export async function findEdges(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  bins: number,
  { forEdges }: ChosenRows,
): Promise<ReadonlyMap<SourceColumn, readonly number[]>> {
  const ordered = columns.flatMap((column) => {
    const sql = numberSql(column);
    return sql === undefined ? [] : [{ column, sql }];
  });
  const edges = new Map<SourceColumn, readonly number[]>();
  const shares = Array.from({ length: bins - 1 }, (_, index) => (index + 1) / bins).join(', ');
  for (let start = 0; start < ordered.length; start += MOST_AT_ONCE) {
    const some = ordered.slice(start, start + MOST_AT_ONCE);
    const select = some.map(({ sql }) => `quantile_disc(${sql}, [${shares}])`).join(', ');
    const reader = await connection.runAndReadAll(
      `SELECT ${select} FROM ${CHOSEN} WHERE ${forEdges}`,
    );
    const [found = []] = reader.getRowsJS() as (readonly number[] | null)[][];
    some.forEach(({ column }, index) => edges.set(column, [...new Set(found[index] ?? [])]));
  }
  return edges;
}

/** The bin of a value of `numberSql`, from 0 on; null where there is no value. */
export function binSql(value: string, edges: readonly number[]): string {
  return `CASE WHEN ${value} IS NOT NULL THEN ${searchSql(value, edges, 0, edges.length)} END`;
}

/** By halves: a comparison with every edge takes four times as long. */
function searchSql(value: string, edges: readonly number[], first: number, last: number): string {
  const middle = Math.floor((first + last) / 2);
  const edge = edges[middle];
  if (first === last || edge === undefined) return String(first);
  const below = searchSql(value, edges, first, middle);
  const above = searchSql(value, edges, middle + 1, last);
  return `CASE WHEN ${value} <= ${edge.toExponential()} THEN ${below} ELSE ${above} END`;
}

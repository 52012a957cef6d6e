import type { DuckDBConnection } from '@duckdb/node-api';
import type { Cell } from '../../statistics/association';
import type { SourceColumn } from '../source';
import { numberSql } from './binColumn';
import { CHOSEN } from './chooseRows';

/** More columns than this in one query take longer to plan than to compute. */
const MOST_AT_ONCE = 200;

/** Of one column in one class: the upper edge of each bin that has values, infinite for the last one. */
type BinCounts = readonly { readonly key: number; readonly value: bigint }[];

/**
 * The bins of all columns with an order, by the class `y` of chosen rows that occur once each: many columns in one pass,
 * for a query takes longer to plan than so few rows to count.
 */
export async function countBins(
  connection: DuckDBConnection,
  edges: ReadonlyMap<SourceColumn, readonly number[]>,
  classes: number,
): Promise<ReadonlyMap<SourceColumn, readonly Cell[]>> {
  const cells = new Map<SourceColumn, readonly Cell[]>();
  const all = [...edges].filter(([, own]) => own.length > 0);
  for (let start = 0; start < all.length; start += MOST_AT_ONCE) {
    const some = all.slice(start, start + MOST_AT_ONCE);
    const values = some.map(([column], index) => `${numberSql(column) ?? 'NULL'} AS x${index}`);
    const counts = some.map(
      ([, own], index) =>
        `(count(*) - count(x${index}))::DOUBLE, histogram(x${index}, [${own.map((edge) => edge.toExponential()).join(', ')}]::DOUBLE[])`,
    );
    const reader = await connection.runAndReadAll(`
      SELECT y, ${counts.join(', ')} FROM (SELECT y, ${values.join(', ')} FROM ${CHOSEN})
      WHERE y IS NOT NULL GROUP BY y`);
    const rows = reader.getRowsJS() as [number, ...(number | BinCounts | null)[]][];
    some.forEach(([column, own], index) => {
      const ofClasses = rows.map(([y, ...row]) => ({
        y,
        missing: row[2 * index] as number,
        bins: (row[2 * index + 1] ?? []) as BinCounts,
      }));
      cells.set(column, tabulate(ofClasses, own, classes));
    });
  }
  return cells;
}

interface ClassBins {
  readonly y: number;
  readonly missing: number;
  readonly bins: BinCounts;
}

/** Cells in the order of the bins, and that of the missing values where there are some. */
function tabulate(
  ofClasses: readonly ClassBins[],
  edges: readonly number[],
  classes: number,
): readonly Cell[] {
  const empty = (): number[] => Array.from({ length: classes }, () => 0);
  const places = new Map([...edges, Infinity].map((edge, place) => [edge, place]));
  const bins = [...edges, Infinity].map(empty);
  const none = empty();
  for (const { y, missing, bins: counted } of ofClasses) {
    none[y] = missing;
    for (const { key, value } of counted) {
      const bin = bins[places.get(key) ?? -1];
      if (bin !== undefined) bin[y] = Number(value);
    }
  }
  return [
    ...bins.map((counts) => ({ missing: false, counts })),
    ...(none.some((count) => count > 0) ? [{ missing: true, counts: none }] : []),
  ];
}

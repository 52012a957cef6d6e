import type { DuckDBConnection } from '@duckdb/node-api';
import { compareCodeUnits } from '../../../base/canonicalJson';
import type { Cell } from '../../statistics/association';
import { selectNumbers } from '../measure/selectNumbers';
import type { SourceColumn } from '../source';
import { CHOSEN } from './chooseRows';

/** More columns than this in one query take longer to plan than to compute. */
const MOST_AT_ONCE = 200;

/** Columns of more values are counted one by one, in SQL: all of them need not come here. */
const MOST_VALUES = 500;

/** What counts as a category of its own. */
export interface CategoryLimits {
  readonly most: number;
  readonly leastRows: number;
}

/**
 * The frequent values of texts and switches that have few, by the class `y` of chosen rows that occur once each: many
 * columns in one pass.
 */
export async function countValues(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  classes: number,
  limits: CategoryLimits,
): Promise<ReadonlyMap<SourceColumn, readonly Cell[]>> {
  const distinct = await selectNumbers(
    connection,
    CHOSEN,
    columns.map(({ id }) => `count(DISTINCT ${id})`),
  );
  const few = columns.filter((_, index) => (distinct[index] ?? 0) <= MOST_VALUES);
  const cells = new Map<SourceColumn, readonly Cell[]>();
  for (let start = 0; start < few.length; start += MOST_AT_ONCE) {
    const some = few.slice(start, start + MOST_AT_ONCE);
    const counts = some.map(
      ({ id }) => `(count(*) - count(${id}))::DOUBLE, histogram(${id}::VARCHAR)`,
    );
    const reader = await connection.runAndReadAll(
      `SELECT y, ${counts.join(', ')} FROM ${CHOSEN} WHERE y IS NOT NULL GROUP BY y`,
    );
    const rows = reader.getRowsJS() as [number, ...(number | ValueCounts | null)[]][];
    some.forEach((column, index) => {
      const ofClasses = rows.map(([y, ...row]) => ({
        y,
        missing: row[2 * index] as number,
        values: (row[2 * index + 1] ?? []) as ValueCounts,
      }));
      cells.set(column, tabulate(ofClasses, classes, limits));
    });
  }
  return cells;
}

type ValueCounts = readonly { readonly key: string; readonly value: bigint }[];

interface ClassValues {
  readonly y: number;
  readonly missing: number;
  readonly values: ValueCounts;
}

/** A cell for each frequent value, one for the others, and one for the rows without a value. */
function tabulate(
  ofClasses: readonly ClassValues[],
  classes: number,
  { most, leastRows }: CategoryLimits,
): readonly Cell[] {
  const empty = (): number[] => Array.from({ length: classes }, () => 0);
  const byValue = new Map<string, number[]>();
  const none = empty();
  for (const { y, missing, values } of ofClasses) {
    none[y] = missing;
    for (const { key, value } of values) {
      const counts = byValue.get(key) ?? empty();
      counts[y] = Number(value);
      byValue.set(key, counts);
    }
  }
  const sorted = [...byValue]
    .map(([value, counts]) => ({ value, counts, rows: sum(counts) }))
    .sort((a, b) => b.rows - a.rows || compareCodeUnits(a.value, b.value));
  const frequent = sorted.slice(0, most).filter(({ rows }) => rows >= leastRows);
  const others = empty();
  for (const { counts } of sorted.slice(frequent.length))
    counts.forEach((count, y) => (others[y] = (others[y] ?? 0) + count));
  return [
    ...frequent.map(({ counts }) => ({ missing: false, counts })),
    ...(sum(others) > 0 ? [{ missing: false, counts: others }] : []),
    ...(sum(none) > 0 ? [{ missing: true, counts: none }] : []),
  ];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

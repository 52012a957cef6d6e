import type { DuckDBConnection } from '@duckdb/node-api';
import { isNumeric, kindOf, type ColumnKind } from './columnKind';
import { DATA, type SourceColumn } from './source';

/** What the first passes over all columns tell of one. */
export interface ColumnOverview {
  readonly source: SourceColumn;
  readonly kind: ColumnKind;
  readonly nulls: number;
  readonly nans: number;
  /** Whether every value is certainly neither NaN nor infinite. */
  readonly finite: boolean;
  /** Of finite numbers; absent where there are none. */
  readonly min?: number;
  readonly max?: number;
  /**
   * Decides only how the column is measured: DuckDB's HyperLogLog, which may be some 10 % wrong but is the same for any
   * order of rows and any number of threads; of whole numbers in a narrow range, the width of the range.
   */
  readonly roughDistinct: number;
}

/** From this rough number of distinct values on, a column is measured by streaming aggregates. */
export const FEW_VALUES = 10_000;

/** Rows, and of every column nulls, NaN, extremes and the rough number of distinct values. */
export async function takeOverview(
  connection: DuckDBConnection,
  sources: readonly SourceColumn[],
): Promise<{ readonly rows: number; readonly columns: readonly ColumnOverview[] }> {
  const described = sources.map((source) => ({ source, kind: kindOf(source.nativeType) }));
  const measures = described.flatMap(({ source, kind }) => measuresOf(source.id, kind));
  const [rows = 0, ...values] = await selectNumbers(connection, ['count(*)', ...measures]);
  const columns = described.map(({ source, kind }, index): ColumnOverview => {
    const [present, min, max, sum] = values.slice(index * 4, index * 4 + 4);
    return {
      source,
      kind,
      nulls: (rows ?? 0) - (present ?? 0),
      nans: 0,
      finite: typeof sum !== 'number' || Number.isFinite(sum),
      ...(typeof min === 'number' && typeof max === 'number' ? { min, max } : {}),
      roughDistinct: 0,
    };
  });
  const looked = await lookAtInfinite(connection, columns);
  return { rows: rows ?? 0, columns: await estimateDistinct(connection, looked) };
}

/**
 * Always four: values, extremes, and a sum that only tells whether all values are finite. Filters would tell more but
 * cost several times as much, and the statistics in Parquet's footers leave NaN out.
 */
function measuresOf(id: string, kind: ColumnKind): string[] {
  const numeric = isNumeric(kind.type);
  return [
    `count(${id})`,
    numeric ? `min(${id})` : 'NULL',
    numeric ? `max(${id})` : 'NULL',
    kind.floating ? `sum(${id}::DOUBLE)` : 'NULL',
  ];
}

/** The few columns with NaN or infinities: how many NaN, and the extremes of what is finite. */
async function lookAtInfinite(
  connection: DuckDBConnection,
  columns: readonly ColumnOverview[],
): Promise<readonly ColumnOverview[]> {
  const infinite = columns.filter(({ finite }) => !finite);
  if (infinite.length === 0) return columns;
  const values = await selectNumbers(
    connection,
    infinite.flatMap(({ source: { id } }) => [
      `count(*) FILTER (WHERE isnan(${id}))`,
      `min(${id}) FILTER (WHERE isfinite(${id}))`,
      `max(${id}) FILTER (WHERE isfinite(${id}))`,
    ]),
  );
  const looked = infinite.map((column, index): [ColumnOverview, ColumnOverview] => {
    const { min: _min, max: _max, ...rest } = column;
    const [nans, min, max] = values.slice(index * 3, index * 3 + 3);
    const extremes = typeof min === 'number' && typeof max === 'number' ? { min, max } : {};
    return [column, { ...rest, nans: nans ?? 0, ...extremes }];
  });
  const byColumn = new Map(looked);
  return columns.map((column) => byColumn.get(column) ?? column);
}

/** A pass of its own, for the sketch costs more than everything else together and few columns need it. */
async function estimateDistinct(
  connection: DuckDBConnection,
  columns: readonly ColumnOverview[],
): Promise<readonly ColumnOverview[]> {
  const needed = columns.filter(
    (column) =>
      column.kind.type === 'string' ||
      (isNumeric(column.kind.type) && widthOf(column) > FEW_VALUES),
  );
  if (needed.length === 0) return columns;
  const estimates = await selectNumbers(
    connection,
    needed.map(({ source }) => `approx_count_distinct(${source.id})`),
  );
  const rough = new Map(needed.map((column, index) => [column, estimates[index] ?? 0]));
  return columns.map((column) => ({
    ...column,
    roughDistinct: rough.get(column) ?? (column.kind.type === 'integer' ? widthOf(column) : 0),
  }));
}

/** How many whole numbers lie between the extremes; infinite for what is not whole. */
function widthOf({ kind, min = 0, max = 0 }: ColumnOverview): number {
  return kind.type === 'integer' ? max - min + 1 : Infinity;
}

async function selectNumbers(
  connection: DuckDBConnection,
  measures: readonly string[],
): Promise<readonly (number | null)[]> {
  const select = measures.map((measure) => `(${measure})::DOUBLE`).join(', ');
  const reader = await connection.runAndReadAll(`SELECT ${select} FROM ${DATA}`);
  return (reader.getRowsJS()[0] ?? []) as (number | null)[];
}

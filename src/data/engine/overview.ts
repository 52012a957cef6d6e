import type { DuckDBConnection } from '@duckdb/node-api';
import { isNumeric, kindOf, type ColumnKind } from './columnKind';
import { DATA, type SourceColumn } from './source';

/** What the first passes over all columns tell of one. */
export interface ColumnOverview {
  readonly source: SourceColumn;
  readonly kind: ColumnKind;
  readonly nulls: number;
  readonly nans: number;
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
  const kinds = sources.map((source) => kindOf(source.nativeType));
  const measures = sources.flatMap((source, index) => measuresOf(source.id, kinds[index]));
  const [rows = 0, ...values] = await selectNumbers(connection, ['count(*)', ...measures]);
  const columns = sources.map((source, index) => {
    const [present, nans, min, max] = values.slice(index * 4, index * 4 + 4);
    return {
      source,
      kind: kindOf(source.nativeType),
      nulls: (rows ?? 0) - (present ?? 0),
      nans: nans ?? 0,
      ...(typeof min === 'number' && typeof max === 'number' ? { min, max } : {}),
      roughDistinct: 0,
    };
  });
  return { rows: rows ?? 0, columns: await estimateDistinct(connection, columns) };
}

/** Always four. */
function measuresOf(id: string, kind: ColumnKind | undefined): string[] {
  const numeric = kind !== undefined && isNumeric(kind.type);
  const finite = kind?.floating === true ? ` FILTER (WHERE isfinite(${id}))` : '';
  return [
    `count(${id})`,
    kind?.floating === true ? `count(*) FILTER (WHERE isnan(${id}))` : '0',
    numeric ? `min(${id})${finite}` : 'NULL',
    numeric ? `max(${id})${finite}` : 'NULL',
  ];
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
    roughDistinct: rough.get(column) ?? widthOf(column),
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

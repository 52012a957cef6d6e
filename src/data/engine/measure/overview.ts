import type { DuckDBConnection } from '@duckdb/node-api';
import { isNumeric } from './columnKind';
import type { MeasuredColumn, MeasuredData } from './measuredColumn';
import { selectNumbers } from './selectNumbers';

/** What the first pass over all columns tells of one. */
export interface ColumnOverview {
  readonly column: MeasuredColumn;
  readonly nulls: number;
  readonly nans: number;
  readonly infinities: number;
  /** Whether every value is certainly neither NaN nor infinite. */
  readonly finite: boolean;
  /** Of finite numbers; absent where there are none. */
  readonly min?: number;
  readonly max?: number;
  /** Of texts, in bytes. */
  readonly longest: number;
}

/** Of every column nulls, NaN and extremes, in the order of the columns. */
export async function takeOverview(
  connection: DuckDBConnection,
  { relation, columns }: MeasuredData,
  rows: number,
): Promise<readonly ColumnOverview[]> {
  const values = await selectNumbers(connection, relation, columns.flatMap(measuresOf));
  const overviews = columns.map((column, index): ColumnOverview => {
    const [present, min, max, last] = values.slice(index * 4, index * 4 + 4);
    const numeric = isNumeric(column.as);
    return {
      column,
      nulls: rows - (present ?? 0) - unconverted(column),
      nans: 0,
      infinities: 0,
      finite: !column.floating || typeof last !== 'number' || Number.isFinite(last),
      ...(typeof min === 'number' && typeof max === 'number' ? { min, max } : {}),
      longest: numeric ? 0 : (last ?? 0),
    };
  });
  return lookAtInfinite(connection, relation, overviews);
}

/** Values that a conversion left out are no nulls. */
function unconverted({ type, as, misfits }: MeasuredColumn): number {
  return type === as ? 0 : (misfits?.count ?? 0);
}

/**
 * Always four: values, extremes, and a sum that only tells whether all values are finite, of texts the longest. Filters
 * would tell more but cost several times as much, and the statistics in Parquet's footers leave NaN out.
 */
function measuresOf({ id, as, floating }: MeasuredColumn): string[] {
  const numeric = isNumeric(as);
  const last = floating
    ? `sum(${id}::DOUBLE)`
    : as === 'string'
      ? `max(strlen(${id}::VARCHAR))`
      : 'NULL';
  return [`count(${id})`, numeric ? `min(${id})` : 'NULL', numeric ? `max(${id})` : 'NULL', last];
}

/** The few columns with NaN or infinities: how many, and the extremes of what is finite. */
async function lookAtInfinite(
  connection: DuckDBConnection,
  relation: string,
  overviews: readonly ColumnOverview[],
): Promise<readonly ColumnOverview[]> {
  const infinite = overviews.filter(({ finite }) => !finite);
  if (infinite.length === 0) return overviews;
  const values = await selectNumbers(
    connection,
    relation,
    infinite.flatMap(({ column: { id } }) => [
      `count(*) FILTER (WHERE isnan(${id}))`,
      `count(*) FILTER (WHERE isinf(${id}))`,
      `min(${id}) FILTER (WHERE isfinite(${id}))`,
      `max(${id}) FILTER (WHERE isfinite(${id}))`,
    ]),
  );
  const looked = infinite.map((overview, index): [ColumnOverview, ColumnOverview] => {
    const { min: _min, max: _max, ...rest } = overview;
    const [nans, infinities, min, max] = values.slice(index * 4, index * 4 + 4);
    const extremes = typeof min === 'number' && typeof max === 'number' ? { min, max } : {};
    return [overview, { ...rest, nans: nans ?? 0, infinities: infinities ?? 0, ...extremes }];
  });
  const byOverview = new Map(looked);
  return overviews.map((overview) => byOverview.get(overview) ?? overview);
}

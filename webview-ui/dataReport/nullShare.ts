import type { ColumnProfile } from '../../src/protocol/content';

/** The share of missing values; undefined of a column that is not there, and where a footer does not tell. */
export function nullShare(
  column: ColumnProfile | undefined,
  rows: number | undefined,
): number | undefined {
  if (column === undefined || column.untold?.includes('nulls') === true) return undefined;
  return column.nulls / Math.max(1, rows ?? 0);
}

import { commonType } from './commonType';
import type { FooterColumn } from './footerColumn';
import type { ColumnEnds } from './footerEnds';

/** The columns of one file. */
export interface FileColumns {
  readonly rows: number;
  readonly columns: readonly FooterColumn[];
}

/**
 * The columns of files that are read as one table: matched by name without regard to case, as DuckDB does, in the order in
 * which they first come; missing in the rows of files that do not have them.
 */
export function mergeColumns(files: readonly FileColumns[]): readonly FooterColumn[] {
  const [only] = files;
  if (only !== undefined && files.length === 1) return only.columns;
  const merged = new Map<string, Counted>();
  for (const { rows, columns } of files) {
    for (const column of columns) {
      const key = column.name.toLowerCase();
      const known = merged.get(key);
      merged.set(key, known === undefined ? { column, rows } : join(known, { column, rows }));
    }
  }
  const all = files.reduce((sum, { rows }) => sum + rows, 0);
  return [...merged.values()].map(({ column, rows }) =>
    column.nulls === undefined ? column : { ...column, nulls: column.nulls + all - rows },
  );
}

/** A column with the rows of the files that have it. */
interface Counted {
  readonly column: FooterColumn;
  readonly rows: number;
}

function join(first: Counted, second: Counted): Counted {
  const [a, b] = [first.column, second.column];
  const nativeType = a.nativeType && b.nativeType && commonType(a.nativeType, b.nativeType);
  const column = {
    name: a.name,
    hasValues: a.hasValues || b.hasValues,
    ...(nativeType === undefined ? {} : { nativeType }),
    ...(a.nulls === undefined || b.nulls === undefined ? {} : { nulls: a.nulls + b.nulls }),
    ...(a.nans === undefined || b.nans === undefined ? {} : { nans: a.nans + b.nans }),
    ...joinEnds(first, second),
  };
  return { column, rows: first.rows + second.rows };
}

/** Of files without values in the column there are no ends, and those of the others are all. */
function joinEnds(first: Counted, second: Counted): ColumnEnds {
  const [a, b] = [first.column, second.column];
  if (isEmpty(first)) return endsOf(b);
  if (isEmpty(second)) return endsOf(a);
  if (a.ends !== undefined && b.ends !== undefined) {
    const [one, other] = [a.ends, b.ends];
    return {
      ends: { min: Math.min(one.min, other.min), max: Math.max(one.max, other.max) },
    };
  }
  if (a.range === undefined || b.range === undefined || a.nativeType !== b.nativeType) return {};
  // ISO texts of one type, of years of four digits, are in the order of their times.
  const [min = ''] = [a.range.min, b.range.min].sort();
  const max = [a.range.max, b.range.max].sort().at(-1) ?? '';
  return { range: { min, max } };
}

function isEmpty({ column, rows }: Counted): boolean {
  return column.nulls === rows;
}

function endsOf({ ends, range }: FooterColumn): ColumnEnds {
  return {
    ...(ends === undefined ? {} : { ends }),
    ...(range === undefined ? {} : { range }),
  };
}

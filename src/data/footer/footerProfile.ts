import { DataError } from '../engine/dataError';
import type { SourceFile } from '../engine/engineProtocol';
import { kindOf } from '../engine/measure/columnKind';
import { mapConcurrent } from '../../base/mapConcurrent';
import { failed, ok, type Result } from '../../base/result';
import type { ColumnProfile, Profile, Untold } from '../profile/profile';
import { columnsOfFooter, type FooterColumn } from './footerColumn';
import { mergeColumns } from './mergeColumns';
import { partitionColumns } from './partitionColumns';
import { readFooter } from './readFooter';

/** Files that are open at the same time. */
const MOST_OPEN = 16;

/**
 * What the footers of Parquet files tell of the table that they are: rows, columns in their order, types, missing
 * values, and extremes. No value is read, and what is not told is named as `untold`. Problems: as when the engine reads
 * the files.
 */
export async function profileFooters(files: readonly SourceFile[]): Promise<Result<Profile>> {
  try {
    const footers = await mapConcurrent(files, MOST_OPEN, readFooter);
    const rows = footers.reduce((sum, each) => sum + each.rows, 0);
    const partitions = partitionColumns(
      files,
      footers.map((footer) => footer.rows),
    );
    const own = mergeColumns(
      footers.map((footer) => ({ rows: footer.rows, columns: columnsOfFooter(footer) })),
    );
    const names = new Set(partitions.map(({ name }) => name));
    if (rows === 0) return failed(noRows(files[0]));
    const kept = own.filter(({ name }) => !names.has(name));
    const columns = [...kept, ...partitions].map((column) => describeColumn(column, rows));
    return ok({ rows, columns, exact: columns.every(({ untold }) => untold === undefined) });
  } catch (error) {
    if (error instanceof DataError) return failed(error.problem);
    throw error;
  }
}

function describeColumn(column: FooterColumn, rows: number): ColumnProfile {
  const { name, nativeType, nulls, nans, ends, range } = column;
  const untold = untoldOf(column, rows);
  return {
    name,
    type: nativeType === undefined ? 'other' : kindOf(nativeType).type,
    nativeType: nativeType ?? 'unknown',
    nulls: nulls ?? 0,
    nans: nans ?? 0,
    ...(ends === undefined ? {} : { ends: { min: asStored(ends.min), max: asStored(ends.max) } }),
    ...(range === undefined ? {} : { range }),
    ...(untold.length === 0 ? {} : { untold }),
  };
}

/** To 12 digits, as all profiles are kept: a bound must not be missed by a digit that the full check does not see. */
function asStored(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < 1e12 ? value : Number(value.toPrecision(12));
}

function untoldOf(
  { nativeType, nulls, nans, hasValues }: FooterColumn,
  rows: number,
): readonly Untold[] {
  const isEmpty = nulls === rows;
  const areCounted = isEmpty || (nulls !== undefined && nans !== undefined);
  const untold: Untold[] = [];
  if (nativeType === undefined) untold.push('type');
  if (nulls === undefined) untold.push('nulls');
  if (nans === undefined && !isEmpty) untold.push('nans');
  if (!hasValues && !areCounted) untold.push('values');
  return untold;
}

function noRows(file: SourceFile | undefined) {
  return {
    code: 'data-empty',
    message: 'There are no rows.',
    ...(file === undefined ? {} : { file: file.shown }),
    fix: 'Write the data again.',
  };
}

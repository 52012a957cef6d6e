import type { DuckDBConnection } from '@duckdb/node-api';
import { canonicalJson } from '../../base/canonicalJson';
import type { DatasetFormat } from '../../project/project';
import type { ColumnProfile, Profile, ProfileShape } from '../profile/profile';
import { isNumeric } from './columnKind';
import type { Database } from './database';
import { DataError } from './dataError';
import type { EngineProgress, ProfileRequest, SourceFile } from './engineProtocol';
import { measureFewCategories, measureFewNumbers, measureManyCategories } from './fewValues';
import { findMisfits } from './misfits';
import { measureManyNumbers } from './manyNumbers';
import { openSource } from './openSource';
import { FEW_VALUES, takeOverview, type ColumnOverview } from './overview';
import { DATA } from './source';

/** Above this rough number of distinct texts a column is an identifier or free text: no categories are listed. */
const MANY_CATEGORIES = 100_000;

/**
 * Measures a dataset: one pass over everything, which decides how each column is measured, then one grouping for each
 * column of few values and one more pass over all other numbers. Exact: nothing is sampled.
 * @throws DataError
 */
export async function profileData(
  database: Database,
  { format, shape }: ProfileRequest,
  onProgress: (progress: EngineProgress) => void,
): Promise<Profile> {
  onProgress({ what: 'reading', done: 0 });
  const sources = await openSource(database, format);
  onProgress({ what: 'measuring', done: 0.4 });
  const { rows, columns } = await takeOverview(database.connection, sources);
  if (rows === 0) throw noRows(database.files[0], format);
  const many = columns.filter(
    (column) => isNumeric(column.kind.type) && column.roughDistinct > FEW_VALUES,
  );
  const manyNumbers = await measureManyNumbers(
    database.connection,
    many,
    { rows, all: columns },
    shape,
  );
  const profiles: ColumnProfile[] = [];
  for (const [index, column] of columns.entries()) {
    onProgress({ what: 'measuring', done: 0.6 + (0.4 * index) / columns.length });
    const measured =
      manyNumbers.get(column) ?? (await measureColumn(database.connection, column, shape));
    const unique = await measureUnique(database.connection, column, rows);
    const misfits = await findMisfits(database.connection, column, shape);
    profiles.push({ ...describe(column), ...measured, ...unique, ...misfits });
  }
  // The last digits of doubles, which may differ between machines, are dropped here and nowhere else.
  return JSON.parse(canonicalJson({ rows, columns: profiles, exact: true })) as Profile;
}

function noRows(file: SourceFile | undefined, format: DatasetFormat): DataError {
  const hasHeader = format === 'csv' || format === 'tsv';
  return new DataError({
    code: 'data-empty',
    message: hasHeader ? 'There is a header, but no row below it.' : 'There are no rows.',
    ...(file === undefined ? {} : { file: file.shown }),
    ...(hasHeader ? { line: 1 } : {}),
    fix: 'Write the data again.',
  });
}

function describe({ source, kind, nulls, nans }: ColumnOverview) {
  return { name: source.name, type: kind.type, nativeType: source.nativeType, nulls, nans };
}

async function measureColumn(
  connection: DuckDBConnection,
  column: ColumnOverview,
  shape: ProfileShape | undefined,
): Promise<Partial<ColumnProfile>> {
  const own = shape?.get(column.source.name);
  switch (column.kind.type) {
    case 'integer':
    case 'number':
      return measureFewNumbers(connection, column, own);
    case 'boolean':
    case 'string':
      return column.roughDistinct <= FEW_VALUES
        ? measureFewCategories(connection, column, own)
        : measureManyCategories(connection, column, own, column.roughDistinct <= MANY_CATEGORIES);
    case 'date':
    case 'timestamp':
      return measureRange(connection, column);
    case 'other':
      return {};
  }
}

async function measureRange(
  connection: DuckDBConnection,
  { source: { id } }: ColumnOverview,
): Promise<Partial<ColumnProfile>> {
  const reader = await connection.runAndReadAll(
    `SELECT min(${id})::VARCHAR, max(${id})::VARCHAR FROM ${DATA}`,
  );
  const [min, max] = reader.getRowsJS()[0] ?? [];
  return typeof min === 'string' && typeof max === 'string' ? { range: { min, max } } : {};
}

/** Only where an integer column may number the rows: dense, or named so. */
async function measureUnique(
  connection: DuckDBConnection,
  { source, kind, min = 0, max = 0, roughDistinct, nulls }: ColumnOverview,
  rows: number,
): Promise<Partial<ColumnProfile>> {
  const values = rows - nulls;
  const candidate =
    kind.type === 'integer' &&
    values > 1 &&
    roughDistinct > FEW_VALUES &&
    roughDistinct > values / 2;
  const numbersRows =
    max - min < 2 * values || /(^|[_ ])(id|key|index|uuid)$|^Unnamed: /i.test(source.name);
  if (!candidate || !numbersRows) return {};
  const reader = await connection.runAndReadAll(
    `SELECT count(DISTINCT ${source.id})::DOUBLE FROM ${DATA}`,
  );
  return reader.getRowsJS()[0]?.[0] === values ? { unique: true } : {};
}

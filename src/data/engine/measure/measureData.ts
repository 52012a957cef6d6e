import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetFormat } from '../../../project/project';
import type { ColumnMeasures, PartMeasures, ValueSample } from '../../profile/measures';
import type { ColumnShape, ProfileShape } from '../../profile/profile';
import type { Database } from '../database';
import { DataError } from '../dataError';
import type { EngineProgress, SourceFile } from '../engineProtocol';
import type { SourceColumn } from '../source';
import { DATA } from '../source';
import { countPatternMisses } from './countPatternMisses';
import { countAsked, countMostFrequent } from './askedCategories';
import { isNumeric } from './columnKind';
import { describeFiles } from './describeFiles';
import { measureManyNumbers } from './manyNumbers';
import { openMeasured, type MeasuredData } from './measuredColumn';
import { measureTexts } from './measureTexts';
import { takeOverview, type ColumnOverview } from './overview';
import { readRanges } from './readRanges';
import { isHuge, sampleValues } from './sampleValues';
import { selectNumbers } from './selectNumbers';

/** Above this number of distinct texts a column is an identifier or free text: no frequent values are looked for. */
const MANY_CATEGORIES = 100_000;

export interface MeasureRequest {
  readonly format: DatasetFormat;
  readonly shape: ProfileShape | undefined;
  readonly onProgress: (progress: EngineProgress) => void;
}

/**
 * Measures the files of a database that are opened as the relation `data`: one pass over everything, then each column's
 * values, then one more pass over all numbers of which there are many. Exact: nothing is sampled but the distinct values
 * of columns that have many.
 * @throws DataError
 */
export async function measureData(
  { connection, files }: Database,
  sources: readonly SourceColumn[],
  { format, shape, onProgress }: MeasureRequest,
): Promise<PartMeasures> {
  onProgress({ what: 'measuring', done: 0.4 });
  const [rows] = await selectNumbers(connection, DATA, ['count(*)']);
  if (rows === undefined || rows === null || rows === 0) throw noRows(files[0], format);
  const measured = await openMeasured(connection, sources, shape, rows);
  const overviews = await takeOverview(connection, measured, rows);
  const samples = await sampleValues(connection, measured.relation, overviews, rows, (index) =>
    onProgress({ what: 'measuring', done: 0.5 + (0.3 * index) / overviews.length }),
  );
  onProgress({ what: 'measuring', done: 0.8 });
  const table = new MeasuredTable(connection, measured, rows, overviews, samples, shape);
  const columns = await table.measure();
  return { rows, columns, ...optional('files', await describeFiles(files, format)) };
}

class MeasuredTable {
  constructor(
    private readonly connection: DuckDBConnection,
    private readonly measured: MeasuredData,
    private readonly rows: number,
    private readonly overviews: readonly ColumnOverview[],
    private readonly samples: ReadonlyMap<ColumnOverview, ValueSample>,
    private readonly shape: ProfileShape | undefined,
  ) {}

  async measure(): Promise<readonly ColumnMeasures[]> {
    const { connection, overviews, samples, rows, shape } = this;
    const { relation } = this.measured;
    const all = overviews.map((overview) => ({ overview, distinct: this.distinctIn(overview) }));
    const many = overviews.filter(
      (overview) =>
        isNumeric(overview.column.as) && (samples.get(overview)?.level !== 0 || isHuge(overview)),
    );
    const numbers = await measureManyNumbers(connection, many, { relation, rows, all }, shape);
    const texts = await measureTexts(connection, relation, overviews, samples);
    const ranges = await readRanges(connection, relation, overviews);
    const misses = await countPatternMisses(connection, this.measured.columns, shape);
    const columns: ColumnMeasures[] = [];
    for (const overview of overviews) {
      const { column, nulls, nans, infinities } = overview;
      const asked = await this.countCategories(overview);
      columns.push({
        name: column.name,
        type: column.type,
        nativeType: column.nativeType,
        nulls,
        nans,
        infinities,
        ...optional('values', samples.get(overview)),
        ...optional('numbers', numbers.get(overview)),
        ...optional('asked', asked),
        ...optional('texts', texts.get(overview)),
        ...optional('range', ranges.get(overview)),
        ...optional('misfits', column.misfits),
        ...optional('patternMisses', misses.get(column.name)),
      });
    }
    return columns;
  }

  private distinctIn(overview: ColumnOverview): number {
    const { level, entries } = this.samples.get(overview) ?? { level: 0, entries: [] };
    return entries.length * 2 ** level;
  }

  private async countCategories(overview: ColumnOverview) {
    const { column } = overview;
    if (column.as !== 'string' || this.samples.get(overview)?.level === 0) return undefined;
    const { relation } = this.measured;
    const own: ColumnShape | undefined = this.shape?.get(column.name);
    if (own?.categories !== undefined)
      return countAsked(this.connection, relation, column, own.categories);
    return this.shape === undefined && this.distinctIn(overview) <= MANY_CATEGORIES
      ? countMostFrequent(this.connection, relation, column)
      : undefined;
  }
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value });
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

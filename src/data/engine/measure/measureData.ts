import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetFormat } from '../../../project/project';
import type {
  ColumnMeasures,
  NumberMeasures,
  PartMeasures,
  ValueSample,
} from '../../profile/measures';
import type { ProfileShape } from '../../profile/profile';
import type { OpenDatabase } from '../database';
import { DataError } from '../dataError';
import type { EngineProgress, SourceFile } from '../engineProtocol';
import type { SourceColumn } from '../source';
import { DATA } from '../source';
import { countPatternMisses } from './countPatternMisses';
import { isNumeric } from './columnKind';
import { findDeciles } from './deciles';
import { describeFiles } from './describeFiles';
import { openMeasured, type MeasuredColumn } from './measuredColumn';
import { measureValues, type ValueMeasures } from './measureValues';
import { countHistograms, measureNumbers } from './numbers/measureNumbers';
import type { NumberSummary } from './numbers/numberColumn';
import { distinctIn, sampleValues } from './sampleValues';
import { selectNumbers } from './selectNumbers';

export interface MeasureRequest {
  readonly format: DatasetFormat;
  readonly shape: ProfileShape | undefined;
  readonly onProgress: (progress: EngineProgress) => void;
}

/**
 * Measures the files of a database that are opened as the relation `data`: the numbers in one pass, and once more those
 * that were not given edges to count on; the values of each other column. Exact: nothing is sampled but the distinct
 * values of columns that have many.
 * @throws DataError
 */
export async function measureData(
  database: OpenDatabase,
  sources: readonly SourceColumn[],
  { format, shape, onProgress }: MeasureRequest,
): Promise<PartMeasures> {
  const { connection, files } = database;
  onProgress({ what: 'measuring', done: 0.4 });
  const [rows] = await selectNumbers(connection, DATA, ['count(*)']);
  if (rows === undefined || rows === null || rows === 0) throw noRows(files[0], format);
  const { relation, columns } = await openMeasured(connection, sources, shape, rows);
  const table: MeasuredTable = { relation, rows, columns, shape };
  const { numbers, values } = await readColumns(database, table, (done) =>
    onProgress({ what: 'measuring', done: 0.4 + 0.4 * done }),
  );
  onProgress({ what: 'measuring', done: 0.8 });
  const samples = await samplesOf(connection, table, numbers);
  const many = await measureMany(connection, table, numbers, values, samples);
  const misses = await countPatternMisses(connection, columns, shape);
  return {
    rows,
    columns: columns.map((column): ColumnMeasures => {
      const { name, type, nativeType, misfits } = column;
      const { nans = 0, infinities = 0 } = numbers.get(column) ?? {};
      const sample = samples.get(column);
      const measured = values.get(column);
      const nulls = (numbers.get(column)?.nulls ?? measured?.nulls ?? 0) - unconverted(column);
      return {
        name,
        type,
        nativeType,
        ...measured,
        nulls,
        nans,
        infinities,
        ...optional('values', sample ?? measured?.values),
        ...optional('numbers', many.get(column)),
        ...optional('misfits', misfits),
        ...optional('patternMisses', misses.get(name)),
      };
    }),
    ...optional('files', await describeFiles(files, format)),
  };
}

interface MeasuredTable {
  readonly relation: string;
  readonly rows: number;
  readonly columns: readonly MeasuredColumn[];
  readonly shape: ProfileShape | undefined;
}

type Numbers = ReadonlyMap<MeasuredColumn, NumberSummary>;
type Values = ReadonlyMap<MeasuredColumn, ValueMeasures>;
type Samples = ReadonlyMap<MeasuredColumn, ValueSample>;

/** Numbers are measured by this process and all else by DuckDB: at the same time, where two connections see the data. */
async function readColumns(
  database: OpenDatabase,
  { relation, rows, columns, shape }: MeasuredTable,
  onProgress: (done: number) => void,
): Promise<{ readonly numbers: Numbers; readonly values: Values }> {
  const numeric = columns.filter(({ as }) => isNumeric(as));
  const others = columns.filter(({ as }) => !isNumeric(as));
  const share = numeric.length / columns.length;
  const done = { numbers: 0, values: 0 };
  const request = (part: keyof typeof done) => ({
    rows,
    shape,
    onProgress: (read: number): void => {
      done[part] = read;
      onProgress(share * done.numbers + (1 - share) * done.values);
    },
  });
  const readNumbers = (connection: DuckDBConnection): Promise<Numbers> =>
    measureNumbers(connection, relation, numeric, request('numbers'));
  const readValues = (connection: DuckDBConnection): Promise<Values> =>
    measureValues(connection, relation, others, request('values'));
  const { connection } = database;
  const beside = numeric.length * others.length > 0 ? await database.beside() : undefined;
  if (beside === undefined)
    return { numbers: await readNumbers(connection), values: await readValues(connection) };
  const both = [readNumbers(connection), readValues(beside)] as const;
  // Neither may go on when the database is closed, because the other one failed.
  await Promise.allSettled(both);
  const [numbers, values] = await Promise.all(both);
  return { numbers, values };
}

/** Whole numbers that are too large for doubles are kept as text. */
function isHugeInteger({ type }: MeasuredColumn, { isHuge }: NumberSummary): boolean {
  return type === 'integer' && isHuge;
}

async function samplesOf(
  connection: DuckDBConnection,
  { relation, rows }: MeasuredTable,
  numbers: Numbers,
): Promise<Samples> {
  const huge = [...numbers].flatMap(([column, own]) =>
    isHugeInteger(column, own) ? [column] : [],
  );
  const texts = await sampleValues(connection, relation, huge, rows);
  const samples = [...numbers].map(
    ([column, own]) => [column, texts.get(column) ?? own.values] as const,
  );
  return new Map(samples);
}

/** Of the numeric columns whose values are not all known; where no edges were given, on their deciles. */
async function measureMany(
  connection: DuckDBConnection,
  { relation, rows, columns, shape }: MeasuredTable,
  numbers: Numbers,
  values: Values,
  samples: Samples,
): Promise<ReadonlyMap<MeasuredColumn, NumberMeasures>> {
  const many = [...numbers].filter(
    ([column, own]) => own.values.level > 0 || isHugeInteger(column, own),
  );
  const open = many.flatMap(([column]) =>
    shape?.get(column.name)?.edges === undefined ? [column] : [],
  );
  const all = columns.map((column) => {
    const sample = samples.get(column) ?? values.get(column)?.values;
    return { column, distinct: sample === undefined ? 0 : distinctIn(sample) };
  });
  const edges = await findDeciles(connection, open, { relation, rows, all });
  const histograms = await countHistograms(connection, relation, edges);
  return new Map(
    many.flatMap(([column, own]): [MeasuredColumn, NumberMeasures][] => {
      const { numbers: measured } = own;
      const histogram = measured?.histogram ?? histograms.get(column);
      return measured && histogram ? [[column, { ...measured, histogram }]] : [];
    }),
  );
}

/** Values that a conversion left out are no nulls. */
function unconverted({ type, as, misfits }: MeasuredColumn): number {
  return type === as ? 0 : (misfits?.count ?? 0);
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

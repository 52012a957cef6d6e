import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnMeasures } from '../../profile/measures';
import type { ProfileShape } from '../../profile/profile';
import { countAsked, countMostFrequent } from './askedCategories';
import type { MeasuredColumn } from './measuredColumn';
import { measureTexts } from './measureTexts';
import { readRanges } from './readRanges';
import { distinctIn, sampleValues } from './sampleValues';
import { selectNumbers } from './selectNumbers';

/** Above this number of distinct texts a column is an identifier or free text: no frequent values are looked for. */
const MANY_CATEGORIES = 100_000;

export type ValueMeasures = Pick<ColumnMeasures, 'nulls' | 'values' | 'texts' | 'range' | 'asked'>;

/** Columns that are no numbers: a query for each column's values, and a few for all columns. */
export async function measureValues(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
  { rows, shape, onProgress }: ValueRequest,
): Promise<ReadonlyMap<MeasuredColumn, ValueMeasures>> {
  const counts = await selectNumbers(
    connection,
    relation,
    columns.map(({ id }) => `count(${id})`),
  );
  const samples = await sampleValues(connection, relation, columns, rows, (index) =>
    onProgress((0.6 * index) / columns.length),
  );
  const texts = await measureTexts(connection, relation, columns, samples);
  onProgress(0.8);
  const ranges = await readRanges(connection, relation, columns);
  const measured = new Map<MeasuredColumn, ValueMeasures>();
  for (const [index, column] of columns.entries()) {
    const values = samples.get(column);
    const ownTexts = texts.get(column);
    const range = ranges.get(column);
    const isAsked = column.as === 'string' && values !== undefined && values.level > 0;
    const asked = isAsked
      ? await countCategories(connection, relation, column, distinctIn(values), shape)
      : undefined;
    measured.set(column, {
      nulls: rows - (counts[index] ?? 0),
      ...(values && { values }),
      ...(ownTexts && { texts: ownTexts }),
      ...(range && { range }),
      ...(asked && { asked }),
    });
  }
  return measured;
}

interface ValueRequest {
  readonly rows: number;
  readonly shape: ProfileShape | undefined;
  readonly onProgress: (done: number) => void;
}

async function countCategories(
  connection: DuckDBConnection,
  relation: string,
  column: MeasuredColumn,
  distinct: number,
  shape: ProfileShape | undefined,
) {
  const categories = shape?.get(column.name)?.categories;
  if (categories !== undefined) return countAsked(connection, relation, column, categories);
  return shape === undefined && distinct <= MANY_CATEGORIES
    ? countMostFrequent(connection, relation, column)
    : undefined;
}

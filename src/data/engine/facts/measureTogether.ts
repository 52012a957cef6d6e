import type { DuckDBConnection } from '@duckdb/node-api';
import { countInTrees, growTrees } from '../../profile/cellTrees';
import type { Correlations, RowCells, RowFacts } from '../../profile/profile';
import { doubledRanks, rankCorrelation } from '../../statistics/rankCorrelation';
import { isNumeric, kindOf } from '../measure/columnKind';
import type { SourceColumn } from '../source';
import { sampleRows, type RowSample } from './sampleRows';

const MOST_COLUMNS = 40;

/**
 * How the numeric columns go together: of the first forty by name, so that the order of the columns changes nothing.
 * Nothing where there are fewer than two, or where most rows of a large table repeat others.
 * @param on the trees of the reference, to count on; where the data do not have their columns, they get trees of their own
 * @param key columns that only name the rows
 */
export async function measureTogether(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  on: true | Pick<RowCells, 'columns' | 'trees'>,
  key: readonly string[] = [],
): Promise<Pick<RowFacts, 'correlations' | 'cells'>> {
  const numbers = columns
    .filter(({ name, nativeType }) => isNumeric(kindOf(nativeType).type) && !key.includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  if (numbers.length < 2) return {};
  const sample = await sampleRows(connection, columns, numbers);
  if (sample === undefined) return {};
  const cells = cellsOf(numbers, sample, on === true ? undefined : on);
  return {
    correlations: correlationsOf(numbers, sample),
    ...(cells === undefined ? {} : { cells }),
  };
}

function correlationsOf(numbers: readonly SourceColumn[], sample: RowSample): Correlations {
  const ranks = sample.columns.map(doubledRanks);
  const pairs = ranks.flatMap((a, at) => ranks.slice(at + 1).map((b) => rankCorrelation(a, b)));
  const rows = rowsOf(sample);
  const share = rows === 0 ? 0 : sample.different / rows;
  return {
    columns: numbers.map(({ name }) => name),
    values: pairs.map(({ value }) => (value === undefined ? null : Number(value.toFixed(4)))),
    rows: sample.different,
    ...(pairs.every((pair) => pair.rows === rows)
      ? {}
      : { pairRows: pairs.map((pair) => Math.round(pair.rows * share)) }),
  };
}

function cellsOf(
  numbers: readonly SourceColumn[],
  sample: RowSample,
  on: Pick<RowCells, 'columns' | 'trees'> | undefined,
): RowCells | undefined {
  const named = new Map(numbers.map(({ name }, at) => [name, sample.columns[at]]));
  const asked = on?.columns.flatMap((name) => named.get(name) ?? []) ?? [];
  if (on !== undefined && asked.length === on.columns.length) {
    return { columns: on.columns, trees: countInTrees(on.trees, asked) };
  }
  const telling = numbers.filter((column) => !namesRows(column, named.get(column.name)));
  const columns = telling.map(({ name }) => name);
  const trees = growTrees(
    columns,
    columns.flatMap((name) => named.get(name) ?? []),
  );
  return trees.length === 0 ? undefined : { columns, trees };
}

/** Whole numbers that are all different: of measured ones some occur twice. */
function namesRows({ nativeType }: SourceColumn, values: Float64Array | undefined): boolean {
  if (kindOf(nativeType).type !== 'integer' || values === undefined) return false;
  return new Set(values).size === values.length;
}

function rowsOf({ columns }: RowSample): number {
  return columns[0]?.length ?? 0;
}

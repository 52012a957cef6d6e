import type { DuckDBConnection } from '@duckdb/node-api';
import type { Correlations } from '../../profile/profile';
import { doubledRanks, rankCorrelation } from '../../statistics/rankCorrelation';
import { isNumeric, kindOf } from '../measure/columnKind';
import type { SourceColumn } from '../source';
import { sampleRows } from './sampleRows';

const MOST_COLUMNS = 40;

/**
 * How the numeric columns go together: of the first forty by name, so that the order of the columns changes nothing.
 * Undefined where there are fewer than two.
 */
export async function measureCorrelations(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
): Promise<Correlations | undefined> {
  const numbers = columns
    .filter(({ nativeType }) => isNumeric(kindOf(nativeType).type))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  if (numbers.length < 2) return undefined;
  const sample = await sampleRows(connection, columns, numbers);
  const ranks = sample.columns.map(doubledRanks);
  const pairs = ranks.flatMap((a, at) => ranks.slice(at + 1).map((b) => rankCorrelation(a, b)));
  const rows = sample.columns[0]?.length ?? 0;
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

import type { DuckDBConnection } from '@duckdb/node-api';
import type { Histogram, ProfileShape } from '../../../profile/profile';
import type { MeasuredColumn } from '../measuredColumn';
import { BinCounter } from './binCounter';
import { FINITE, gatherFinite } from './finiteValues';
import { NumberColumn } from './numberColumn';
import { streamNumbers } from './streamNumbers';

interface NumbersRequest {
  readonly rows: number;
  readonly shape: ProfileShape | undefined;
  readonly onProgress: (done: number) => void;
}

/** The share of the values after which it is told again how many were read. */
const LEAST_PROGRESS = 0.02;

/** Numeric columns, all in one pass over their values: counted on the edges of the shape where it has some. */
export async function measureNumbers(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
  { rows, shape, onProgress }: NumbersRequest,
): Promise<ReadonlyMap<MeasuredColumn, NumberColumn>> {
  const numbers = columns.map(({ name }) => new NumberColumn(shape?.get(name)?.edges));
  const ids = columns.map(({ id }) => id);
  let read = 0;
  let told = 0;
  await streamNumbers(connection, relation, ids, (column, chunk) => {
    numbers[column]?.add(chunk);
    read += chunk.values.length / rows / columns.length;
    if (read < told + LEAST_PROGRESS) return;
    told = read;
    onProgress(read);
  });
  return new Map(columns.map((column, at) => [column, numbers[at] ?? new NumberColumn()]));
}

/** The histograms of columns whose edges became known after their first pass. */
export async function countHistograms(
  connection: DuckDBConnection,
  relation: string,
  edges: ReadonlyMap<MeasuredColumn, readonly number[]>,
): Promise<ReadonlyMap<MeasuredColumn, Histogram>> {
  const columns = [...edges.keys()];
  const counters = [...edges.values()].map((own) => new BinCounter(own));
  const ids = columns.map(({ id }) => id);
  await streamNumbers(connection, relation, ids, (column, chunk) => {
    const { finite } = gatherFinite(chunk);
    counters[column]?.add(FINITE, 0, finite);
  });
  return new Map(
    columns.map((column, at) => [column, counters[at]?.histogram() ?? { edges: [], counts: [] }]),
  );
}

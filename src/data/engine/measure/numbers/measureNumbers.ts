import type { DuckDBConnection } from '@duckdb/node-api';
import type { Histogram, ProfileShape } from '../../../profile/profile';
import type { MeasuredColumn } from '../measuredColumn';
import { BinCounter } from './binCounter';
import { FINITE, gatherFinite } from './finiteValues';
import { NumberColumn, type NumberSummary } from './numberColumn';
import { MOST_COLUMNS, streamNumbers } from './streamNumbers';

interface NumbersRequest {
  readonly rows: number;
  readonly shape: ProfileShape | undefined;
  readonly onProgress: (done: number) => void;
}

/** The share of the values after which it is told again how many were read. */
const LEAST_PROGRESS = 0.02;

/** Numeric columns in one pass over their values: counted on the edges of the shape where it has some. */
export async function measureNumbers(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
  { rows, shape, onProgress }: NumbersRequest,
): Promise<ReadonlyMap<MeasuredColumn, NumberSummary>> {
  const summaries = new Map<MeasuredColumn, NumberSummary>();
  let read = 0;
  let told = 0;
  for (const some of inGroups(columns)) {
    const numbers = some.map(({ name }) => new NumberColumn(shape?.get(name)?.edges));
    await streamNumbers(connection, relation, idsOf(some), (column, chunk) => {
      numbers[column]?.add(chunk);
      read += chunk.values.length / rows / columns.length;
      if (read < told + LEAST_PROGRESS) return;
      told = read;
      onProgress(read);
    });
    for (const [at, column] of some.entries())
      summaries.set(column, (numbers[at] ?? new NumberColumn()).summarize());
  }
  return summaries;
}

/** The histograms of columns whose edges became known after their first pass. */
export async function countHistograms(
  connection: DuckDBConnection,
  relation: string,
  edges: ReadonlyMap<MeasuredColumn, readonly number[]>,
): Promise<ReadonlyMap<MeasuredColumn, Histogram>> {
  const histograms = new Map<MeasuredColumn, Histogram>();
  for (const some of inGroups([...edges.keys()])) {
    const counters = some.map((column) => new BinCounter(edges.get(column) ?? []));
    await streamNumbers(connection, relation, idsOf(some), (column, chunk) => {
      const { finite } = gatherFinite(chunk);
      counters[column]?.add(FINITE, 0, finite);
    });
    for (const [at, column] of some.entries())
      histograms.set(column, (counters[at] ?? new BinCounter([])).histogram());
  }
  return histograms;
}

function inGroups(columns: readonly MeasuredColumn[]): readonly (readonly MeasuredColumn[])[] {
  return Array.from({ length: Math.ceil(columns.length / MOST_COLUMNS) }, (_, group) =>
    columns.slice(group * MOST_COLUMNS, (group + 1) * MOST_COLUMNS),
  );
}

function idsOf(columns: readonly MeasuredColumn[]): readonly string[] {
  return columns.map(({ id }) => id);
}

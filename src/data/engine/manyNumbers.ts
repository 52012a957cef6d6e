import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnProfile, Histogram, NumericSummary, ProfileShape } from '../profile/profile';
import { findDeciles } from './deciles';
import type { ColumnOverview } from './overview';
import { DATA } from './source';

/** A column with the edges to count it on. */
interface EdgedColumn {
  readonly column: ColumnOverview;
  readonly edges: readonly number[];
}

type Measured = Pick<ColumnProfile, 'numeric' | 'histogram'>;

/**
 * Numeric columns with many values, all of them in one streaming pass that is the same for any order of rows and any
 * number of threads: counts on fixed edges, and moments from sums of integers, which unlike sums of doubles do not
 * depend on their order. `all` are all columns of the table.
 */
export async function measureManyNumbers(
  connection: DuckDBConnection,
  columns: readonly ColumnOverview[],
  { rows, all }: { readonly rows: number; readonly all: readonly ColumnOverview[] },
  shape: ProfileShape | undefined,
): Promise<ReadonlyMap<ColumnOverview, Measured>> {
  const asked = columns.map((column) => shape?.get(column.source.name)?.edges);
  const open = columns.filter((_, index) => asked[index] === undefined);
  const chosen = await findDeciles(connection, open, { rows, all });
  const edged = columns.map((column, index) => ({
    column,
    edges: asked[index] ?? chosen.get(column) ?? [],
  }));
  return measureOn(connection, edged);
}

const FINE = 2 ** 52;
const COARSE = 2 ** 31;
const COARSE_SHIFT = 21;

async function measureOn(
  connection: DuckDBConnection,
  edged: readonly EdgedColumn[],
): Promise<ReadonlyMap<ColumnOverview, Measured>> {
  if (edged.length === 0) return new Map();
  const inputs = edged.flatMap(({ column }) => inputsOf(column));
  const measures = edged.flatMap(measuresOf);
  // In a subquery, so that what several sums need is computed once.
  const reader = await connection.runAndReadAll(
    `SELECT ${measures.join(', ')} FROM (SELECT ${inputs.join(', ')} FROM ${DATA})`,
  );
  const values = reader.getRowsJS()[0] ?? [];
  return new Map(
    edged.map(({ column, edges }, index): [ColumnOverview, Measured] => {
      const [bins, ...sums] = values.slice(index * 5, index * 5 + 5);
      const numeric = summarize(column, sums.map(toBigInt));
      const histogram = readHistogram(edges, (bins ?? []) as unknown as readonly BinCount[]);
      return [column, { ...(numeric === undefined ? {} : { numeric }), histogram }];
    }),
  );
}

/** Two: the value, and its place between the extremes as an integer up to 2^52; both null where they are not numbers. */
function inputsOf({ source: { id }, finite, min = 0, max = 0 }: ColumnOverview): string[] {
  const value = `${id}::DOUBLE`;
  // Halves, because the difference of two doubles can be too large for one.
  const low = min / 2;
  const factor = FINE / (max / 2 - low);
  const place = Number.isFinite(factor)
    ? `CAST((${value} / 2 - ${low}::DOUBLE) * ${factor}::DOUBLE AS BIGINT)`
    : '0::BIGINT';
  return finite
    ? [`${value} AS ${id}`, `CASE WHEN ${id} IS NOT NULL THEN ${place} END AS p_${id}`]
    : [
        `CASE WHEN NOT isnan(${id}) THEN ${value} END AS ${id}`,
        `CASE WHEN isfinite(${id}) THEN ${place} END AS p_${id}`,
      ];
}

/** Always five: the histogram, the number of finite values, and three sums of integers. */
function measuresOf({ column: { source }, edges }: EdgedColumn): string[] {
  const place = `p_${source.id}`;
  const coarse = `(${place} >> ${COARSE_SHIFT})`;
  return [
    `histogram(${source.id}, [${edges.join(', ')}]::DOUBLE[])`,
    `count(${place})`,
    `sum(${place})`,
    `sum(${coarse})`,
    `sum(${coarse} * ${coarse})`,
  ];
}

/** Mean and standard deviation from the integer sums; what the integers round away is below 1e-9 of the deviation. */
function summarize(
  { min, max }: ColumnOverview,
  [count = 0n, fine = 0n, coarse = 0n, squares = 0n]: readonly bigint[],
): NumericSummary | undefined {
  if (min === undefined || max === undefined || count === 0n) return undefined;
  const span = max / 2 - min / 2;
  const variance = count > 1n ? ratio(count * squares - coarse * coarse, count * (count - 1n)) : 0;
  return {
    min,
    max,
    mean: 2 * (min / 2 + span * (ratio(fine, count) / FINE)),
    standardDeviation: 2 * span * (Math.sqrt(variance) / COARSE),
  };
}

/** With 60 binary digits after the point: the quotient of two integers beyond the range of a double's own. */
function ratio(numerator: bigint, denominator: bigint): number {
  return Number((numerator << 60n) / denominator) / 2 ** 60;
}

interface BinCount {
  /** Upper edge; infinite for what is above the last one. */
  readonly key: number;
  readonly value: bigint;
}

function readHistogram(edges: readonly number[], bins: readonly BinCount[]): Histogram {
  const byEdge = new Map(bins.map(({ key, value }) => [key, Number(value)]));
  return { edges, counts: [...edges, Infinity].map((edge) => byEdge.get(edge) ?? 0) };
}

function toBigInt(value: unknown): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value ?? 0));
}

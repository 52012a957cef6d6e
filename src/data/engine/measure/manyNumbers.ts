import type { DuckDBConnection } from '@duckdb/node-api';
import type { NumberMeasures } from '../../profile/measures';
import type { ProfileShape } from '../../profile/profile';
import { findDeciles, type WholeTable } from './deciles';
import type { ColumnOverview } from './overview';

/** A column with the edges to count it on. */
interface EdgedColumn {
  readonly overview: ColumnOverview;
  readonly edges: readonly number[];
}

/** More columns than this in one query take longer to plan than to compute. */
const MOST_AT_ONCE = 200;

/**
 * Numeric columns with many values, all of them in one streaming pass that is the same for any order of rows and any
 * number of threads: counts on fixed edges, and moments from sums of integers, which unlike sums of doubles do not
 * depend on their order.
 */
export async function measureManyNumbers(
  connection: DuckDBConnection,
  overviews: readonly ColumnOverview[],
  table: WholeTable,
  shape: ProfileShape | undefined,
): Promise<ReadonlyMap<ColumnOverview, NumberMeasures>> {
  const asked = overviews.map(({ column }) => shape?.get(column.name)?.edges);
  const open = overviews.filter((_, index) => asked[index] === undefined);
  const chosen = await findDeciles(connection, open, table);
  const edged = overviews.map((overview, index) => ({
    overview,
    edges: asked[index] ?? chosen.get(overview) ?? [],
  }));
  const measured = new Map<ColumnOverview, NumberMeasures>();
  for (let start = 0; start < edged.length; start += MOST_AT_ONCE) {
    const some = edged.slice(start, start + MOST_AT_ONCE);
    for (const [overview, numbers] of await measureOn(connection, table.relation, some))
      measured.set(overview, numbers);
  }
  return measured;
}

const FINE = 2 ** 52;
const COARSE = 2 ** 31;
const COARSE_SHIFT = 21;

async function measureOn(
  connection: DuckDBConnection,
  relation: string,
  edged: readonly EdgedColumn[],
): Promise<readonly (readonly [ColumnOverview, NumberMeasures])[]> {
  const inputs = edged.flatMap(({ overview }) => inputsOf(overview));
  const measures = edged.flatMap(measuresOf);
  // In a subquery, so that what several sums need is computed once.
  const reader = await connection.runAndReadAll(
    `SELECT ${measures.join(', ')} FROM (SELECT ${inputs.join(', ')} FROM ${relation})`,
  );
  const values = reader.getRowsJS()[0] ?? [];
  return edged.flatMap(({ overview, edges }, index) => {
    const [bins, ...sums] = values.slice(index * 5, index * 5 + 5);
    const counts = readCounts(overview, edges, (bins ?? []) as unknown as readonly BinCount[]);
    const moments = summarize(overview, sums.map(toBigInt));
    return moments === undefined ? [] : [[overview, { ...moments, ...counts }] as const];
  });
}

/** Two: the value, and its place between the extremes as an integer up to 2^52; both null where they are not numbers. */
function inputsOf({ column: { id }, finite, min = 0, max = 0 }: ColumnOverview): string[] {
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
        `CASE WHEN isfinite(${id}) THEN ${value} END AS ${id}`,
        `CASE WHEN isfinite(${id}) THEN ${place} END AS p_${id}`,
      ];
}

/** Always five: the histogram, the number of finite values, and three sums of integers. */
function measuresOf({ overview, edges }: EdgedColumn): string[] {
  const { id } = overview.column;
  const place = `p_${id}`;
  const coarse = `(${place} >> ${COARSE_SHIFT})`;
  const cuts = cutsOf(overview, edges).map((cut) => cut.toExponential());
  return [
    `histogram(${id}, [${cuts.join(', ')}]::DOUBLE[])`,
    `count(${place})`,
    `sum(${place})`,
    `sum(${coarse})`,
    `sum(${coarse} * ${coarse})`,
  ];
}

/** The edges, and two more that cut off the smallest and the largest value, so that those are counted too. */
function cutsOf({ min = 0, max = 0 }: ColumnOverview, edges: readonly number[]): readonly number[] {
  return [...new Set([...edges, min, nextBelow(max)])].sort((a, b) => a - b);
}

/** The largest double below a finite one. */
function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

/** Mean and deviation from the integer sums; what the integers round away is below 1e-9 of the deviation. */
function summarize(
  { min, max }: ColumnOverview,
  [count = 0n, fine = 0n, coarse = 0n, squares = 0n]: readonly bigint[],
): Pick<NumberMeasures, 'count' | 'min' | 'max' | 'mean' | 'deviation'> | undefined {
  if (min === undefined || max === undefined || count === 0n) return undefined;
  const span = max / 2 - min / 2;
  const variance = ratio(count * squares - coarse * coarse, count * count);
  return {
    count: Number(count),
    min,
    max,
    mean: 2 * (min / 2 + span * (ratio(fine, count) / FINE)),
    deviation: 2 * span * (Math.sqrt(variance) / COARSE),
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

function readCounts(
  overview: ColumnOverview,
  edges: readonly number[],
  bins: readonly BinCount[],
): Pick<NumberMeasures, 'histogram' | 'minCount' | 'maxCount'> {
  const byCut = new Map(bins.map(({ key, value }) => [key, Number(value)]));
  const cuts = [...cutsOf(overview, edges), Infinity].map((cut) => ({
    cut,
    count: byCut.get(cut) ?? 0,
  }));
  const { min = 0, max = 0 } = overview;
  const sumWhere = (isMeant: (cut: number) => boolean): number =>
    cuts.reduce((sum, { cut, count }) => sum + (isMeant(cut) ? count : 0), 0);
  const counts = [...edges, Infinity].map((edge, index) => {
    const below = edges[index - 1] ?? -Infinity;
    return sumWhere((cut) => cut > below && cut <= edge);
  });
  const belowMax = nextBelow(max);
  return {
    histogram: { edges, counts },
    minCount: sumWhere((cut) => cut <= min),
    maxCount: sumWhere((cut) => cut > belowMax),
  };
}

function toBigInt(value: unknown): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value ?? 0));
}

import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnProfile, NumericSummary, ProfileShape } from '../profile';
import { DECILES, dividesBadly, uniqueEdges } from './edges';
import type { ColumnOverview } from './overview';
import { DATA } from './source';

/**
 * Numeric columns with many values, all of them in one streaming pass that is the same for any order of rows and any
 * number of threads: counts on fixed edges, and moments from sums of integers, which unlike sums of doubles do not
 * depend on their order.
 */
export async function measureManyNumbers(
  connection: DuckDBConnection,
  columns: readonly ColumnOverview[],
  rows: number,
  shape: ProfileShape | undefined,
): Promise<ReadonlyMap<ColumnOverview, Partial<ColumnProfile>>> {
  const measured = new Map<ColumnOverview, Partial<ColumnProfile>>();
  if (columns.length === 0) return measured;
  const edges = await findEdges(connection, columns, rows, shape);
  const measures = columns.flatMap((column, index) => measuresOf(column, edges[index] ?? []));
  const reader = await connection.runAndReadAll(`SELECT ${measures.join(', ')} FROM ${DATA}`);
  const values = reader.getRowsJS()[0] ?? [];
  for (const [index, column] of columns.entries()) {
    const [keys, counts, ...sums] = values.slice(index * 6, index * 6 + 6);
    const numeric = summarize(column, sums.map(toBigInt));
    measured.set(column, {
      ...(numeric === undefined ? {} : { numeric }),
      histogram: readHistogram(
        edges[index] ?? [],
        keys as number[] | null,
        counts as bigint[] | null,
      ),
    });
  }
  const poor = columns.filter(
    (column, index) =>
      shape?.get(column.source.name)?.edges === edges[index] &&
      dividesBadly(measured.get(column)?.histogram?.counts ?? []),
  );
  const own = await measureManyNumbers(connection, poor, rows, undefined);
  for (const [column, { histogram }] of own) {
    measured.set(column, {
      ...measured.get(column),
      ...(histogram && { ownHistogram: histogram }),
    });
  }
  return measured;
}

const SAMPLE_ROWS = 200_000;

/**
 * The given edges, else the deciles; of large tables those of about 200,000 rows chosen by the hash of their content,
 * so that neither their order nor that of the columns matters. The counts on the edges are always of all rows.
 */
async function findEdges(
  connection: DuckDBConnection,
  columns: readonly ColumnOverview[],
  rows: number,
  shape: ProfileShape | undefined,
): Promise<readonly (readonly number[])[]> {
  const given = columns.map(({ source }) => shape?.get(source.name)?.edges);
  const open = columns.filter((_, index) => given[index] === undefined);
  if (open.length === 0) return given.map((edges) => edges ?? []);
  const sampling = Math.ceil(rows / SAMPLE_ROWS);
  const deciles = open.map(
    ({ source: { id }, kind }) =>
      `quantile_disc(${id}::DOUBLE, [${DECILES.join(', ')}])${kind.floating ? ` FILTER (WHERE isfinite(${id}))` : ''}`,
  );
  const hashed = [...columns]
    .sort((a, b) => (a.source.name < b.source.name ? -1 : 1))
    .map(({ source }) => source.id);
  const where = sampling > 1 ? ` WHERE hash(${hashed.join(', ')}) % ${sampling} = 0` : '';
  const reader = await connection.runAndReadAll(
    `SELECT ${deciles.join(', ')} FROM ${DATA}${where}`,
  );
  const found = (reader.getRowsJS()[0] ?? []) as (number[] | null)[];
  let next = 0;
  return given.map((edges) => edges ?? uniqueEdges(found[next++] ?? []));
}

const FINE = 2 ** 52;
const COARSE_SHIFT = 21;
const COARSE = 2 ** 31;

/** Always six: the histogram's keys and counts, the number of finite values, and three sums of integers. */
function measuresOf(
  { source: { id }, kind, min, max }: ColumnOverview,
  edges: readonly number[],
): string[] {
  const value = `${id}::DOUBLE`;
  const bins = `histogram(${value}, [${edges.join(', ')}]::DOUBLE[])${
    kind.floating ? ` FILTER (WHERE NOT isnan(${id}))` : ''
  }`;
  const finite = kind.floating ? ` FILTER (WHERE isfinite(${id}))` : '';
  // Halves, because the difference of two doubles can be too large for one.
  const low = (min ?? 0) / 2;
  const span = (max ?? 0) / 2 - low;
  const share = span > 0 ? `(${value} / 2 - ${low}::DOUBLE) / ${span}::DOUBLE` : '0::DOUBLE';
  const fine = `CAST(round(least(greatest(${share}, 0), 1) * ${FINE}::DOUBLE) AS BIGINT)`;
  const coarse = `(${fine} >> ${COARSE_SHIFT})`;
  return [
    `map_keys(${bins})`,
    `map_values(${bins})`,
    `count(${id})${finite}`,
    `sum(${fine})${finite}`,
    `sum(${coarse})${finite}`,
    `sum(${coarse} * ${coarse})${finite}`,
  ];
}

/** Mean and standard deviation from the integer sums; their error is below 1e-12 of the standard deviation's size. */
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

function readHistogram(
  edges: readonly number[],
  keys: readonly number[] | null,
  counts: readonly (bigint | number)[] | null,
): { edges: readonly number[]; counts: readonly number[] } {
  const byEdge = new Map((keys ?? []).map((key, index) => [key, Number(counts?.[index] ?? 0)]));
  const inside = edges.map((edge) => byEdge.get(edge) ?? 0);
  const total = [...byEdge.values()].reduce((sum, count) => sum + count, 0);
  const above = total - inside.reduce((sum, count) => sum + count, 0);
  return { edges, counts: [...inside, above] };
}

function toBigInt(value: unknown): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value ?? 0));
}

import { listValue, LIST, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { compareCodeUnits } from '../../base/canonicalJson';
import {
  LISTED_CATEGORIES,
  type CategoryCount,
  type ColumnProfile,
  type ColumnShape,
  type NumericSummary,
} from '../profile/profile';
import type { ColumnKind } from './columnKind';
import { chooseEdges, countOnEdges, type ValueCount } from './edges';
import type { ColumnOverview } from './overview';
import { DATA } from './source';

/** Columns with few values: one GROUP BY tells everything about them, exactly and faster than any sketch. */

const MOST_DISTINCT = 1000;

type Measured = Partial<ColumnProfile>;

export async function measureFewNumbers(
  connection: DuckDBConnection,
  { source: { id }, kind }: ColumnOverview,
  shape: ColumnShape | undefined,
): Promise<Measured> {
  const reader = await connection.runAndReadAll(
    `SELECT ${id}::DOUBLE, count(*)::DOUBLE FROM ${DATA} WHERE ${id} IS NOT NULL GROUP BY ${id}`,
  );
  const [values = [], counts = []] = reader.getColumnsJS() as number[][];
  const all = values
    .map((value, index) => ({ value, count: counts[index] ?? 0 }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => a.value - b.value);
  const finite = all.filter(({ value }) => Number.isFinite(value));
  const ownEdges = chooseEdges(finite, kind.type === 'integer');
  const count = (edges: readonly number[]) => ({ edges, counts: countOnEdges(all, edges) });
  const histogram = count(shape?.edges ?? ownEdges);
  const numeric = summarize(finite);
  return {
    ...(numeric === undefined ? {} : { numeric }),
    histogram,
    ...distinctOf(all.length),
    ...(isUnique(kind, all) ? { unique: true } : {}),
  };
}

function isUnique(kind: ColumnKind, values: readonly ValueCount[]): boolean {
  return kind.type === 'integer' && values.length > 1 && values.every(({ count }) => count === 1);
}

/** In the order of the values, so that the sums are the same for any order of rows. */
function summarize(values: readonly ValueCount[]): NumericSummary | undefined {
  const min = values.at(0)?.value;
  const max = values.at(-1)?.value;
  if (min === undefined || max === undefined) return undefined;
  const total = values.reduce((sum, { count }) => sum + count, 0);
  // Halves around the smallest value: no sum is too large, and large values close together lose no digits.
  const halves = values.map(({ value, count }) => ({ half: value / 2 - min / 2, count }));
  const span = max / 2 - min / 2 || 1;
  const mean = halves.reduce((sum, { half, count }) => sum + (half / span) * count, 0) / total;
  const squares = halves.reduce(
    (sum, { half, count }) => sum + count * (half / span - mean) ** 2,
    0,
  );
  return {
    min,
    max,
    mean: 2 * (min / 2 + mean * span),
    standardDeviation: total > 1 ? 2 * span * Math.sqrt(squares / (total - 1)) : 0,
  };
}

/** Long texts are told apart by their beginning and a hash, so that a profile stays small. */
function categoryText(id: string): string {
  const text = `${id}::VARCHAR`;
  return `CASE WHEN strlen(${text}) <= 256 THEN ${text} ELSE left(${text}, 60) || '… ' || md5(${text}) END`;
}

export async function measureFewCategories(
  connection: DuckDBConnection,
  { source: { id } }: ColumnOverview,
  shape: ColumnShape | undefined,
): Promise<Measured> {
  const all = await readCategories(
    connection,
    `SELECT ${categoryText(id)} AS value, sum(count)::DOUBLE FROM (
       SELECT ${id}, count(*) AS count FROM ${DATA} WHERE ${id} IS NOT NULL GROUP BY ${id})
     GROUP BY value`,
  );
  const asked = new Set(shape?.categories);
  const others = all.filter(({ value }) => !asked.has(value)).slice(0, LISTED_CATEGORIES);
  const listed = new Set(others);
  return {
    categories: all.filter((each) => asked.has(each.value) || listed.has(each)),
    ...distinctOf(all.length),
  };
}

/** Of columns with more values: the most frequent ones, and those that were asked for. */
export async function measureManyCategories(
  connection: DuckDBConnection,
  { source: { id } }: ColumnOverview,
  shape: ColumnShape | undefined,
  alsoMostFrequent: boolean,
): Promise<Measured> {
  const grouped = `SELECT ${categoryText(id)} AS value, count(*)::DOUBLE AS count FROM ${DATA}`;
  const asked = [listValue(shape?.categories ?? [])];
  const found = await readCategories(
    connection,
    `${grouped} WHERE ${id}::VARCHAR IN (SELECT unnest($1)) GROUP BY value`,
    asked,
  );
  const frequent = alsoMostFrequent
    ? await readCategories(
        connection,
        `${grouped} WHERE ${id}::VARCHAR NOT IN (SELECT unnest($1)) GROUP BY value
         ORDER BY count DESC, value LIMIT ${LISTED_CATEGORIES}`,
        asked,
      )
    : [];
  const categories = [...found, ...frequent].sort(byFrequency);
  return categories.length === 0 ? {} : { categories };
}

async function readCategories(
  connection: DuckDBConnection,
  query: string,
  asked?: ReturnType<typeof listValue>[],
): Promise<CategoryCount[]> {
  const reader = await connection.runAndReadAll(query, asked, asked && [LIST(VARCHAR)]);
  const rows = reader.getRowsJS() as [value: string, count: number][];
  return rows.map(([value, count]) => ({ value, count })).sort(byFrequency);
}

function byFrequency(a: CategoryCount, b: CategoryCount): number {
  return b.count - a.count || compareCodeUnits(a.value, b.value);
}

function distinctOf(count: number): Measured {
  return count <= MOST_DISTINCT ? { distinct: { count, error: 0 } } : {};
}

import type { DuckDBConnection } from '@duckdb/node-api';
import { MOST_VALUES, type SampledValue, type ValueSample } from '../../profile/measures';
import { reduceSample } from '../../profile/valueSample';
import { isNumeric } from './columnKind';
import type { ColumnOverview } from './overview';

/** Every whole number up to here is a double of its own. */
const LARGEST_EXACT = 2 ** 53;

/** Tables up to this size are grouped whole. */
const WHOLE_ROWS = 20_000;

/** The columns of tables up to this size are read one below the other: a query of each would take longer to plan. */
const FEW_ROWS = 5000;

/** At most so many values stand below each other, of at most so many columns. */
const MOST_STACKED = { values: 500_000, columns: 250 };

const GUESSED_FROM = 4096;

/** From this many different values among those looked at on, most rows are taken for different. */
const MANY_AMONG_GUESSED = 1024;

/** Of every column its values, or an even sample of them: see `ValueSample`. */
export async function sampleValues(
  connection: DuckDBConnection,
  relation: string,
  overviews: readonly ColumnOverview[],
  rows: number,
  onColumn: (index: number) => void,
): Promise<ReadonlyMap<ColumnOverview, ValueSample>> {
  const comparable = overviews.filter(({ column }) => column.as !== 'other');
  if (rows <= FEW_ROWS) return sampleStacked(connection, relation, comparable, rows, onColumn);
  const levels = await guessLevels(connection, relation, comparable, rows);
  const samples = new Map<ColumnOverview, ValueSample>();
  for (const [index, overview] of comparable.entries()) {
    onColumn(index);
    samples.set(overview, await sampleColumn(connection, relation, overview, levels[index] ?? 0));
  }
  return samples;
}

/** Whether a column's whole numbers are too large for doubles, so that they are kept as text. */
export function isHuge({ column, min = 0, max = 0 }: ColumnOverview): boolean {
  return column.type === 'integer' && Math.max(Math.abs(min), Math.abs(max)) >= LARGEST_EXACT;
}

async function sampleStacked(
  connection: DuckDBConnection,
  relation: string,
  overviews: readonly ColumnOverview[],
  rows: number,
  onColumn: (index: number) => void,
): Promise<ReadonlyMap<ColumnOverview, ValueSample>> {
  const samples = new Map<ColumnOverview, ValueSample>();
  const numbers = overviews.filter(isKeptAsNumber);
  const texts = overviews.filter((each) => !isKeptAsNumber(each));
  const most = Math.max(1, Math.min(MOST_STACKED.columns, Math.floor(MOST_STACKED.values / rows)));
  for (const kind of [numbers, texts]) {
    for (let start = 0; start < kind.length; start += most) {
      onColumn(samples.size);
      const some = kind.slice(start, start + most);
      const found = await readStacked(connection, relation, some);
      for (const [index, overview] of some.entries())
        samples.set(overview, reduceSample({ level: 0, entries: found[index] ?? [] }));
    }
  }
  return samples;
}

/** All values of columns that are all numbers, or all texts, in the order of the columns. */
async function readStacked(
  connection: DuckDBConnection,
  relation: string,
  overviews: readonly ColumnOverview[],
): Promise<readonly (readonly SampledValue[])[]> {
  const values = overviews.map((overview) => {
    const { finite, column } = overview;
    const value = valueOf(overview);
    return finite ? value : `CASE WHEN isfinite(${column.id}) THEN ${value} END`;
  });
  const isNumber = overviews.every(isKeptAsNumber);
  const reader = await connection.runAndReadAll(
    `SELECT place, ${isNumber ? 'value' : SHORT_TEXT}, count, 64 - strlen(bin(hash(value)))
     FROM (SELECT place, value, count(*)::DOUBLE AS count
       FROM (SELECT unnest([${values.map((_, index) => index).join(', ')}]) AS place,
         unnest([${values.join(', ')}]) AS value FROM ${relation})
       WHERE value IS NOT NULL GROUP BY place, value)`,
  );
  const entries = overviews.map((): SampledValue[] => []);
  for (const [place, value, count, depth] of reader.getRowsJS() as StackedRow[])
    entries[place]?.push([value, count, Number(depth)]);
  return entries;
}

type StackedRow = [place: number, value: string | number, count: number, depth: bigint | number];

/**
 * Levels to begin at, from the first rows: only how long it takes depends on them. Where those repeat themselves the
 * column is grouped whole.
 */
async function guessLevels(
  connection: DuckDBConnection,
  relation: string,
  overviews: readonly ColumnOverview[],
  rows: number,
): Promise<readonly number[]> {
  const open = overviews.filter((overview) => rows > WHOLE_ROWS && !isNarrow(overview));
  if (open.length === 0) return overviews.map(() => 0);
  const counts = open.map(({ column: { id } }) => `approx_count_distinct(${id})::DOUBLE`);
  const reader = await connection.runAndReadAll(
    `SELECT ${counts.join(', ')} FROM (SELECT * FROM ${relation} LIMIT ${GUESSED_FROM})`,
  );
  const found = (reader.getRowsJS()[0] ?? []) as number[];
  const byOverview = new Map(open.map((overview, index) => [overview, found[index] ?? 0]));
  return overviews.map((overview) => {
    const different = byOverview.get(overview) ?? 0;
    if (different < MANY_AMONG_GUESSED) return 0;
    return levelFor((rows * different) / GUESSED_FROM);
  });
}

/** The level at which so many values leave some four times of what is kept: enough not to ask again. */
function levelFor(distinct: number): number {
  return Math.max(0, Math.floor(Math.log2(distinct / (4 * MOST_VALUES))));
}

function isNarrow({ column, min = 0, max = 0 }: ColumnOverview): boolean {
  return column.as === 'boolean' || (column.type === 'integer' && max - min < MOST_VALUES);
}

async function sampleColumn(
  connection: DuckDBConnection,
  relation: string,
  overview: ColumnOverview,
  firstLevel: number,
): Promise<ValueSample> {
  for (let level = firstLevel; ;) {
    const entries = await readLowest(connection, relation, overview, level);
    // One more than is kept: it shows that no lower level is small enough.
    if (entries.length > MOST_VALUES || level === 0) return reduceSample({ level, entries });
    const short = Math.log2((2 * MOST_VALUES) / Math.max(1, entries.length));
    level = Math.max(0, level - Math.ceil(short) - 1);
  }
}

/** The values of the lowest hashes below the level's bound, one more than is kept. */
async function readLowest(
  connection: DuckDBConnection,
  relation: string,
  overview: ColumnOverview,
  level: number,
): Promise<readonly SampledValue[]> {
  const { column, finite } = overview;
  const { id } = column;
  const isNumber = isKeptAsNumber(overview);
  const value = valueOf(overview);
  const where = finite ? `${id} IS NOT NULL` : `isfinite(${id})`;
  const below = level === 0 ? '' : ` AND hash(${value}) < ${2n ** BigInt(64 - level)}::UBIGINT`;
  const reader = await connection.runAndReadAll(
    `SELECT ${isNumber ? 'value' : SHORT_TEXT}, count, 64 - strlen(bin(hash))
     FROM (SELECT ${value} AS value, count(*)::DOUBLE AS count, hash(${value}) AS hash
       FROM ${relation} WHERE ${where}${below} GROUP BY ${value}
       ORDER BY hash LIMIT ${MOST_VALUES + 1})`,
  );
  const rows = reader.getRowsJS() as [string | number, number, bigint | number][];
  return rows.map(([each, count, depth]) => [each, count, Number(depth)]);
}

function isKeptAsNumber(overview: ColumnOverview): boolean {
  return isNumeric(overview.column.as) && !isHuge(overview);
}

function valueOf(overview: ColumnOverview): string {
  const { id } = overview.column;
  return isKeptAsNumber(overview) ? `${id}::DOUBLE` : `${id}::VARCHAR`;
}

/** Long texts are told apart by their beginning and a hash, so that a profile stays small. */
export const SHORT_TEXT =
  "CASE WHEN strlen(value) <= 256 THEN value ELSE left(value, 60) || '… ' || md5(value) END";

import type { DuckDBConnection } from '@duckdb/node-api';
import { MOST_VALUES, type SampledValue, type ValueSample } from '../../profile/measures';
import { reduceSample } from '../../profile/valueSample';
import type { MeasuredColumn } from './measuredColumn';

/** Tables up to this size are grouped whole. */
const WHOLE_ROWS = 20_000;

/** The columns of tables up to this size are read one below the other: a query of each would take longer to plan. */
const FEW_ROWS = 5000;

/** At most so many values stand below each other, of at most so many columns. */
const MOST_STACKED = { values: 500_000, columns: 250 };

const GUESSED_FROM = 4096;

/** From this many different values among those looked at on, most rows are taken for different. */
const MANY_AMONG_GUESSED = 1024;

/** Of every column its values as text, or an even sample of them: see `ValueSample`. */
export async function sampleValues(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
  rows: number,
  onColumn: (index: number) => void = () => {},
): Promise<ReadonlyMap<MeasuredColumn, ValueSample>> {
  const comparable = columns.filter(({ as }) => as !== 'other');
  if (rows <= FEW_ROWS) return sampleStacked(connection, relation, comparable, rows, onColumn);
  const levels = await guessLevels(connection, relation, comparable, rows);
  const samples = new Map<MeasuredColumn, ValueSample>();
  for (const [index, column] of comparable.entries()) {
    onColumn(index);
    samples.set(column, await sampleColumn(connection, relation, column, levels[index] ?? 0));
  }
  return samples;
}

/** About how many distinct values there are. */
export function distinctIn({ level, entries }: ValueSample): number {
  return entries.length * 2 ** level;
}

async function sampleStacked(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
  rows: number,
  onColumn: (index: number) => void,
): Promise<ReadonlyMap<MeasuredColumn, ValueSample>> {
  const samples = new Map<MeasuredColumn, ValueSample>();
  const most = Math.max(1, Math.min(MOST_STACKED.columns, Math.floor(MOST_STACKED.values / rows)));
  for (let start = 0; start < columns.length; start += most) {
    onColumn(start);
    const some = columns.slice(start, start + most);
    const found = await readStacked(connection, relation, some);
    for (const [index, column] of some.entries())
      samples.set(column, reduceSample({ level: 0, entries: found[index] ?? [] }));
  }
  return samples;
}

/** All values of columns, in the order of the columns. */
async function readStacked(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
): Promise<readonly (readonly SampledValue[])[]> {
  const values = columns.map(valueOf);
  const reader = await connection.runAndReadAll(
    `SELECT place, ${SHORT_TEXT}, count, 64 - strlen(bin(hash(value)))
     FROM (SELECT place, value, count(*)::DOUBLE AS count
       FROM (SELECT unnest([${values.map((_, index) => index).join(', ')}]) AS place,
         unnest([${values.join(', ')}]) AS value FROM ${relation})
       WHERE value IS NOT NULL GROUP BY place, value)`,
  );
  const entries = columns.map((): SampledValue[] => []);
  for (const [place, value, count, depth] of reader.getRowsJS() as StackedRow[])
    entries[place]?.push([value, count, Number(depth)]);
  return entries;
}

type StackedRow = [place: number, value: string, count: number, depth: bigint | number];

/**
 * Levels to begin at, from the first rows: only how long it takes depends on them. Where those repeat themselves the
 * column is grouped whole.
 */
async function guessLevels(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly MeasuredColumn[],
  rows: number,
): Promise<readonly number[]> {
  const open = columns.filter(({ as }) => rows > WHOLE_ROWS && as !== 'boolean');
  if (open.length === 0) return columns.map(() => 0);
  const counts = open.map(({ id }) => `approx_count_distinct(${id})::DOUBLE`);
  const reader = await connection.runAndReadAll(
    `SELECT ${counts.join(', ')} FROM (SELECT * FROM ${relation} LIMIT ${GUESSED_FROM})`,
  );
  const found = (reader.getRowsJS()[0] ?? []) as number[];
  const byColumn = new Map(open.map((column, index) => [column, found[index] ?? 0]));
  return columns.map((column) => {
    const different = byColumn.get(column) ?? 0;
    if (different < MANY_AMONG_GUESSED) return 0;
    return levelFor((rows * different) / GUESSED_FROM);
  });
}

/** The level at which so many values leave some four times of what is kept: enough not to ask again. */
function levelFor(distinct: number): number {
  return Math.max(0, Math.floor(Math.log2(distinct / (4 * MOST_VALUES))));
}

async function sampleColumn(
  connection: DuckDBConnection,
  relation: string,
  column: MeasuredColumn,
  firstLevel: number,
): Promise<ValueSample> {
  for (let level = firstLevel; ;) {
    const entries = await readLowest(connection, relation, column, level);
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
  column: MeasuredColumn,
  level: number,
): Promise<readonly SampledValue[]> {
  const value = valueOf(column);
  const below = level === 0 ? '' : ` AND hash(${value}) < ${2n ** BigInt(64 - level)}::UBIGINT`;
  const reader = await connection.runAndReadAll(
    `SELECT ${SHORT_TEXT}, count, 64 - strlen(bin(hash))
     FROM (SELECT ${value} AS value, count(*)::DOUBLE AS count, hash(${value}) AS hash
       FROM ${relation} WHERE ${column.id} IS NOT NULL${below} GROUP BY ${value}
       ORDER BY hash LIMIT ${MOST_VALUES + 1})`,
  );
  const rows = reader.getRowsJS() as [string, number, bigint | number][];
  return rows.map(([each, count, depth]) => [each, count, Number(depth)]);
}

function valueOf({ id }: MeasuredColumn): string {
  return `${id}::VARCHAR`;
}

/** Long texts are told apart by their beginning and a hash, so that a profile stays small. */
export const SHORT_TEXT =
  "CASE WHEN strlen(value) <= 256 THEN value ELSE left(value, 60) || '… ' || md5(value) END";

/** Whether a value may be such a beginning with its hash; other texts that end so are very few. */
export function isShortened(value: string | number): boolean {
  return /… [\da-f]{32}$/.test(String(value));
}

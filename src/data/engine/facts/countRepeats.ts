import type { DuckDBConnection } from '@duckdb/node-api';
import { selectNumbers } from '../measure/selectNumbers';
import { DATA, type SourceColumn } from '../source';

/** What the columns of a table are to a model. */
export interface ColumnRoles {
  readonly features: readonly SourceColumn[];
  readonly label?: SourceColumn;
  /** Those that only name the row: keys. */
  readonly names: readonly SourceColumn[];
}

export interface Repeats {
  /** Rows that are the same as an earlier one in every column. */
  readonly duplicates: number;
  /**
   * Rows whose features are those of another row with another label. Rows without a label are left out: they contradict
   * nobody.
   */
  readonly conflicting: number;
  /** Different rows, by their features and their label. */
  readonly distinct: number;
  /** Whether none of these occurs twice. */
  readonly single: boolean;
  /** Columns that tell them apart as well as all of them do. */
  readonly telling: readonly SourceColumn[];
}

/** So many columns are tried first: where they already tell all rows apart, the others need not be read. */
const MOST_TELLING = 4;

/**
 * How rows repeat, in one pass or two. Rows are told apart by 64-bit hashes: that two of a million different rows share one has
 * a probability of 3e-8 (n² / 2^65). Missing values are the same as missing ones.
 */
export async function countRepeats(
  connection: DuckDBConnection,
  roles: ColumnRoles,
): Promise<Repeats> {
  const telling = columnsToTry(roles.features);
  const [rows = 0, different = 0] = await selectNumbers(connection, DATA, [
    'count(*)',
    telling.length === 0 ? '0' : `count(DISTINCT ${hashOf(telling)})`,
  ]);
  if (rows === different) {
    return { duplicates: 0, conflicting: 0, distinct: rows ?? 0, single: true, telling };
  }
  return countAll(connection, roles);
}

/** Those first that seldom have the same value twice. */
function columnsToTry(features: readonly SourceColumn[]): readonly SourceColumn[] {
  const promising = [
    /^(?:DOUBLE|FLOAT)$/,
    /^(?:TIMESTAMP|BIGINT|DECIMAL)/,
    /^(?:VARCHAR|INTEGER)$/,
  ];
  return promising
    .flatMap((types) => features.filter(({ nativeType }) => types.test(nativeType)))
    .slice(0, MOST_TELLING);
}

async function countAll(
  connection: DuckDBConnection,
  { features, label, names }: ColumnRoles,
): Promise<Repeats> {
  const one = `SELECT ${hashOf(features)} AS f, ${label === undefined ? 'NULL::UBIGINT' : knownHash(label)} AS l`;
  const byRow =
    names.length === 0
      ? `SELECT f, l, 1 AS different, count(*) AS n FROM (${one} FROM ${DATA}) GROUP BY f, l`
      : `SELECT f, l, count(*) AS different, sum(n) AS n FROM (
           SELECT f, l, count(*) AS n FROM (${one}, ${hashOf(names)} AS g FROM ${DATA}) GROUP BY f, l, g
         ) GROUP BY f, l`;
  const reader = await connection.runAndReadAll(`
    SELECT sum(n - different)::DOUBLE, coalesce(sum(known) FILTER (labels > 1), 0)::DOUBLE, sum(rows)::DOUBLE
    FROM (
      SELECT sum(n) AS n, sum(different) AS different, sum(n) FILTER (l IS NOT NULL) AS known,
        count(l) AS labels, count(*) AS rows
      FROM (${byRow}) GROUP BY f)`);
  const [[duplicates, conflicting, distinct] = [0, 0, 0]] = reader.getRowsJS() as number[][];
  return {
    duplicates: duplicates ?? 0,
    // Where there are no features, every label would contradict every other.
    conflicting: features.length === 0 ? 0 : (conflicting ?? 0),
    distinct: distinct ?? 0,
    single: false,
    telling: label === undefined ? features : [...features, label],
  };
}

export function hashOf(columns: readonly SourceColumn[]): string {
  return columns.length === 0 ? '0::UBIGINT' : `hash(${columns.map(({ id }) => id).join(', ')})`;
}

function knownHash({ id }: SourceColumn): string {
  return `CASE WHEN ${id} IS NOT NULL THEN hash(${id}) END`;
}

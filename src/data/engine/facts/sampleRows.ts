import type { DuckDBConnection } from '@duckdb/node-api';
import { visitNumbers } from '../measure/numbers/streamNumbers';
import { selectNumbers } from '../measure/selectNumbers';
import { DATA, type SourceColumn } from '../source';

/** Rows of numbers, column by column. Missing values are NaN. */
export interface RowSample {
  readonly columns: readonly Float64Array[];
  /** The rows of the sample that are different: those of a sample that are the same were not chosen one by one. */
  readonly different: number;
}

/** At most about this many rows. */
export const SAMPLED_ROWS = 20_000;

/** A sample in which so many rows are the same as another one was not chosen row by row. */
const LEAST_DIFFERENT = 0.9;

/** So many columns are tried first: where they tell rows apart, the others need not be read. */
const TRIED_COLUMNS = 4;

interface Choice {
  /** The condition on a row. */
  readonly where: string;
  readonly rows: number;
  readonly different: number;
}

/**
 * The numbers of all rows; of a larger table, of those whose hashes are small: the same rows in any order of rows and
 * columns and for any number of threads, and the same share of every file. In no order.
 * @returns undefined where there are no rows, and where most repeat others, so that they are not chosen one by one.
 */
export async function sampleRows(
  connection: DuckDBConnection,
  all: readonly SourceColumn[],
  numbers: readonly SourceColumn[],
): Promise<RowSample | undefined> {
  const choice = await chooseRows(connection, all);
  if (choice.rows === 0 || !areChosenSingly(choice)) return undefined;
  const columns = numbers.map(() => new Float64Array(choice.rows));
  const filled = numbers.map(() => 0);
  const values = numbers.map(({ id }) => `coalesce(${id}::DOUBLE, 'nan'::DOUBLE)`);
  // Not as a stream: that has the few rows that are left of each chunk one by one.
  const result = await connection.run(
    `SELECT ${values.join(', ')} FROM ${DATA} WHERE ${choice.where}`,
  );
  await visitNumbers(result, (column, chunk) => {
    const at = filled[column] ?? 0;
    columns[column]?.set(chunk.values, at);
    filled[column] = at + chunk.values.length;
  });
  return { columns, different: choice.different };
}

async function chooseRows(
  connection: DuckDBConnection,
  all: readonly SourceColumn[],
): Promise<Choice> {
  const [rows = 0] = await selectNumbers(connection, DATA, ['count(*)']);
  const level = Math.max(0, Math.ceil(Math.log2((rows ?? 0) / SAMPLED_ROWS)));
  if (level === 0) return { where: 'true', rows: rows ?? 0, different: rows ?? 0 };
  const byName = [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  const few = await chooseBy(connection, columnsToTry(byName), level);
  return few.rows > 0 && areChosenSingly(few) ? few : chooseBy(connection, byName, level);
}

function areChosenSingly({ rows, different }: Choice): boolean {
  return different >= LEAST_DIFFERENT * rows;
}

/** Those first that seldom have the same value twice. */
function columnsToTry(columns: readonly SourceColumn[]): readonly SourceColumn[] {
  const isReal = ({ nativeType }: SourceColumn) => /^(?:DOUBLE|FLOAT)$/.test(nativeType);
  return [...columns.filter(isReal), ...columns.filter((column) => !isReal(column))].slice(
    0,
    TRIED_COLUMNS,
  );
}

async function chooseBy(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  level: number,
): Promise<Choice> {
  const hash = `hash(${columns.map(({ id }) => id).join(', ')})`;
  const where = `${hash} < ${2n ** BigInt(64 - level)}::UBIGINT`;
  const relation = `(SELECT ${hash} AS hash FROM ${DATA} WHERE ${where})`;
  const [rows, different] = await selectNumbers(connection, relation, [
    'count(*)',
    'count(DISTINCT hash)',
  ]);
  return { where, rows: rows ?? 0, different: different ?? 0 };
}

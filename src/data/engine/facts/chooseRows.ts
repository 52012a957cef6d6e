import type { DuckDBConnection } from '@duckdb/node-api';
import { selectNumbers } from '../measure/selectNumbers';
import { DATA, type SourceColumn } from '../source';
import { hashOf, type Repeats } from './countRepeats';

/** The table of chosen rows: the columns under their ids, `n` for how often the row occurs, and `h`, its hash. */
export const CHOSEN = 'chosen';

/** More rows than this tell the strength of an association no better. */
const MOST_ROWS = 30_000;

/** Rows enough for the edges of bins. */
const ROWS_FOR_EDGES = 5000;

export interface ChosenRows {
  /** The condition on rows of the table that leaves enough of them for edges. */
  readonly forEdges: string;
  /** Whether each of them stands for itself alone. */
  readonly single: boolean;
}

/**
 * Makes the table of chosen rows: all different ones, or where they are many, about 30,000 that their hashes choose,
 * each with the number of its rows. So a choice is one of the data, whatever the order of rows and the number of threads.
 */
export async function chooseRows(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  { distinct, single, telling }: Pick<Repeats, 'distinct' | 'single' | 'telling'>,
): Promise<ChosenRows> {
  const oneIn = Math.max(1, Math.ceil(distinct / MOST_ROWS));
  const ids = columns.map(({ id }) => id);
  const where = oneIn === 1 ? '' : `WHERE h % ${oneIn} = 0`;
  // Without repeated rows there is nothing to group, which takes as long as to read them.
  const select = single
    ? `SELECT h, 1 AS n, ${ids.join(', ')}`
    : `SELECT h, count(*) AS n, ${ids.map((id) => `any_value(${id}) AS ${id}`).join(', ')}`;
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE ${CHOSEN} AS ${select}
    FROM (SELECT ${hashOf(telling)} AS h, ${ids.join(', ')} FROM ${DATA}) ${where}
    ${single ? '' : 'GROUP BY h'}`);
  const isPlain = single || (await spreadRows(connection, ids));
  const left = Math.ceil(distinct / oneIn / ROWS_FOR_EDGES);
  return { forEdges: left > 1 ? `(h >> 20) % ${left} = 0` : 'true', single: isPlain };
}

/** Rows that occur several times as so many rows, where these are not too many. @returns whether all stand for one now */
async function spreadRows(connection: DuckDBConnection, ids: readonly string[]): Promise<boolean> {
  const [rows, most] = await selectNumbers(connection, CHOSEN, ['sum(n)', 'max(n)']);
  if ((most ?? 1) <= 1) return true;
  if ((rows ?? 0) > 4 * MOST_ROWS) return false;
  await connection.run(`
    INSERT INTO ${CHOSEN} SELECT h, 1, ${ids.join(', ')} FROM ${CHOSEN}, range(n - 1);
    UPDATE ${CHOSEN} SET n = 1`);
  return true;
}

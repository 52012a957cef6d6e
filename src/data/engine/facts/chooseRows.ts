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
  { distinct, telling }: Pick<Repeats, 'distinct' | 'telling'>,
): Promise<ChosenRows> {
  const oneIn = Math.max(1, Math.ceil(distinct / MOST_ROWS));
  const values = columns.map(({ id }) => `any_value(${id}) AS ${id}`);
  const where = oneIn === 1 ? '' : `WHERE h % ${oneIn} = 0`;
  const ids = columns.map(({ id }) => id).join(', ');
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE ${CHOSEN} AS
    SELECT h, count(*) AS n, ${values.join(', ')}
    FROM (SELECT ${hashOf(telling)} AS h, ${ids} FROM ${DATA}) ${where} GROUP BY h`);
  const left = Math.ceil(distinct / oneIn / ROWS_FOR_EDGES);
  const [most] = await selectNumbers(connection, CHOSEN, ['max(n)']);
  return { forEdges: left > 1 ? `(h >> 20) % ${left} = 0` : 'true', single: most === 1 };
}

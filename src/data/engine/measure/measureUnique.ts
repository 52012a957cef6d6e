import type { DuckDBConnection } from '@duckdb/node-api';
import type { ValueSample } from '../../profile/measures';
import type { ColumnOverview } from './overview';
import { selectNumbers } from './selectNumbers';

/** Whether a column with many values certainly has none twice: counted only where it may number or name the rows. */
export async function measureUnique(
  connection: DuckDBConnection,
  relation: string,
  overview: ColumnOverview,
  { rows, sample }: { readonly rows: number; readonly sample: ValueSample | undefined },
): Promise<boolean> {
  const { column, nulls } = overview;
  if (
    sample === undefined ||
    sample.level === 0 ||
    !sample.entries.every(([, count]) => count === 1)
  )
    return false;
  const values = rows - nulls;
  if (!mayNumberRows(overview, values)) return false;
  const [distinct] = await selectNumbers(connection, relation, [`count(DISTINCT ${column.id})`]);
  return distinct === values;
}

const NAMED_SO = /(^|[_ ])(id|key|index|uuid|guid)$|^Unnamed: /i;

function mayNumberRows({ column, min = 0, max = 0 }: ColumnOverview, values: number): boolean {
  if (column.type === 'string') return NAMED_SO.test(column.name);
  return column.type === 'integer' && (max - min < 2 * values || NAMED_SO.test(column.name));
}

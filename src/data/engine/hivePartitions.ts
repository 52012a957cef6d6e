import { quoteLiteral } from '../../base/escape';
import { decideCsvTypes } from './csvTypes';
import type { Database } from './database';
import { partitionsOf } from './hivePath';
import type { SourceColumn } from './source';

/**
 * The table `partitions` with one row per file: its path as `file`, then the columns `p0`, `p1`, … with the type that
 * all their values have. Undefined where no folder names a partition.
 */
export async function loadPartitions({
  connection,
  files,
}: Database): Promise<readonly SourceColumn[] | undefined> {
  const partitions = files.map(partitionsOf);
  const names = [...new Set(partitions.flatMap((each) => [...each.keys()]))];
  if (names.length === 0) return undefined;
  const columns = names.map((_, index) => `c${index} VARCHAR`);
  await connection.run(`CREATE TEMP TABLE raw (${columns.join(', ')}, file VARCHAR)`);
  const rows = files.map((file, index) => {
    const values = names.map((name) => partitions[index]?.get(name) ?? null);
    return `(${[...values, file.path].map((value) => (value === null ? 'NULL' : quoteLiteral(value))).join(', ')})`;
  });
  await connection.run(`INSERT INTO raw VALUES ${rows.join(', ')}`);
  const { types, expressions } = await decideCsvTypes(connection, names.length);
  const select = expressions.map((each, index) => `${each} AS p${index}`);
  await connection.run(
    `CREATE TEMP TABLE partitions AS SELECT file, ${select.join(', ')} FROM raw; DROP TABLE raw`,
  );
  return names.map((name, index) => ({
    id: `p${index}`,
    name,
    nativeType: types[index] ?? 'VARCHAR',
  }));
}

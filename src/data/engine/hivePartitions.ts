import { quoteLiteral } from '../../base/escape';
import { decideCsvTypes } from './csvTypes';
import type { Database } from './database';
import type { SourceFile } from './engineProtocol';
import { folderOf } from '../../project/files/paths';
import type { SourceColumn } from './source';

/** What Hive writes into a path for a missing value. */
const NULL = '__HIVE_DEFAULT_PARTITION__';

/** The columns that the folders below the dataset's own say: `year=2024/month=1/a.parquet`; null is a missing value. */
export function partitionsOf({ within = '' }: SourceFile): ReadonlyMap<string, string | null> {
  const parts = folderOf(within).split('/');
  return new Map(
    parts.flatMap((part): [string, string | null][] => {
      const equals = part.indexOf('=');
      if (equals < 1) return [];
      const value = decode(part.slice(equals + 1));
      return [[decode(part.slice(0, equals)), value === NULL ? null : value]];
    }),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

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

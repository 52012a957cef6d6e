import { quoteLiteral } from '../../base/escape';
import type { Database } from './database';
import { loadPartitions } from './hivePartitions';
import { inspectFile, problem } from './inspectFile';
import { DATA, describeColumns, readFailure, type SourceColumn } from './source';

/**
 * Parquet is read where it is: every pass reads only its own columns. Columns of several files are matched by name, and
 * folders that name Hive partitions are columns too, in the place of one of the same name in the files.
 */
export async function openParquet(database: Database): Promise<readonly SourceColumn[]> {
  for (const file of database.files) await inspectFile(file, 'parquet');
  const partitions = await loadPartitions(database);
  try {
    return partitions === undefined
      ? await openPlain(database)
      : await openPartitioned(database, partitions);
  } catch (error) {
    throw explainFailure(database, error);
  }
}

async function openPlain({ connection, files }: Database): Promise<readonly SourceColumn[]> {
  const query = `SELECT * FROM ${readParquet(files)}`;
  const columns = await describeColumns(connection, query);
  const ids = columns.map((column) => column.id).join(', ');
  await connection.run(`CREATE TEMP VIEW ${DATA}(${ids}) AS ${query}`);
  return columns;
}

/** A name for the path of a row's file that no column has. */
const FILE = 'ml-preflight/file';

async function openPartitioned(
  { connection, files }: Database,
  partitions: readonly SourceColumn[],
): Promise<readonly SourceColumn[]> {
  const own = await describeColumns(connection, `SELECT * FROM ${readParquet(files)}`);
  const names = new Set(partitions.map(({ name }) => name));
  const kept = own.filter(({ name }) => !names.has(name));
  const columns = [...kept, ...partitions];
  const ids = columns.map((_, index) => `c${index}`);
  const select = [...kept.map(({ id }) => `files.${id}`), ...partitions.map(({ id }) => `p.${id}`)];
  const inFiles = [...own.map(({ id }) => id), 'file'].join(', ');
  await connection.run(
    `CREATE TEMP VIEW ${DATA}(${ids.join(', ')}) AS SELECT ${select.join(', ')}
     FROM (SELECT * FROM ${readParquet(files, `, filename = ${quoteLiteral(FILE)}`)}) AS files(${inFiles})
     JOIN partitions AS p ON p.file = files.file`,
  );
  return columns.map((column, index) => ({ ...column, id: `c${index}` }));
}

function readParquet(files: Database['files'], more = ''): string {
  const paths = files.map((file) => quoteLiteral(file.path)).join(', ');
  return `read_parquet([${paths}], union_by_name = true, hive_partitioning = false${more})`;
}

function explainFailure({ files }: Database, error: unknown) {
  const text = error instanceof Error ? error.message : String(error);
  const file = files.find(({ path }) => text.includes(path)) ?? files[0];
  if (file !== undefined && /encrypt/i.test(text)) {
    return problem(
      file,
      'parquet-encrypted',
      'This Parquet file is encrypted.',
      'Write it without encryption; no keys are read.',
    );
  }
  return readFailure(file, error);
}

import { quoteLiteral } from '../../base/escape';
import type { Database } from './database';
import { inspectFile } from './inspectFile';
import { DATA, describeColumns, readFailure, type SourceColumn } from './source';

/** Parquet is read where it is: every pass reads only its own columns. */
export async function openParquet(database: Database): Promise<readonly SourceColumn[]> {
  for (const file of database.files) await inspectFile(file, 'parquet');
  const files = database.files.map((file) => quoteLiteral(file.path)).join(', ');
  const query = `SELECT * FROM read_parquet([${files}], union_by_name = true, hive_partitioning = false)`;
  try {
    const columns = await describeColumns(database.connection, query);
    const ids = columns.map((column) => column.id).join(', ');
    await database.connection.run(`CREATE TEMP VIEW ${DATA}(${ids}) AS ${query}`);
    return columns;
  } catch (error) {
    throw readFailure(database.files.length === 1 ? database.files[0] : undefined, error);
  }
}

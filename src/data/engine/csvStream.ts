import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { quoteLiteral } from '../../base/escape';
import { explainCsvFailure, isOddLineEnding } from './csvFailure';
import { copyCsv, readCsvSql, type PreparedCsv } from './csvFile';
import { decideCsvTypes } from './csvTypes';
import type { Database } from './database';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';
import { diskFull } from './machineFailure';
import { DATA } from './source';

/** Bytes of text above which the values are kept on the disk, not in memory. */
const LARGE = 256 * 2 ** 20;
/** Compressed text becomes about so many times as large. */
const UNPACKED = 5;

/** Whether text files are read through, and not kept in memory. */
export async function isLarge(files: readonly SourceFile[]): Promise<boolean> {
  let bytes = 0;
  for (const { path, shown } of files) {
    const found = await stat(path).catch(() => undefined);
    bytes += (found?.size ?? 0) * (/\.(?:gz|zst)$/i.test(shown) ? UNPACKED : 1);
  }
  return bytes > LARGE;
}

/**
 * Reads the files through twice: for the types, and to write the values as Parquet into the engine's own folder, of
 * which every later pass reads only its own columns. Memory does not grow with the files.
 * @returns DuckDB's types of the columns
 */
export async function streamCsv(
  database: Database,
  files: readonly PreparedCsv[],
  names: readonly string[],
  decimalComma: boolean,
): Promise<readonly string[]> {
  const { connection, scratch } = database;
  await connection.run(`CREATE OR REPLACE TEMP VIEW raw AS ${unionSql(files, names)}`);
  try {
    const { types, expressions } = await decideCsvTypes(connection, names.length, decimalComma);
    await requireDisk(database);
    const path = quoteLiteral(join(scratch, 'values.parquet'));
    const select = expressions.map((each, index) => `${each} AS c${index}`).join(', ');
    await connection.run(
      `COPY (SELECT ${select} FROM raw) TO ${path} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${rowsOfGroup(names.length)})`,
    );
    await connection.run(`CREATE TEMP VIEW ${DATA} AS SELECT * FROM read_parquet(${path})`);
    return types;
  } catch (error) {
    const file = files.find(({ path }) => String(error).includes(path)) ?? files[0];
    if (error instanceof DataError || file === undefined) throw error;
    if (!isOddLineEnding(file, error)) throw explainCsvFailure(file, error);
    const copy = await copyCsv(database, file);
    const others = files.map((each) => (each === file ? copy : each));
    return streamCsv(database, others, names, decimalComma);
  }
}

function unionSql(files: readonly PreparedCsv[], names: readonly string[]): string {
  return files
    .map((file) => {
      const ids = file.columns.map((name) => `c${names.indexOf(name)}`);
      const select = names.map((name, index) =>
        file.columns.includes(name) ? `c${index}` : `NULL::VARCHAR AS c${index}`,
      );
      return `SELECT ${select.join(', ')} FROM ${readCsvSql(file, ids)}`;
    })
    .join(' UNION ALL ');
}

/** A group of rows is in memory while it is written, one per thread. */
function rowsOfGroup(columns: number): number {
  return Math.max(2048, Math.min(122_880, Math.floor(2_000_000 / columns / 2048) * 2048));
}

/** The values take about as much as the text at most. */
async function requireDisk({ files, scratch }: Database): Promise<void> {
  const { bavail, bsize } = await statfs(scratch);
  const sizes = await Promise.all(files.map(({ path }) => stat(path)));
  if (bavail * bsize > sizes.reduce((sum, { size }) => sum + size, 0)) return;
  throw diskFull(files[0], 'Reading files of this size takes more disk than is free');
}

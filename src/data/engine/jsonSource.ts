import { readFile } from 'node:fs/promises';
import { quoteLiteral } from '../../base/escape';
import type { Database } from './database';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';
import { inspectFile } from './inspectFile';
import { findJsonMistake } from './jsonMistake';
import { DATA, describeColumns, readFailure, type SourceColumn } from './source';

/** JSON Lines, or JSON as an array of records. Types come from every row (`sample_size = -1`), never from a sample. */
export async function loadJson(
  database: Database,
  format: 'json' | 'jsonl',
): Promise<readonly SourceColumn[]> {
  const packed = new Set<string>();
  for (const file of database.files) {
    packed.add((await inspectFile(file, format)).compression ?? 'uncompressed');
  }
  const [compression = 'uncompressed', another] = packed;
  if (another !== undefined) throw mixedCompression(database.files[0]);
  const files = database.files.map((file) => quoteLiteral(file.path)).join(', ');
  const layout = format === 'jsonl' ? 'newline_delimited' : 'auto';
  // Depth 2: the records' own fields get types; what is nested stays JSON.
  const query = `SELECT * FROM read_json([${files}], format = '${layout}', compression = '${compression}', sample_size = -1,
    maximum_depth = 2, map_inference_threshold = -1, union_by_name = true, hive_partitioning = false)`;
  try {
    const columns = await describeColumns(database.connection, query);
    const ids = columns.map((column) => column.id).join(', ');
    await database.connection.run(
      `CREATE TEMP TABLE ${DATA} AS SELECT * FROM (${query}) AS records(${ids})`,
    );
    return columns;
  } catch (error) {
    throw await explainFailure(database.files, format, error);
  }
}

function mixedCompression(file: SourceFile | undefined): DataError {
  return new DataError({
    code: 'compression-mixed',
    message: 'Some of the files are compressed and others are not.',
    ...(file === undefined ? {} : { file: file.shown }),
    fix: 'Compress all of them in the same way.',
  });
}

async function explainFailure(
  files: readonly SourceFile[],
  format: 'json' | 'jsonl',
  error: unknown,
): Promise<DataError> {
  const text = error instanceof Error ? error.message : String(error);
  const file = files.find((each) => text.includes(each.path)) ?? files[0];
  if (file !== undefined && text.includes('maximum_object_size')) return recordTooLong(file);
  const malformed =
    /Malformed JSON.*? in (?:line|record\/value) (\d+): ([^\n]*?)\.? *(?:\n|$)/.exec(text);
  if (malformed === null || file === undefined) return readFailure(file, error);
  const line = format === 'jsonl' ? Number(malformed[1]) : await lineOfMistake(file);
  return new DataError({
    code: 'json-invalid',
    message: `This is not valid JSON: ${malformed[2]}.`,
    file: file.shown,
    ...(line === undefined ? {} : { line }),
    fix: format === 'jsonl' ? 'Write one JSON object per line.' : 'Write an array of objects.',
  });
}

function recordTooLong(file: SourceFile): DataError {
  return new DataError({
    code: 'json-record-too-long',
    message: 'One record of this file is longer than 16 MiB.',
    file: file.shown,
    fix: 'End every record with a line break, or write the data as Parquet.',
  });
}

const LARGEST_TO_REREAD = 64 * 2 ** 20;

/** DuckDB counts records, people count lines. */
async function lineOfMistake(file: SourceFile): Promise<number | undefined> {
  const text = await readFile(file.path, 'utf8');
  const mistake = text.length > LARGEST_TO_REREAD ? undefined : findJsonMistake(text);
  return mistake === undefined ? undefined : text.slice(0, mistake).split('\n').length;
}

import { quoteLiteral } from '../../base/escape';
import { readCsvHeader, type CsvHeader } from './csvHeader';
import { decideCsvTypes } from './csvTypes';
import type { Database } from './database';
import { DataError } from './dataError';
import type { SourceFile } from './engineProtocol';
import { inspectFile, notUtf8, type FileHead } from './inspectFile';
import { DATA, readFailure, type SourceColumn } from './source';

/** What pandas reads as missing, so that the profile sees what the training will see. */
const NULL_WORDS =
  ',#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,None,n/a,nan,null'.split(
    ',',
  );

/**
 * CSV and TSV by RFC 4180. All text is loaded first and the types are decided on every value, so that a type never
 * depends on which rows were looked at. Columns of several files are matched by name.
 */
export async function loadCsv(
  database: Database,
  format: 'csv' | 'tsv',
): Promise<readonly SourceColumn[]> {
  const { connection } = database;
  const names: string[] = [];
  for (const file of database.files) {
    const header = requireHeader(file, await inspectFile(file, format));
    const added = header.columns.filter((name) => !names.includes(name));
    names.push(...added);
    await (names.length === added.length
      ? connection.run(`CREATE TEMP TABLE raw (${names.map(textColumn).join(', ')})`)
      : addColumns(database, names, added.length));
    await loadFile(database, file, header, names);
  }
  const { types, expressions } = await decideCsvTypes(connection, names.length);
  const select = expressions.map((expression, index) => `${expression} AS c${index}`).join(', ');
  await connection.run(`CREATE TEMP TABLE ${DATA} AS SELECT ${select} FROM raw; DROP TABLE raw`);
  return names.map((name, index) => ({
    id: `c${index}`,
    name,
    nativeType: types[index] ?? 'VARCHAR',
  }));
}

function textColumn(_name: string, index: number): string {
  return `c${index} VARCHAR`;
}

async function addColumns(
  { connection }: Database,
  names: readonly string[],
  added: number,
): Promise<void> {
  for (let index = names.length - added; index < names.length; index++) {
    await connection.run(`ALTER TABLE raw ADD COLUMN c${index} VARCHAR`);
  }
}

function requireHeader(file: SourceFile, head: FileHead): CsvHeader {
  const text = head.bytes.toString('utf8').replace(/^\uFEFF/, '');
  const header = readCsvHeader(text, head.wholeFile);
  if (header !== undefined) return header;
  throw new DataError({
    code: 'csv-invalid',
    message: 'The first line has no column names.',
    file: file.shown,
    line: 1,
    fix: 'Write the names of the columns into the first line.',
  });
}

async function loadFile(
  { connection }: Database,
  file: SourceFile,
  header: CsvHeader,
  names: readonly string[],
): Promise<void> {
  const ids = header.columns.map((name) => `c${names.indexOf(name)}`);
  const columns = ids.map((id) => `${id}: 'VARCHAR'`).join(', ');
  try {
    await connection.run(`INSERT INTO raw (${ids.join(', ')}) SELECT * FROM read_csv(
      ${quoteLiteral(file.path)}, columns = {${columns}}, auto_detect = false, header = true,
      delim = ${quoteLiteral(header.delimiter)}, quote = '"', escape = '"', strict_mode = true,
      null_padding = false, encoding = 'utf-8', hive_partitioning = false, max_line_size = 16777216,
      nullstr = [${NULL_WORDS.map(quoteLiteral).join(', ')}])`);
  } catch (error) {
    throw explainFailure(file, error);
  }
}

/** DuckDB's message tells the line; its advice is about its own settings. */
function explainFailure(file: SourceFile, error: unknown): DataError {
  const text = error instanceof Error ? error.message : String(error);
  const line = Number(/CSV Error on Line: (\d+)/.exec(text)?.[1] ?? Number.NaN);
  const where = Number.isNaN(line) ? {} : { line };
  if (text.includes('Invalid unicode')) return notUtf8(file, where.line);
  const widths = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  const invalid = (message: string, fix: string) =>
    new DataError({ code: 'csv-invalid', message, file: file.shown, ...where, fix });
  if (widths !== null) {
    return invalid(
      `This row has ${widths[2]} fields, but the header has ${widths[1]}.`,
      'Quote fields that hold the delimiter, or complete the row.',
    );
  }
  if (text.includes('unterminated quote')) {
    return invalid('A quote is opened here and not closed.', 'Write a quote within a field twice.');
  }
  if (text.includes('invalid state')) {
    return invalid(
      'The line endings or the quotes of this file are not those of a CSV file.',
      'End every line in the same way and quote by RFC 4180.',
    );
  }
  return readFailure(file, error);
}

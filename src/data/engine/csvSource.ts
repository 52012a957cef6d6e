import { copyCsv, prepareCsv, readCsvSql, type PreparedCsv } from './csvFile';
import { decideCsvTypes } from './csvTypes';
import type { Database } from './database';
import { DataError } from './dataError';
import { notUnpacked, notUtf8 } from './inspectFile';
import { DATA, readFailure, type SourceColumn } from './source';

/**
 * CSV and TSV of any dialect, as each file's beginning tells it. All text is loaded first and the types are decided on
 * every value, so that a type never depends on which rows were looked at. Columns of several files are matched by name.
 */
export async function loadCsv(
  database: Database,
  format: 'csv' | 'tsv',
): Promise<readonly SourceColumn[]> {
  const { connection } = database;
  const names: string[] = [];
  let decimalComma = false;
  for (const file of database.files) {
    const prepared = await prepareCsv(database, file, format);
    const added = prepared.columns.filter((name) => !names.includes(name));
    names.push(...added);
    decimalComma ||= prepared.dialect.delimiter === ';';
    await (names.length === added.length
      ? connection.run(`CREATE TEMP TABLE raw (${names.map(textColumn).join(', ')})`)
      : addColumns(database, names, added.length));
    await loadFile(database, prepared, names);
  }
  const { types, expressions } = await decideCsvTypes(connection, names.length, decimalComma);
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

async function loadFile(
  database: Database,
  prepared: PreparedCsv,
  names: readonly string[],
): Promise<void> {
  const ids = prepared.columns.map((name) => `c${names.indexOf(name)}`);
  const load = (from: PreparedCsv) =>
    database.connection.run(
      `INSERT INTO raw (${ids.join(', ')}) SELECT * FROM ${readCsvSql(from, ids)}`,
    );
  try {
    await load(prepared);
  } catch (error) {
    // Line endings may begin to differ far below: what was loaded of the file is gone with the statement.
    if (prepared.isCopy || !String(error).includes('invalid state'))
      throw explainFailure(prepared, error);
    const copy = await copyCsv(database, prepared);
    await load(copy).catch((second: unknown) => {
      throw explainFailure(copy, second);
    });
  }
}

/** DuckDB's message tells the line; its advice is about its own settings. */
function explainFailure({ file, compression }: PreparedCsv, error: unknown): DataError {
  const text = error instanceof Error ? error.message : String(error);
  const line = Number(/CSV Error on Line: (\d+)/.exec(text)?.[1] ?? Number.NaN);
  const where = Number.isNaN(line) ? {} : { line };
  if (text.includes('Invalid unicode')) return notUtf8(file, where.line);
  if (compression !== undefined && /gzip|zstd|decompress/i.test(text))
    return notUnpacked(file, compression, 'the data ends early or is damaged');
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

import { copyCsv, prepareCsv, readCsvSql, type PreparedCsv } from './csvFile';
import { decideCsvTypes } from './csvTypes';
import type { Database } from './database';
import { explainCsvFailure, isOddLineEnding } from './csvFailure';
import { isLarge, streamCsv } from './csvStream';
import { DATA, type SourceColumn } from './source';

/**
 * CSV and TSV of any dialect, as each file's beginning tells it. The types are decided on every value, so that a type
 * never depends on which rows were looked at. Columns of several files are matched by name.
 */
export async function loadCsv(
  database: Database,
  format: 'csv' | 'tsv',
): Promise<readonly SourceColumn[]> {
  const prepared: PreparedCsv[] = [];
  for (const file of database.files) prepared.push(await prepareCsv(database, file, format));
  const names = [...new Set(prepared.flatMap(({ columns }) => columns))];
  const decimalComma = prepared.some(({ dialect }) => dialect.delimiter === ';');
  const types = (await isLarge(database.files))
    ? await streamCsv(database, prepared, names, decimalComma)
    : await keepCsv(database, prepared, names, decimalComma);
  return names.map((name, index) => ({
    id: `c${index}`,
    name,
    nativeType: types[index] ?? 'VARCHAR',
  }));
}

/** All text in a table first, then the values in another. @returns DuckDB's types of the columns */
async function keepCsv(
  database: Database,
  prepared: readonly PreparedCsv[],
  names: readonly string[],
  decimalComma: boolean,
): Promise<readonly string[]> {
  const { connection } = database;
  await connection.run(`CREATE TEMP TABLE raw (${names.map(textColumn).join(', ')})`);
  for (const each of prepared) await loadFile(database, each, names);
  const { types, expressions } = await decideCsvTypes(connection, names.length, decimalComma);
  const select = expressions.map((expression, index) => `${expression} AS c${index}`).join(', ');
  await connection.run(`CREATE TEMP TABLE ${DATA} AS SELECT ${select} FROM raw; DROP TABLE raw`);
  return types;
}

function textColumn(_name: string, index: number): string {
  return `c${index} VARCHAR`;
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
    if (!isOddLineEnding(prepared, error)) throw explainCsvFailure(prepared, error);
    const copy = await copyCsv(database, prepared);
    await load(copy).catch((second: unknown) => {
      throw explainCsvFailure(copy, second);
    });
  }
}

import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDataChunk,
  TIMESTAMP,
  UBIGINT,
  VARCHAR,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBType,
} from '@duckdb/node-api';
import type { Database } from './database';
import { DataError } from './dataError';
import { DATA, readFailure, type SourceColumn } from './source';
import type { Cell, CellType, OpenTable, ReaderColumn, TableReader } from './tableReader';
import { uniqueNames } from './uniqueNames';

const TYPES: Readonly<Record<CellType, DuckDBType>> = {
  BOOLEAN,
  BIGINT,
  UBIGINT,
  DOUBLE,
  DATE,
  TIMESTAMP,
  VARCHAR,
};

/** Rows that DuckDB takes at once. */
const CHUNK = 2048;

/**
 * Reads each file into a table of its own; together they are the relation `data`, whose columns are matched by name. A
 * column that is not the same type everywhere is a number where all of them are, else text.
 * @throws DataError
 */
export async function loadTables(
  database: Database,
  open: OpenTable,
): Promise<readonly SourceColumn[]> {
  const tables: (readonly ReaderColumn[])[] = [];
  for (const [index, file] of database.files.entries()) {
    try {
      tables.push(await loadTable(database.connection, `part${index}`, await open(file)));
    } catch (error) {
      throw error instanceof DataError ? error : readFailure(file, error);
    }
  }
  const names = [...new Set(tables.flatMap((columns) => columns.map(({ name }) => name)))];
  const columns = names.map((name) => commonType(name, tables));
  const selects = tables.map((own, table) => {
    const expressions = columns.map(({ name, type }, index) => {
      const place = own.findIndex((each) => each.name === name);
      return `${place === -1 ? 'NULL' : `c${place}`}::${type} AS c${index}`;
    });
    return `SELECT ${expressions.join(', ')} FROM part${table}`;
  });
  await database.connection.run(`CREATE TEMP VIEW ${DATA} AS ${selects.join(' UNION ALL ')}`);
  return columns.map(({ name, type, nativeType = type }, index) => ({
    id: `c${index}`,
    name,
    nativeType,
  }));
}

/** Reads rows that are of no single file into the relation `data`. */
export async function loadRows(
  { connection }: Database,
  reader: TableReader,
): Promise<readonly SourceColumn[]> {
  const columns = await loadTable(connection, DATA, reader);
  return columns.map(({ name, type, nativeType = type }, index) => ({
    id: `c${index}`,
    name,
    nativeType,
  }));
}

function commonType(name: string, tables: readonly (readonly ReaderColumn[])[]): ReaderColumn {
  const same = tables.flatMap((columns) => columns.filter((column) => column.name === name));
  const [first] = same;
  if (first !== undefined && same.every(({ type }) => type === first.type)) return first;
  const isNumber = same.every(({ type }) => /^(?:U?BIGINT|DOUBLE)$/.test(type));
  return { name, type: isNumber ? 'DOUBLE' : 'VARCHAR' };
}

/** @returns the columns with names that differ */
async function loadTable(
  connection: DuckDBConnection,
  table: string,
  reader: TableReader,
): Promise<readonly ReaderColumn[]> {
  try {
    const names = uniqueNames(reader.columns.map(({ name }) => name));
    const columns = reader.columns.map((column, index) => ({
      ...column,
      name: names[index] ?? column.name,
    }));
    const defined = columns.map(({ type }, index) => `c${index} ${type}`);
    await connection.run(`CREATE TEMP TABLE ${table} (${defined.join(', ')})`);
    const appender = await connection.createAppender(table, 'main', 'temp');
    const types = columns.map(({ type }) => TYPES[type]);
    let waiting: (readonly Cell[])[] = [];
    for await (const batch of reader.batches()) {
      waiting = waiting.length === 0 ? [...batch] : [...waiting, ...batch];
      const whole = waiting.length - (waiting.length % CHUNK);
      appendRows(appender, types, waiting.slice(0, whole));
      waiting = waiting.slice(whole);
    }
    appendRows(appender, types, waiting);
    appender.closeSync();
    return columns;
  } finally {
    await reader.close();
  }
}

function appendRows(
  appender: DuckDBAppender,
  types: readonly DuckDBType[],
  rows: readonly (readonly Cell[])[],
): void {
  for (let start = 0; start < rows.length; start += CHUNK) {
    const some = rows.slice(start, start + CHUNK);
    const chunk = DuckDBDataChunk.create(types, some.length);
    chunk.setRows(some);
    appender.appendDataChunk(chunk);
  }
}

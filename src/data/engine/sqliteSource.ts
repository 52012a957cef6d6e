import { stat } from 'node:fs/promises';
import { quoteLiteral } from '../../base/escape';
import type { SourceFile } from './engineProtocol';
import { problem, readEnds, requireSign } from './inspectFile';
import { quoteIdentifier } from './sqlIdentifier';
import { openSqlite, readsWholeFile, type SqliteDatabase } from './sqliteDatabase';
import { DATE_TYPES, toDate, toTimestamp } from './sqliteTimes';
import type { Cell, CellType, ReaderColumn, TableReader } from './tableReader';

/** Bytes that a database may have where all of it is held in memory. */
const MOST_IN_MEMORY = 512 * 2 ** 20;
const BATCH = 2048;

/** One table of a SQLite file: the one that is meant, or the only one. @throws DataError */
export async function openSqliteTable(file: SourceFile): Promise<TableReader> {
  await inspectSqlite(file);
  let database: SqliteDatabase | undefined;
  try {
    database = await openSqlite(file.path);
    const table = chooseTable(file, database);
    const columns = describeTable(database, table);
    return new SqliteTable(database, table, columns);
  } catch (error) {
    database?.close();
    throw explain(file, error);
  }
}

async function inspectSqlite(file: SourceFile): Promise<void> {
  const { bytes, size } = await readEnds(file);
  requireSign(file, bytes, 'SQLite format 3\0', 'an SQLite database');
  if (bytes.length < 100 || size < recordedSize(bytes)) {
    throw problem(file, 'sqlite-invalid', 'This database is cut off.', 'Write it again.');
  }
  const journal = await stat(`${file.path}-wal`).catch(() => undefined);
  if (journal !== undefined && journal.size > 0) {
    throw problem(
      file,
      'sqlite-in-use',
      'Changes of this database are still in the file beside it that ends with "-wal".',
      'Close the program that writes it, or run "PRAGMA wal_checkpoint(TRUNCATE)".',
    );
  }
  if (readsWholeFile() && size > MOST_IN_MEMORY) {
    throw problem(
      file,
      'sqlite-too-large',
      'This database has more than 512 MiB, and all of it would have to be held in memory.',
      'Write the table as Parquet, or use an editor with Node.js 22.13 or later.',
    );
  }
}

/** In bytes; 0 where an old SQLite left it out. SQLite itself reads what is cut off as zeros. https://sqlite.org/fileformat.html */
function recordedSize(header: Buffer): number {
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const isValid = header.readUInt32BE(24) === header.readUInt32BE(92);
  return isValid ? pageSize * header.readUInt32BE(28) : 0;
}

function chooseTable(file: SourceFile, database: SqliteDatabase): string {
  const tables = [
    ...database.rows(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    ),
  ].map(([name]) => String(name));
  const { member } = file;
  if (member !== undefined && tables.includes(member)) return member;
  const [only, another] = tables;
  if (member === undefined && only !== undefined && another === undefined) return only;
  const listed = tables
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ');
  throw problem(
    file,
    only === undefined ? 'data-empty' : 'table-unknown',
    only === undefined
      ? 'This database has no table.'
      : member === undefined
        ? `This database has several tables: ${listed}.`
        : `This database has no table "${member}", but ${listed}.`,
    only === undefined ? undefined : `Name the table in preflight.yaml: "${file.shown}::${only}".`,
  );
}

/** SQLite's columns have no types of their own: the values tell, all of them. */
function describeTable(database: SqliteDatabase, table: string): readonly ReaderColumn[] {
  const declared = [
    ...database.rows(`SELECT name, type FROM pragma_table_info(${quoteLiteral(table)})`),
  ].map(([name, type]) => ({ name: String(name), declared: String(type).toUpperCase() }));
  return declared.map(({ name, declared: type }) => {
    const column = quoteIdentifier(name);
    const classes = [
      ...database.rows(`SELECT DISTINCT typeof(${column}) FROM ${quoteIdentifier(table)}`),
    ].map(([each]) => String(each));
    const texts = (): Iterable<readonly unknown[]> =>
      database.rows(`SELECT ${column} FROM ${quoteIdentifier(table)} WHERE ${column} IS NOT NULL`);
    return { name, ...typeOf(new Set(classes), type, texts) };
  });
}

function typeOf(
  classes: Set<string>,
  declared: string,
  texts: () => Iterable<readonly unknown[]>,
): { readonly type: CellType; readonly nativeType?: string } {
  classes.delete('null');
  if (classes.has('blob'))
    return classes.size === 1 ? { type: 'VARCHAR', nativeType: 'BLOB' } : { type: 'VARCHAR' };
  if (classes.size === 0) return { type: 'VARCHAR' };
  if (!classes.has('text')) return { type: classes.has('real') ? 'DOUBLE' : 'BIGINT' };
  if (classes.size > 1 || !DATE_TYPES.test(declared)) return { type: 'VARCHAR' };
  const all = (read: (text: string) => unknown): boolean => {
    for (const [text] of texts()) if (read(String(text)) === undefined) return false;
    return true;
  };
  if (all(toDate)) return { type: 'DATE' };
  return { type: all(toTimestamp) ? 'TIMESTAMP' : 'VARCHAR' };
}

class SqliteTable implements TableReader {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly table: string,
    readonly columns: readonly ReaderColumn[],
  ) {}

  async *batches(): AsyncGenerator<readonly (readonly Cell[])[]> {
    const select = this.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
    let batch: Cell[][] = [];
    for (const row of this.database.rows(`SELECT ${select} FROM ${quoteIdentifier(this.table)}`)) {
      batch.push(this.columns.map(({ type }, index) => toCell(row[index] as Stored, type)));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
      // So that a request can be cancelled meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
    }
    yield batch;
  }

  close(): void {
    this.database.close();
  }
}

/** What SQLite can hold. */
type Stored = null | string | number | bigint | Uint8Array;

function toCell(value: Stored, type: CellType): Cell {
  if (value === null) return null;
  if (typeof value === 'bigint' && type === 'BIGINT') return value;
  if (type === 'DOUBLE') return Number(value);
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
  if (type === 'DATE') return toDate(text) ?? null;
  return type === 'TIMESTAMP' ? (toTimestamp(text) ?? null) : text;
}

function explain(file: SourceFile, error: unknown): unknown {
  const text = error instanceof Error ? error.message : String(error);
  if (!/malformed|not a database|disk image|corrupt/i.test(text)) return error;
  return problem(
    file,
    'sqlite-invalid',
    `This database is cut off or damaged: ${text}.`,
    'Write it again.',
  );
}

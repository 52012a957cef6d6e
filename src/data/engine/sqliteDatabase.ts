import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/** One SQLite file, opened for reading by whatever the host has. */
export interface SqliteDatabase {
  /** The rows of a query; integers are bigints. */
  rows(sql: string): Iterable<readonly unknown[]>;
  close(): void;
}

/** What is used of `node:sqlite`, which Node.js has from 22.13 on. https://nodejs.org/api/sqlite.html */
interface NodeSqlite {
  readonly DatabaseSync: new (
    path: string,
    options: { readonly readOnly: boolean },
  ) => {
    prepare(sql: string): {
      setReadBigInts(enabled: boolean): void;
      iterate(): Iterable<Readonly<Record<string, unknown>>>;
    };
    close(): void;
  };
}

/** A file is opened as one that nobody changes, so that nothing is written beside it. */
export async function openSqlite(path: string, library = nodeSqlite()): Promise<SqliteDatabase> {
  if (library === undefined) return openWithWasm(path);
  const url = `${pathToFileURL(path).href}?immutable=1`;
  const database = new library.DatabaseSync(url, { readOnly: true });
  return {
    *rows(sql) {
      const statement = database.prepare(sql);
      statement.setReadBigInts(true);
      for (const row of statement.iterate()) yield Object.values(row);
    },
    close: () => database.close(),
  };
}

function nodeSqlite(): NodeSqlite | undefined {
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown };
  return getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined;
}

async function openWithWasm(path: string): Promise<SqliteDatabase> {
  const { openSqlJs } = await import('./sqlJs');
  const database = await openSqlJs(await readFile(path));
  return {
    *rows(sql) {
      const statement = database.prepare(sql);
      try {
        while (statement.step()) yield statement.get(null, { useBigInt: true });
      } finally {
        statement.free();
      }
    },
    close: () => database.close(),
  };
}

/** Whether all of a file has to fit into memory. */
export function readsWholeFile(): boolean {
  return nodeSqlite() === undefined;
}

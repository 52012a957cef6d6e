import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { extname, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../base/escape';
import type { SourceFile } from './engineProtocol';

/** The files of one dataset in a database, with the relations that are made of them. */
export interface Database {
  /** Its temporary relations are its own. */
  readonly connection: DuckDBConnection;
  /** The files under paths that DuckDB does not take for patterns. */
  readonly files: readonly SourceFile[];
  /** A folder for readable copies, which goes with the database. */
  readonly scratch: string;
}

/** A database in memory that can read its files, its own temporary folder, and nothing else. */
export interface OpenDatabase extends Database {
  /** Other datasets in the same database, in the order that they were named. */
  readonly others: readonly Database[];
  /**
   * Another connection that sees what the database's own sees, so that two queries can run at once; undefined where that
   * is more than views, and where memory is short.
   */
  beside(): Promise<DuckDBConnection | undefined>;
  /** Stops what is running. */
  interrupt(): void;
  close(): Promise<void>;
}

export async function openDatabase(
  files: readonly SourceFile[],
  threads = defaultThreads(),
  temporary = tmpdir(),
  memory = memoryLimit(),
  otherFiles: readonly (readonly SourceFile[])[] = [],
): Promise<OpenDatabase> {
  const folder = await mkdtemp(join(temporary, 'ml-preflight-engine-'));
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const plain = await avoidPatterns(files, folder, 'file');
  const others = await Promise.all(
    otherFiles.map(async (each, index) => {
      const own = join(scratch, `other${index}`);
      await mkdir(own);
      return { files: await avoidPatterns(each, folder, `other${index}`), scratch: own };
    }),
  );
  const allowed = [plain, ...others.map((other) => other.files)].flat();
  const instance = await startInstance(folder, threads, memory);
  const connection = await connect(instance);
  const connected = await Promise.all(
    others.map(async (other) => ({ ...other, connection: await connect(instance) })),
  );
  // Now, because the configuration is locked later.
  const beside = await connect(instance);
  await connection.run(`
    SET allowed_paths = [${allowed.map((file) => quoteLiteral(file.path)).join(', ')}];
    SET allowed_directories = [${quoteLiteral(scratch)}];
    SET enable_external_access = false;
    SET lock_configuration = true;`);
  const connections = [connection, beside, ...connected.map((other) => other.connection)];
  return {
    connection,
    files: plain,
    scratch,
    others: connected,
    beside: async () => {
      // Two readers at once take twice the memory.
      const views = memory > STREAM_MEMORY ? await viewsOf(connection) : undefined;
      if (views === undefined) return undefined;
      for (const view of views) await beside.run(view);
      return beside;
    },
    interrupt: () => {
      for (const each of connections) each.interrupt();
    },
    close: async () => {
      for (const each of connections) each.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startInstance(folder: string, threads: number, memory: number): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${memory}MiB`,
    // The order of rows is a fact about them, and a row is found again by its place.
    preserve_insertion_order: 'true',
    // DuckDB would keep what was read of files a second time, beside the system, up to the whole limit of its memory.
    enable_external_file_cache: String(memory > STREAM_MEMORY),
    temp_directory: join(folder, 'spill'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
}

async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  // How far a query is can only be asked where the bar is on; nothing is printed.
  await connection.run(`
    SET TimeZone = 'UTC';
    SET enable_progress_bar = true;
    SET enable_progress_bar_print = false;`);
  return connection;
}

/** The SQL of a connection's own views in the order that they were made; undefined where it has tables of its own. */
async function viewsOf(connection: DuckDBConnection): Promise<readonly string[] | undefined> {
  const reader = await connection.runAndReadAll(`
    SELECT sql FROM duckdb_views() WHERE temporary AND NOT internal
      AND NOT EXISTS (FROM duckdb_tables() WHERE temporary AND NOT internal)
    ORDER BY view_oid`);
  const views = reader.getRowsJS() as [string][];
  return views.length === 0 ? undefined : views.map(([sql]) => sql);
}

function defaultThreads(): number {
  const cores = availableParallelism();
  return Math.max(Math.min(2, cores), cores - 1);
}

/** In MiB: enough for what is read through, where all of it would take several times its size. */
export const STREAM_MEMORY = 600;

/** In MiB: a quarter of the machine's memory, at most 2 GiB. */
export function memoryLimit(): number {
  return Math.floor(Math.min(2048, totalmem() / 2 ** 20 / 4));
}

/** DuckDB would read `*`, `?` and `[` in a path as a pattern and may find other files. */
function avoidPatterns(
  files: readonly SourceFile[],
  folder: string,
  prefix: string,
): Promise<readonly SourceFile[]> {
  return Promise.all(
    files.map(async (file, index) => {
      if (!/[*?[\]{}]/.test(file.path)) return file;
      const path = join(folder, `${prefix}${index}${extname(file.path)}`);
      await symlink(file.path, path);
      return { ...file, path };
    }),
  );
}

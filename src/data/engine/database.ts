import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { extname, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../base/escape';
import type { SourceFile } from './engineProtocol';

/** A database in memory that can read its files, its own temporary folder, and nothing else. */
export interface Database {
  readonly connection: DuckDBConnection;
  /** The files under paths that DuckDB does not take for patterns. */
  readonly files: readonly SourceFile[];
  /** A folder for readable copies, which goes with the database. */
  readonly scratch: string;
  close(): Promise<void>;
}

export async function openDatabase(
  files: readonly SourceFile[],
  threads = defaultThreads(),
  temporary = tmpdir(),
  memory = memoryLimit(),
): Promise<Database> {
  const folder = await mkdtemp(join(temporary, 'ml-preflight-engine-'));
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const plain = await Promise.all(files.map((file, index) => avoidPattern(file, folder, index)));
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${memory}MiB`,
    preserve_insertion_order: 'false',
    temp_directory: join(folder, 'spill'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`
    SET TimeZone = 'UTC';
    SET allowed_paths = [${plain.map((file) => quoteLiteral(file.path)).join(', ')}];
    SET allowed_directories = [${quoteLiteral(scratch)}];
    SET enable_external_access = false;
    SET lock_configuration = true;`);
  return {
    connection,
    files: plain,
    scratch,
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
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
async function avoidPattern(file: SourceFile, folder: string, index: number): Promise<SourceFile> {
  if (!/[*?[\]{}]/.test(file.path)) return file;
  const path = join(folder, `${index}${extname(file.path)}`);
  await symlink(file.path, path);
  return { ...file, path };
}

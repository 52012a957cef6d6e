import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import type { EngineCommand } from './engineCommand';

/** What the data engine needs on this machine, as its files tell it. */
export interface EngineInstallation {
  /** Of DuckDB: `1.5.5`. */
  readonly version: string;
  /** The native library, absolute. */
  readonly library: string;
}

/** Looks for the engine and the native library of this platform; nothing is loaded. Problem `engine-missing`. */
export function inspectEngine({ file }: EngineCommand): Result<EngineInstallation> {
  if (!existsSync(file)) return failed(missing(`${file} is not there`));
  const platform = `${process.platform}-${process.arch}`;
  try {
    const fromEngine = createRequire(file);
    const api = fromEngine.resolve('@duckdb/node-api');
    const fromApi = createRequire(api);
    const bindings = dirname(fromApi.resolve('@duckdb/node-bindings'));
    for (const name of [platform, `${platform}-musl`]) {
      const folder = join(bindings, '..', `node-bindings-${name}`);
      const library = existsSync(folder) ? readdirSync(folder).find(isLibrary) : undefined;
      if (library === undefined || !existsSync(join(folder, 'duckdb.node'))) continue;
      return ok({ version: versionIn(folder), library: join(folder, library) });
    }
  } catch (error) {
    return failed(missing((error as Error).message.split('\n')[0] ?? ''));
  }
  return failed(missing(`there is no native library for ${platform}`));
}

function isLibrary(name: string): boolean {
  return /^(?:lib)?duckdb\.(?:so|dylib|dll)$/.test(name);
}

/** The release of the package is that of DuckDB with the package's own after it: `1.5.5-r.5`. */
function versionIn(folder: string): string {
  const { version }: { readonly version?: unknown } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return String(version).replace(/-.*$/, '');
}

function missing(why: string): Problem {
  return {
    code: 'engine-missing',
    message: `DuckDB cannot start: ${why}.`,
    fix: `Install the package of ML Preflight for ${process.platform}-${process.arch}.`,
  };
}

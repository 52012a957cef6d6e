import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { findExecutable, isExecutable, searchPath } from './findExecutable';

/** The Python environment that a project's stages run in. All paths are absolute. */
export interface PythonEnvironment {
  /** The interpreter. */
  readonly python: string;
  /** The folder that comes first on PATH. */
  readonly bin: string;
  /** The folder that the environment is in. */
  readonly prefix: string;
  readonly kind: 'venv' | 'conda' | 'system';
  /** Where it was found, in words: `VIRTUAL_ENV`, `.venv in the project`. */
  readonly evidence: string;
}

const FOLDER_NAMES = ['.venv', 'venv', 'env'] as const;

/**
 * The environment that a person at a prompt in this project would use: the selected interpreter
 * (ML_PREFLIGHT_PYTHON), the activated environment, a folder of the project or above it up to the repository's
 * root, conda's, else the python3 of PATH. Nothing is executed.
 */
export async function findPythonEnvironment(
  projectRoot: string,
  env: NodeJS.ProcessEnv,
): Promise<PythonEnvironment | undefined> {
  return (
    (await fromInterpreter(env['ML_PREFLIGHT_PYTHON'], 'ML_PREFLIGHT_PYTHON')) ??
    (await fromFolder(env['VIRTUAL_ENV'], 'VIRTUAL_ENV')) ??
    (await fromProject(resolve(projectRoot))) ??
    (await fromFolder(env['CONDA_PREFIX'], 'CONDA_PREFIX')) ??
    (await fromInterpreter(await findOnPath(env), 'PATH'))
  );
}

async function fromInterpreter(
  python: string | undefined,
  evidence: string,
): Promise<PythonEnvironment | undefined> {
  if (python === undefined || python === '' || !(await isExecutable(python))) return undefined;
  const bin = dirname(resolve(python));
  const prefix = ['bin', 'Scripts'].includes(basename(bin)) ? dirname(bin) : bin;
  return { python: resolve(python), bin, prefix, kind: await kindOf(prefix), evidence };
}

/** Interpreters in `bin` (POSIX), `Scripts` (Windows), or the folder itself (conda on Windows). */
async function fromFolder(
  prefix: string | undefined,
  evidence: string,
): Promise<PythonEnvironment | undefined> {
  if (prefix === undefined || prefix === '') return undefined;
  const bins =
    process.platform === 'win32' ? [join(prefix, 'Scripts'), prefix] : [join(prefix, 'bin')];
  return fromInterpreter(await findPython(bins), evidence);
}

async function fromProject(projectRoot: string): Promise<PythonEnvironment | undefined> {
  for (const folder of await foldersUpToRepository(projectRoot)) {
    for (const name of FOLDER_NAMES) {
      const place = folder === projectRoot ? 'the project' : folder;
      const found = await fromFolder(join(folder, name), `${name} in ${place}`);
      // A folder that is merely called `env` is no environment.
      if (found !== undefined && found.kind !== 'system') return found;
    }
  }
  return undefined;
}

/** The folder alone where it is in no repository: what is above it then belongs to others. */
async function foldersUpToRepository(folder: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let current = folder; ; current = dirname(current)) {
    folders.push(current);
    if (await exists(join(current, '.git'))) return folders;
    if (dirname(current) === current) return [folder];
  }
}

async function kindOf(prefix: string): Promise<PythonEnvironment['kind']> {
  if (await exists(join(prefix, 'pyvenv.cfg'))) return 'venv';
  return (await exists(join(prefix, 'conda-meta'))) ? 'conda' : 'system';
}

async function findOnPath(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return findPython(searchPath(env));
}

async function findPython(folders: readonly string[]): Promise<string | undefined> {
  return (await findExecutable('python3', folders)) ?? (await findExecutable('python', folders));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

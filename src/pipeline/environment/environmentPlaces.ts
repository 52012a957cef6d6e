import { dirname, join } from 'node:path';
import { findStateFolder } from '../../git/stateFolder';
import { readEditorSelection } from './editorSelection';
import type { EnvironmentHost } from './environmentHost';
import { OTHER_MANAGERS, PROJECT_MANAGERS } from './environmentManagers';
import type { EnvironmentManager, EnvironmentPlace } from './environmentPlace';
import { searchPath } from './findExecutable';
import { findPythonIn } from './inspectEnvironment';
import { pyenvPlaces, pyenvRoot } from './managers/pyenv';
import { exists } from './readSmallFile';

const FOLDER_NAMES = ['.venv', 'venv', 'env', '.conda', 'envs'] as const;

/** Every place that a project's environment may be in, in the order that `findPythonEnvironments` explains. */
export async function* environmentPlaces(
  projectRoot: string,
  host: EnvironmentHost,
): AsyncGenerator<EnvironmentPlace> {
  const { env } = host;
  const explicit = env['ML_PREFLIGHT_PYTHON'];
  if (explicit) {
    yield { owner: 'variable', evidence: 'ML_PREFLIGHT_PYTHON', path: explicit, bare: true };
  }
  const atPrompt = activatedPlaces(env);
  const inEditor = await editorPlaces(projectRoot);
  yield* isStartedByEditor(env) ? [...inEditor, ...atPrompt] : [...atPrompt, ...inEditor];
  for (const folder of await foldersUpToRepository(projectRoot)) {
    const place = folder === projectRoot ? 'the project' : folder;
    yield* managedPlaces(PROJECT_MANAGERS, folder, place, host);
    for (const name of FOLDER_NAMES) {
      yield { owner: 'folder', evidence: `${name} in ${place}`, path: join(folder, name) };
    }
    yield* managedPlaces(OTHER_MANAGERS, folder, place, host);
  }
  yield* await pyenvPlaces(projectRoot, host, false);
  const base = env['CONDA_PREFIX'];
  if (base) yield { owner: 'activated', evidence: 'CONDA_PREFIX', path: base };
  yield* pathPlaces(projectRoot, host);
}

/** The editor's git extension sets it for every git that it starts, and so for the hooks; a terminal never has it. */
function isStartedByEditor(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env['VSCODE_GIT_COMMAND']);
}

/** Conda's base environment is active in every shell of most who have conda: that says nothing. */
function activatedPlaces(env: NodeJS.ProcessEnv): readonly EnvironmentPlace[] {
  const { VIRTUAL_ENV: venv, CONDA_PREFIX: conda, CONDA_DEFAULT_ENV: name } = env;
  const isBase = name === undefined || name === '' || name === 'base';
  return [
    ...(venv ? [{ owner: 'activated', evidence: 'VIRTUAL_ENV', path: venv } as const] : []),
    ...(conda && !isBase
      ? [{ owner: 'activated', evidence: 'CONDA_PREFIX', path: conda } as const]
      : []),
  ];
}

async function editorPlaces(projectRoot: string): Promise<readonly EnvironmentPlace[]> {
  const selection = await readEditorSelection(await findStateFolder(projectRoot));
  if (selection === undefined) return [];
  const evidence = `selected in the editor (${selection.by})`;
  return [{ owner: 'editor', evidence, path: selection.python, bare: true }];
}

async function* managedPlaces(
  managers: readonly EnvironmentManager[],
  folder: string,
  place: string,
  host: EnvironmentHost,
): AsyncGenerator<EnvironmentPlace> {
  for (const manager of managers) yield* await manager.places(folder, place, host);
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

/** pyenv's commands on PATH are scripts that choose; what they would choose is the environment. */
async function* pathPlaces(
  projectRoot: string,
  host: EnvironmentHost,
): AsyncGenerator<EnvironmentPlace> {
  const shims = join(pyenvRoot(host), 'shims');
  for (const folder of searchPath(host.env)) {
    const python = await findPythonIn([folder]);
    if (python === undefined) continue;
    if (folder === shims) yield* await pyenvPlaces(projectRoot, host, true);
    else return yield { owner: 'path', evidence: 'PATH', path: python, bare: true };
  }
}

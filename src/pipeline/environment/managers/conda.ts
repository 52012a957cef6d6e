import { basename, delimiter, dirname, join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { expandHome, type EnvironmentHost } from '../environmentHost';
import type { EnvironmentManager } from '../environmentPlace';
import { isFolder, readSmallFile } from '../readSmallFile';
import { textAt, valueAt } from '../tomlFile';

const FILES = ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml'] as const;

/**
 * conda, mamba, micromamba: the environment that `environment.yml` names, in one of their folders.
 * https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html
 */
export const condaManager: EnvironmentManager = {
  async places(folder, place, host) {
    for (const file of FILES) {
      const text = await readSmallFile(join(folder, file));
      const described = text === undefined ? undefined : readYaml(text);
      const path = await locate(described, host);
      if (path === undefined) continue;
      const evidence = `${file} in ${place}`;
      return [{ owner: 'conda', evidence, path, create: `conda env create -f ${file}` }];
    }
    return [];
  },
};

function readYaml(text: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

/** Where the environment is, else where conda would make it. */
async function locate(described: unknown, host: EnvironmentHost): Promise<string | undefined> {
  const prefix = textAt(described, 'prefix');
  const name = textAt(described, 'name') ?? (prefix === undefined ? undefined : basename(prefix));
  // The name comes from a file of the repository: it is a name, and no way out of the folder.
  if (name === undefined || /[/\\]|^\.\.?$/.test(name)) return undefined;
  const folders = await environmentFolders(host);
  const known = await listedPrefixes(host);
  const candidates = [
    ...folders.map((folder) => join(folder, name)),
    ...known.filter((path) => basename(path) === name && basename(dirname(path)) === 'envs'),
  ];
  for (const path of candidates) if (await isFolder(path)) return path;
  return candidates[0] ?? join(host.home, '.conda', 'envs', name);
}

/** Every environment that conda ever made for this person. */
async function listedPrefixes({ home }: EnvironmentHost): Promise<readonly string[]> {
  const text = await readSmallFile(join(home, '.conda', 'environments.txt'));
  return (text ?? '').split(/\r?\n/).filter((line) => line !== '');
}

/** The folders of named environments, those that the person configured first; only those that exist. */
async function environmentFolders(host: EnvironmentHost): Promise<readonly string[]> {
  const { env, home } = host;
  const text = await readSmallFile(join(home, '.condarc'));
  const listed = valueAt(text === undefined ? undefined : readYaml(text), 'envs_dirs');
  const configured = [
    ...[env['CONDA_ENVS_PATH'], env['CONDA_ENVS_DIRS']].flatMap(
      (paths) => paths?.split(delimiter) ?? [],
    ),
    ...(Array.isArray(listed) ? listed.map(String) : []),
  ].filter(Boolean);
  const folders = [
    ...configured.map((path) => expandHome(path, host)),
    ...installations(host).map((root) => join(root, 'envs')),
    join(home, '.conda', 'envs'),
  ];
  const found: string[] = [];
  for (const folder of new Set(folders)) if (await isFolder(folder)) found.push(folder);
  return found;
}

/** Where conda, mamba and micromamba are installed by their installers. */
function installations({ env, home }: EnvironmentHost): readonly string[] {
  const executable = env['CONDA_EXE'];
  const names = ['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge', 'micromamba'];
  return [
    ...(executable ? [dirname(dirname(executable))] : []),
    ...(env['MAMBA_ROOT_PREFIX'] ? [env['MAMBA_ROOT_PREFIX']] : []),
    ...names.map((name) => join(home, name)),
    join(home, '.local', 'share', 'mamba'),
    ...['conda', 'miniconda3', 'anaconda3', 'miniforge3', 'mambaforge'].map((name) =>
      join('/opt', name),
    ),
  ];
}

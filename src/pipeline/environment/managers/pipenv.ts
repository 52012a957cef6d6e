import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { expandHome, type EnvironmentHost } from '../environmentHost';
import type { EnvironmentManager, EnvironmentPlace } from '../environmentPlace';
import { exists, isFolder, readSmallFile } from '../readSmallFile';
import { readToml, valueAt } from '../tomlFile';

/**
 * Pipenv: `.venv` in the project where that is wanted or there, unless one of its own folder exists:
 * `<WORKON_HOME>/<folder>-<hash of the Pipfile's path>`.
 * https://pipenv.pypa.io/en/latest/virtualenv.html, and `VenvLocator` in its source.
 */
export const pipenvManager: EnvironmentManager = {
  async places(folder, place, host) {
    const pipfile = join(folder, 'Pipfile');
    if (!(await exists(pipfile))) return [];
    const here = { evidence: `Pipfile in ${place}`, create: 'pipenv install' };
    const path = await locate(folder, pipfile, host);
    return [{ owner: 'pipenv', ...here, path } satisfies EnvironmentPlace];
  },
};

async function locate(folder: string, pipfile: string, host: EnvironmentHost): Promise<string> {
  const own = join(folder, '.venv');
  const home = workonHome(host);
  const shared = join(home, pipenvEnvironmentName(pipfile, host.env));
  const wanted = await isWantedInProject(pipfile, host.env);
  if (await isFolder(own)) {
    if (wanted === false) return shared;
    return wanted === true || !(await isFolder(shared)) ? own : shared;
  }
  // A file names the environment: a path, or a folder of WORKON_HOME.
  const named = (await readSmallFile(own))?.trim();
  if (named) return /[/\\]/.test(named) ? resolve(folder, named) : join(home, named);
  return wanted === true && named === undefined ? own : shared;
}

/** Undefined where nothing says so. */
async function isWantedInProject(
  pipfile: string,
  env: NodeJS.ProcessEnv,
): Promise<boolean | undefined> {
  const variable = env['PIPENV_VENV_IN_PROJECT'];
  if (variable) return !/^(?:0|false|no|off)$/i.test(variable);
  const setting = valueAt(await readToml(pipfile), 'pipenv', 'venv_in_project');
  return setting === undefined ? undefined : setting === true;
}

/** Where pipenv and virtualenvwrapper keep environments. */
export function workonHome(host: EnvironmentHost): string {
  const named = host.env['WORKON_HOME'];
  if (named) return expandHome(named, host);
  if (process.platform === 'win32') return join(host.home, '.virtualenvs');
  return join(host.env['XDG_DATA_HOME'] || join(host.home, '.local/share'), 'virtualenvs');
}

/** `my-project-wyUfYPqE`; PIPENV_CUSTOM_VENV_NAME and PIPENV_PYTHON change it. */
export function pipenvEnvironmentName(pipfile: string, env: NodeJS.ProcessEnv): string {
  const custom = env['PIPENV_CUSTOM_VENV_NAME'];
  if (custom) return custom;
  const name = basename(resolve(pipfile, '..'));
  const clean = name.replace(/[ &$`!*@"()[\]\\\r\n\t]/g, '_').slice(0, 42);
  const digest = createHash('sha256').update(pipfile).digest().subarray(0, 6);
  const python = env['PIPENV_PYTHON'];
  const suffix = python ? `-${basename(python)}` : '';
  return `${clean}-${digest.toString('base64url')}${suffix}`;
}

import { basename, delimiter, dirname } from 'node:path';
import { pathName } from './findExecutable';
import type { PythonEnvironment } from './pythonEnvironment';

/** The variables that a stage sees: as after activating its Python environment. */
export function stageEnvironment(
  environment: PythonEnvironment | undefined,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const {
    // That of the editor's own processes makes every Electron program a Node.
    ELECTRON_RUN_AS_NODE: _node,
    ...inherited
  } = env;
  const own = { ...inherited, PYTHONUNBUFFERED: '1', DVC_NO_ANALYTICS: '1' };
  if (environment === undefined) return own;
  const { PYTHONHOME: _home, VIRTUAL_ENV: _active, ...rest } = own as NodeJS.ProcessEnv;
  const path = pathName(env);
  return { ...rest, ...activation(environment, env[path] ?? '', path) };
}

/**
 * What activating an environment sets. A Python that PATH leads to anyway leaves PATH alone: `/usr/bin` in front would
 * hide the other programs that the person has put before it.
 * @param searched what PATH is without the environment
 */
export function activation(
  { bin, prefix, kind, isOnPath }: PythonEnvironment,
  searched: string,
  pathVariable: string,
): Readonly<Record<string, string>> {
  const folders = [bin, ...searched.split(delimiter).filter(Boolean)];
  const path = isOnPath === true ? {} : { [pathVariable]: folders.join(delimiter) };
  switch (kind) {
    case 'venv':
      return { ...path, VIRTUAL_ENV: prefix };
    case 'conda':
      return { ...path, CONDA_PREFIX: prefix, CONDA_DEFAULT_ENV: condaName(prefix) };
    case 'system':
      return path;
  }
}

/** As conda itself has it: the name of one in a folder of environments, else the whole way. */
function condaName(prefix: string): string {
  return basename(dirname(prefix)) === 'envs' ? basename(prefix) : prefix;
}

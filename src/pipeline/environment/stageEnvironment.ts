import { delimiter } from 'node:path';
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
  return {
    ...rest,
    [path]: [environment.bin, ...(env[path] ?? '').split(delimiter).filter(Boolean)].join(
      delimiter,
    ),
    ...(environment.kind === 'venv' ? { VIRTUAL_ENV: environment.prefix } : {}),
    ...(environment.kind === 'conda' ? { CONDA_PREFIX: environment.prefix } : {}),
  };
}

import { resolve } from 'node:path';
import type { Problem } from '../../base/problem';
import { hostOf } from './environmentHost';
import type { EnvironmentOwner } from './environmentPlace';
import { environmentPlaces } from './environmentPlaces';
import { inspectEnvironment } from './inspectEnvironment';
import type { PythonEnvironment } from './pythonEnvironment';

/** One environment that was found, or that should have been there. */
export type EnvironmentCandidate = {
  readonly owner: EnvironmentOwner;
  /** Everything that leads to it, the weightiest first. */
  readonly evidence: readonly string[];
} & (
  | { readonly usable: true; readonly environment: PythonEnvironment }
  | { readonly usable: false; readonly problem: Problem }
);

/**
 * Every Python environment that a project's stages could run in, the chosen one first among the usable. Nothing is
 * executed. What comes first wins:
 *
 * 1. `ML_PREFLIGHT_PYTHON`: said for this command. The editor's own runs set it.
 * 2. The activated environment (`VIRTUAL_ENV`, then `CONDA_PREFIX` unless it is conda's base): a person at a prompt has
 *    just said so.
 * 3. What is selected in the editor, which keeps it in the project's state folder. A git that the editor's Source
 *    Control started looks at this before 2: what is activated there is from the shell that the editor was started in,
 *    which nobody sees any more. So the hook uses what the editor shows (microsoft/vscode-python#10165).
 * 4. In the project's folder, then in each one above it up to the root of the repository:
 *    a. what the tool of the project's files would use: pixi, poetry, pipenv, uv, each by its own rule;
 *    b. an environment in `.venv`, `venv`, `env`, `.conda` or `envs`;
 *    c. that of hatch, of conda's `environment.yml`, of virtualenvwrapper.
 * 5. The version, or the environment, that pyenv's `.python-version` names.
 * 6. An active conda base.
 * 7. The first `python3` or `python` of PATH; of pyenv's commands, what they would start.
 *
 * A place without an environment that starts is passed over, and says why: a run with another environment is seen to
 * fail by its imports, and Doctor tells what was passed over.
 */
export async function findPythonEnvironments(
  projectRoot: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly EnvironmentCandidate[]> {
  const candidates = new Map<string, EnvironmentCandidate>();
  for await (const place of environmentPlaces(resolve(projectRoot), hostOf(env))) {
    const inspected = await inspectEnvironment(place);
    const { owner, evidence } = place;
    // A folder that is merely called `env` is no environment.
    const isWorthAWord = owner !== 'folder' || inspected.ok || inspected.problem.code !== MISSING;
    if (!isWorthAWord) continue;
    const key = inspected.ok ? inspected.value.python : place.path;
    const known = candidates.get(key);
    const outcome = inspected.ok
      ? { usable: true as const, environment: inspected.value }
      : { usable: false as const, problem: inspected.problem };
    const all = [...new Set([...(known?.evidence ?? []), evidence])];
    candidates.set(key, known ? { ...known, evidence: all } : { owner, evidence: all, ...outcome });
  }
  return [...candidates.values()];
}

const MISSING = 'environment-missing';

/** The environment that a project's stages run in, by the same rules; undefined where the machine has no Python. */
export async function findPythonEnvironment(
  projectRoot: string,
  env: NodeJS.ProcessEnv,
): Promise<PythonEnvironment | undefined> {
  for await (const place of environmentPlaces(resolve(projectRoot), hostOf(env))) {
    const inspected = await inspectEnvironment(place);
    if (inspected.ok) return inspected.value;
  }
  return undefined;
}

/** The one of these that stages run in. */
export function chosenEnvironment(
  candidates: readonly EnvironmentCandidate[],
): PythonEnvironment | undefined {
  for (const candidate of candidates) if (candidate.usable) return candidate.environment;
  return undefined;
}

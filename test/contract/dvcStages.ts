import { join, relative } from 'node:path';
import { compareCodeUnits } from '../../src/base/canonicalJson';
import { isRemote } from '../../src/pipeline/dvc/dvcPaths';
import type { Project, Stage } from '../../src/project/project';
import { readOutput } from '../harness/childProcess';

/** All that DVC says of a stage, with paths relative to the root, which can lead out of it. */
export interface ResolvedStage {
  readonly id: string;
  readonly cmd: string | readonly string[];
  readonly cwd: string;
  readonly deps: readonly string[];
  readonly outs: readonly string[];
  /** Outputs that stay out of its cache. */
  readonly uncached: readonly string[];
  /** `file:key`, or `file:` for all of it. */
  readonly params: readonly string[];
  readonly frozen: boolean;
  readonly always: boolean;
}

const STAGES = `
import json, os
from dvc.repo import Repo
from dvc.dependency import ParamsDependency
repo = Repo(".")
rel = lambda item: os.path.relpath(item.fs_path) if item.is_in_repo or item.protocol == "local" else item.def_path
print(json.dumps([{
  "id": stage.addressing, "cmd": stage.cmd, "cwd": os.path.relpath(stage.wdir),
  "deps": sorted(rel(dep) for dep in stage.deps if not isinstance(dep, ParamsDependency)),
  "outs": sorted(rel(out) for out in stage.outs),
  "uncached": sorted(rel(out) for out in stage.outs if not out.use_cache),
  "params": sorted({f"{rel(dep)}:{key}" for dep in stage.deps if isinstance(dep, ParamsDependency)
    for key in dep.params or [""]}),
  "frozen": bool(stage.frozen), "always": bool(stage.always_changed),
} for stage in sorted(repo.index.stages, key=lambda stage: stage.addressing) if not stage.path.endswith(".dvc")]))
`;

/** The names of the stages as DVC lists them, sorted; what `.dvc` files track is left out. */
export async function listDvcStages(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const words = ['stage', 'list', '--all', '--name-only'];
  const names = (await readOutput('dvc', words, { cwd: root, env })).split('\n');
  return names.filter((name) => name !== '' && !name.endsWith('.dvc')).sort(compareCodeUnits);
}

/** Every stage as DVC resolves it, sorted by id. Rejects with DVC's own words where it refuses the project. */
export async function readDvcStages(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly ResolvedStage[]> {
  const text = await readOutput('python', ['-c', STAGES], { cwd: root, env });
  return JSON.parse(text) as readonly ResolvedStage[];
}

/** The same by our detection. */
export function readOwnStages({ root, stages }: Project): readonly ResolvedStage[] {
  return stages
    .filter(({ tool }) => tool === 'dvc')
    .sort((a, b) => compareCodeUnits(a.id, b.id))
    .map((stage) => resolveStage(stage, root));
}

function resolveStage(stage: Stage, root: string): ResolvedStage {
  const outside = (path: string): string => {
    if (isRemote(path)) return path;
    return path.startsWith('/') ? relative(root, path) : join(stage.cwd, path);
  };
  return {
    id: stage.id,
    cmd:
      stage.recordedCommand === undefined
        ? stage.command
        : (JSON.parse(stage.recordedCommand) as string | readonly string[]),
    cwd: stage.cwd,
    deps: [...stage.dependencies, ...(stage.outside ?? []).map(outside)].sort(),
    outs: [...stage.outputs].sort(),
    uncached: [...(stage.uncached ?? [])].sort(),
    params: stage.parameters.map((name) => (name.includes(':') ? name : `${name}:`)).sort(),
    frozen: stage.frozen === true,
    always: stage.alwaysRuns === true,
  };
}

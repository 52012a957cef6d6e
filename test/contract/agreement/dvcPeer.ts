import { isDeepStrictEqual } from 'node:util';
import type { Project } from '../../../src/project/project';
import {
  changesOfDvc,
  readDvcStatus,
  readOwnChanges,
  type Changes,
  type DvcStatus,
} from '../dvcChanges';
import { listDvcStages, readDvcStages, readOwnStages, type ResolvedStage } from '../dvcStages';
import type { Compared, Peer } from './peer';

/**
 * DVC. Its status is of each stage by itself: what only an upstream stage blocks is not in it. Compared besides the
 * names: everything of a stage, and what has changed of it.
 */
export const dvcPeer: Peer = {
  tool: 'dvc',
  nameOf: ({ id }) => id,
  nameStages: (project) => readOwnStages(project).map(({ id }) => id),
  listStages: ({ root }, env) => listDvcStages(root, env),
  nameStale: async (project, state) => Object.keys(await readOwnChanges(project, state)),
  listStale: async (project, env) => Object.keys(await readStatusOnce(project, env)),
  compareMore: async (project, state, env) => {
    const [own, theirs] = [readOwnStages(project), await readDvcStages(project.root, env)];
    const changes = await readOwnChanges(project, state);
    const dvcChanges = changesOfDvc(await readStatusOnce(project, env), changes);
    return [
      ...describeStages(own, theirs),
      { what: 'change', ours: listChanges(changes), theirs: listChanges(dvcChanges) },
    ];
  },
};

const known = new WeakMap<Project, Promise<DvcStatus>>();

function readStatusOnce(project: Project, env: NodeJS.ProcessEnv): Promise<DvcStatus> {
  const { root } = project;
  const status =
    known.get(project) ?? listDvcStages(root, env).then((names) => readDvcStatus(root, names, env));
  known.set(project, status);
  return status;
}

/** Only of stages that both have. */
function describeStages(
  ours: readonly ResolvedStage[],
  theirs: readonly ResolvedStage[],
): readonly Compared[] {
  const [own, other] = [byId(ours), byId(theirs)];
  const both = ours.filter(({ id }) => other.has(id)).map(({ id }) => id);
  const list = (stages: ReadonlyMap<string, ResolvedStage>): readonly string[] =>
    both.flatMap((id) =>
      Object.entries(stages.get(id) ?? {}).map(
        ([part, value]) => `${id} ${part} ${JSON.stringify(value)}`,
      ),
    );
  return isDeepStrictEqual(ours, theirs)
    ? []
    : [{ what: 'part', ours: list(own), theirs: list(other) }];
}

function byId(stages: readonly ResolvedStage[]): ReadonlyMap<string, ResolvedStage> {
  return new Map(stages.map((stage) => [stage.id, stage]));
}

function listChanges(changes: Changes): readonly string[] {
  return Object.entries(changes).flatMap(([id, lines]) => lines.map((line) => `${id} ${line}`));
}

import { formatProblem } from '../../base/problem';
import type { Project, Stage } from '../../project/project';
import { orderStages } from '../graph/graph';
import type { OwnStatus } from './ownStatus';
import { readOwnStatus } from './readOwnStatus';
import { buildGraph } from '../graph/stageGraph';
import type { StageState, StageStatus } from './stageStatus';
import { openSources, type StatusSources } from './statusSources';
import { stageToolOf } from '../tools/stageTools';

/**
 * The status of every stage, in the order of the project, read from files alone: no tool is started, no lock is
 * taken. Two reasons to be not fresh are told apart: a stage's own (`stale`) and its upstream's (`blocked`).
 * @param stateFolder the run ledger and the hash cache
 */
export async function readStatus(
  project: Project,
  stateFolder: string,
): Promise<readonly StageStatus[]> {
  const sources = await openSources(project.root, stateFolder);
  const own = new Map<string, OwnStatus>();
  for (const stage of project.stages) own.set(stage.id, await readOwnStatus(stage, sources));
  await withholdFresh(project, own, sources);
  sources.hashes.forgetUnused();
  await sources.hashes.save();
  return joinStatus(project.stages, own);
}

/** Calls no stage fresh whose tool refuses the project: it says nothing of its stages then. */
async function withholdFresh(
  project: Project,
  own: Map<string, OwnStatus>,
  sources: StatusSources,
): Promise<void> {
  const refusals = new Map<Stage['tool'], string | undefined>();
  for (const stage of project.stages) {
    if (own.get(stage.id)?.status !== 'fresh') continue;
    const { tool } = stage;
    const asked = refusals.has(tool)
      ? refusals.get(tool)
      : await stageToolOf(stage).record?.refusal?.(project, sources);
    refusals.set(tool, asked);
    if (asked !== undefined) own.set(stage.id, { status: 'unknown', reasons: [asked] });
  }
}

/**
 * Blocks what is downstream of a stage that is not fresh. Notebooks block nothing: they are for looking. Stages in a
 * cycle, and what comes after it, are unknown.
 */
export function joinStatus(
  stages: readonly Stage[],
  own: ReadonlyMap<string, OwnStatus>,
): readonly StageStatus[] {
  const ordered = orderStages(stages);
  const joined = new Map<string, StageStatus>();
  const names = new Map(stages.map((stage) => [stage.id, stage.name]));
  const { upstream } = buildGraph(stages.filter((stage) => stage.tool !== 'notebook'));
  for (const { id } of ordered.ok ? ordered.value : orderAroundCycles(stages)) {
    const { status, reasons } = own.get(id) ?? { status: 'unknown', reasons: [] };
    const above = (upstream.get(id) ?? []).flatMap((needed) => {
      const state = joined.get(needed)?.status ?? 'unknown';
      return state === 'fresh' ? [] : [describeUpstream(names.get(needed) ?? needed, state)];
    });
    const blocks = above.length > 0 && (status === 'fresh' || status === 'stale');
    joined.set(id, { id, status: blocks ? 'blocked' : status, reasons: [...reasons, ...above] });
  }
  const cycle = ordered.ok ? [] : [formatProblem(ordered.problem)];
  return stages.map(({ id }) => joined.get(id) ?? { id, status: 'unknown', reasons: cycle });
}

/** The stages that do not depend on a cycle, each after those that it reads from. */
function orderAroundCycles(stages: readonly Stage[]): readonly Stage[] {
  const { upstream } = buildGraph(stages);
  const done = new Set<string>();
  const ordered: Stage[] = [];
  for (let before = -1; before !== ordered.length;) {
    before = ordered.length;
    for (const stage of stages) {
      if (done.has(stage.id) || !upstream.get(stage.id)?.every((id) => done.has(id))) continue;
      done.add(stage.id);
      ordered.push(stage);
    }
  }
  return ordered;
}

function describeUpstream(name: string, state: StageState): string {
  switch (state) {
    case 'stale':
    case 'running':
    case 'blocked':
    case 'fresh':
      return `${name} is ${state}`;
    case 'never-run':
      return `${name} has never been run`;
    case 'failed':
      return `${name} failed`;
    case 'unknown':
      return `whether ${name} is fresh is unknown`;
  }
}

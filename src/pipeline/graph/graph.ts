import { nearestWord } from '../../base/nearest';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import type { Stage } from '../../project/project';
import { buildGraph, type StageGraph } from './stageGraph';

export interface PlanOptions {
  /** Whether what the targets need comes with them. */
  readonly upstream: boolean;
  /** Whether what builds on the targets comes with them. */
  readonly downstream: boolean;
}

/**
 * What a run executes, in order. Targets are stage ids or names. Without targets: the whole pipeline, which is
 * every stage but those that only a server runs, those on request, notebooks, deployments and what comes after a
 * deployment, because a production system is never changed by surprise. Those run only when they are named;
 * `upstream` and `downstream` do not reach them either.
 * Problems: `stage-unknown`, `stage-ambiguous`, `stage-cycle`.
 */
export function planRun(
  stages: readonly Stage[],
  targets: readonly string[],
  options: PlanOptions,
): Result<readonly Stage[]> {
  const graph = buildGraph(stages);
  const onRequest = stagesOnRequest(stages, graph);
  const planned = new Set<string>();
  if (targets.length === 0) {
    for (const stage of stages) if (!onRequest.has(stage.id)) planned.add(stage.id);
  }
  for (const target of targets) {
    const found = findTarget(stages, target);
    if (!found.ok) return found;
    const { id } = found.value;
    for (const reached of reachFrom(id, graph, options, onRequest)) planned.add(reached);
  }
  return orderStages(stages.filter((stage) => planned.has(stage.id)));
}

function stagesOnRequest(stages: readonly Stage[], graph: StageGraph): ReadonlySet<string> {
  const deployments = stages.filter((stage) => stage.kind === 'deploy').map((stage) => stage.id);
  const named = stages.filter(isRunOnlyByName).map((stage) => stage.id);
  return new Set([...follow(deployments, graph.downstream, new Set()), ...named]);
}

function isRunOnlyByName(stage: Stage): boolean {
  return stage.tool === 'notebook' || stage.onRequest === true || stage.notRunnable !== undefined;
}

function reachFrom(
  id: string,
  graph: StageGraph,
  options: PlanOptions,
  barred: ReadonlySet<string>,
): ReadonlySet<string> {
  const reached = options.downstream ? follow([id], graph.downstream, barred) : new Set([id]);
  return options.upstream ? follow(reached, graph.upstream, barred) : reached;
}

/** The starts, and everything that can be reached from them along the edges without passing what is barred. */
function follow(
  starts: Iterable<string>,
  edges: ReadonlyMap<string, readonly string[]>,
  barred: ReadonlySet<string>,
): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const id of reached) {
    for (const next of edges.get(id) ?? []) if (!barred.has(next)) reached.add(next);
  }
  return reached;
}

/** Every stage after the stages that it reads from, otherwise in the order given. Problem `stage-cycle`. */
export function orderStages(stages: readonly Stage[]): Result<readonly Stage[]> {
  const { upstream } = buildGraph(stages);
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const ordered = new Set<string>();
  for (const { id } of stages) {
    // Depth first with a stack of our own: a chain can be longer than the call stack.
    const path = new Set<string>();
    const open = [id];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      path.add(top);
      const next = (upstream.get(top) ?? []).find((needed) => !ordered.has(needed));
      if (next === undefined) {
        ordered.add(top);
        path.delete(top);
        open.pop();
      } else if (path.has(next)) {
        return failed(describeCycle([...open.slice(open.indexOf(next)), next], byId));
      } else {
        open.push(next);
      }
    }
  }
  return ok([...ordered].flatMap((id) => byId.get(id) ?? []));
}

function describeCycle(cycle: readonly string[], byId: ReadonlyMap<string, Stage>): Problem {
  return {
    code: 'stage-cycle',
    message: `Stages need each other: ${cycle.join(' needs ')}.`,
    ...byId.get(cycle[0] ?? '')?.source,
    fix: 'Remove one of these dependencies.',
  };
}

function findTarget(stages: readonly Stage[], target: string): Result<Stage> {
  const byId = stages.find((stage) => stage.id === target);
  if (byId !== undefined) return ok(byId);
  const [first, ...others] = stages.filter((stage) => stage.name === target);
  if (first === undefined) return failed(describeUnknown(stages, target));
  if (others.length === 0) return ok(first);
  return failed({
    code: 'stage-ambiguous',
    message: `Several stages are named "${target}".`,
    fix: `Name one of these: ${[first, ...others].map((stage) => stage.id).join(', ')}.`,
  });
}

function describeUnknown(stages: readonly Stage[], target: string): Problem {
  const names = new Set(stages.flatMap((stage) => [stage.id, stage.name]));
  const nearest = nearestWord(target, names);
  const known = stages.map((stage) => stage.id).join(', ') || 'none';
  return {
    code: 'stage-unknown',
    message: `There is no stage "${target}".`,
    fix: nearest === undefined ? `The stages are: ${known}.` : `Did you mean "${nearest}"?`,
  };
}

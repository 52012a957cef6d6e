import { nearestWord } from '../base/nearest';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import type { Stage } from '../project/project';
import { pathsOverlap } from './pathsOverlap';

/** Stage ids joined by what one writes and another reads. */
export interface StageGraph {
  /** The stages that a stage reads from, in the order of the project. */
  readonly upstream: ReadonlyMap<string, readonly string[]>;
  /** The stages that read from a stage. */
  readonly downstream: ReadonlyMap<string, readonly string[]>;
}

export interface PlanOptions {
  /** Whether what the targets need comes with them. */
  readonly upstream: boolean;
  /** Whether what builds on the targets comes with them. */
  readonly downstream: boolean;
}

/** An edge wherever a stage's output (or metrics file) is, contains or lies in a dependency of another. */
export function buildGraph(stages: readonly Stage[]): StageGraph {
  const upstream = new Map<string, string[]>(stages.map((stage) => [stage.id, []]));
  const downstream = new Map<string, string[]>(stages.map((stage) => [stage.id, []]));
  for (const reader of stages) {
    const inputs = readInputs(reader);
    for (const writer of stages) {
      if (writer.id === reader.id || !feeds(writer, inputs)) continue;
      upstream.get(reader.id)?.push(writer.id);
      downstream.get(writer.id)?.push(reader.id);
    }
  }
  return { upstream, downstream };
}

/** Dependencies and parameter files. */
function readInputs(stage: Stage): readonly string[] {
  return [...stage.dependencies, ...stage.parameters.map(parameterFile)];
}

/** `params.yaml` of `params.yaml:train.lr`. */
export function parameterFile(parameter: string): string {
  const colon = parameter.indexOf(':');
  return colon === -1 ? parameter : parameter.slice(0, colon);
}

function feeds(writer: Stage, inputs: readonly string[]): boolean {
  return [...writer.outputs, ...writer.metrics].some((output) =>
    inputs.some((input) => pathsOverlap(output, input)),
  );
}

/** Every stage after the stages that it reads from; otherwise in the order given. */
export function orderStages(stages: readonly Stage[]): Result<readonly Stage[]> {
  const graph = buildGraph(stages);
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const ordered: Stage[] = [];
  const done = new Set<string>();
  const path: string[] = [];

  const visit = (id: string): Problem | undefined => {
    if (done.has(id)) return undefined;
    if (path.includes(id)) return describeCycle([...path.slice(path.indexOf(id)), id], byId);
    path.push(id);
    for (const needed of graph.upstream.get(id) ?? []) {
      const problem = visit(needed);
      if (problem !== undefined) return problem;
    }
    path.pop();
    done.add(id);
    const stage = byId.get(id);
    if (stage !== undefined) ordered.push(stage);
    return undefined;
  };

  for (const stage of stages) {
    const problem = visit(stage.id);
    if (problem !== undefined) return failed(problem);
  }
  return ok(ordered);
}

function describeCycle(cycle: readonly string[], byId: ReadonlyMap<string, Stage>): Problem {
  const source = byId.get(cycle[0] ?? '')?.source;
  return {
    code: 'stage-cycle',
    message: `Stages need each other: ${cycle.join(' <- ')}.`,
    ...source,
    fix: 'Remove one of these dependencies.',
  };
}

/**
 * What a run executes, in order. Targets are stage ids or names. Without targets: the whole pipeline, which is
 * every stage but notebooks, deployments and what comes after a deployment: a production system is never
 * changed by surprise. Those run only when they are named; `upstream` and `downstream` do not reach them either.
 */
export function planRun(
  stages: readonly Stage[],
  targets: readonly string[],
  options: PlanOptions,
): Result<readonly Stage[]> {
  const ordered = orderStages(stages);
  if (!ordered.ok) return ordered;
  const graph = buildGraph(stages);
  const onRequest = stagesOnRequest(stages, graph);
  const planned = new Set<string>();
  if (targets.length === 0) {
    for (const stage of stages) if (!onRequest.has(stage.id)) planned.add(stage.id);
  }
  for (const target of targets) {
    const found = findTarget(stages, target);
    if (!found.ok) return found;
    for (const id of reach(found.value.id, graph, options)) {
      if (id === found.value.id || !onRequest.has(id)) planned.add(id);
    }
  }
  return ok(ordered.value.filter((stage) => planned.has(stage.id)));
}

function stagesOnRequest(stages: readonly Stage[], graph: StageGraph): ReadonlySet<string> {
  const excluded = new Set<string>();
  for (const stage of stages) {
    if (stage.tool === 'notebook') excluded.add(stage.id);
    if (stage.kind === 'deploy') follow(stage.id, graph.downstream, excluded);
  }
  return excluded;
}

function reach(id: string, graph: StageGraph, options: PlanOptions): ReadonlySet<string> {
  const reached = new Set([id]);
  if (options.downstream) follow(id, graph.downstream, reached);
  if (options.upstream) for (const start of [...reached]) follow(start, graph.upstream, reached);
  return reached;
}

/** Adds a stage and everything that can be reached from it along the edges. */
function follow(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  reached: Set<string>,
): void {
  reached.add(start);
  for (const next of edges.get(start) ?? []) if (!reached.has(next)) follow(next, edges, reached);
}

function findTarget(stages: readonly Stage[], target: string): Result<Stage> {
  const byId = stages.find((stage) => stage.id === target);
  if (byId !== undefined) return ok(byId);
  const byName = stages.filter((stage) => stage.name === target);
  const [only] = byName;
  if (only !== undefined && byName.length === 1) return ok(only);
  if (byName.length > 1) {
    return failed({
      code: 'stage-ambiguous',
      message: `Several stages are named "${target}".`,
      fix: `Name one of ${byName.map((stage) => stage.id).join(', ')}.`,
    });
  }
  return failed(describeUnknownTarget(stages, target));
}

function describeUnknownTarget(stages: readonly Stage[], target: string): Problem {
  const nearest = nearestWord(target, new Set(stages.flatMap((stage) => [stage.id, stage.name])));
  const known = stages.map((stage) => stage.id).join(', ');
  return {
    code: 'stage-unknown',
    message: `There is no stage "${target}".`,
    fix:
      nearest === undefined
        ? `The stages are: ${known === '' ? 'none' : known}.`
        : `Did you mean "${nearest}"?`,
  };
}

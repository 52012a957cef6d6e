import type { Stage } from '../../project/project';
import { OutputIndex } from './outputIndex';

/** Stage ids joined by what one writes and another reads. */
export interface StageGraph {
  /** The stages that a stage reads from, in the order of the project. */
  readonly upstream: ReadonlyMap<string, readonly string[]>;
  /** The stages that read from a stage, in the order of the project. */
  readonly downstream: ReadonlyMap<string, readonly string[]>;
}

/**
 * An edge wherever a stage's output (or metrics file) is, contains or lies in something that another one reads:
 * its dependencies and parameter files; and wherever a stage says that it needs another. A stage that changes a file in place is no edge to itself.
 */
export function buildGraph(stages: readonly Stage[]): StageGraph {
  const index = new OutputIndex();
  for (const stage of stages) {
    for (const output of [...stage.outputs, ...stage.metrics]) index.add(output, stage.id);
  }
  const position = new Map(stages.map((stage, at) => [stage.id, at]));
  const tools = new Map(stages.map((stage) => [stage.id, stage.tool]));
  const upstream = new Map<string, readonly string[]>();
  const downstream = new Map<string, string[]>(stages.map((stage) => [stage.id, []]));
  for (const stage of stages) {
    const writers = new Set(inputsOf(stage).flatMap((input) => [...index.writersOf(input)]));
    if (stage.joinedByTool === true) deleteOfTool(writers, stage.tool, tools);
    for (const needed of stage.needs ?? []) if (position.has(needed)) writers.add(needed);
    writers.delete(stage.id);
    const needed = [...writers].sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0));
    upstream.set(stage.id, needed);
    for (const writer of needed) downstream.get(writer)?.push(stage.id);
  }
  return { upstream, downstream };
}

function deleteOfTool(ids: Set<string>, tool: string, tools: ReadonlyMap<string, string>): void {
  for (const id of ids) if (tools.get(id) === tool) ids.delete(id);
}

function inputsOf(stage: Stage): readonly string[] {
  return [...stage.dependencies, ...stage.parameters.map((name) => splitParameter(name).file)];
}

/** `params.yaml:train.lr` is the key `train.lr` of `params.yaml`; without a colon, the whole file. */
export function splitParameter(parameter: string): {
  readonly file: string;
  readonly key: string | undefined;
} {
  const colon = parameter.indexOf(':');
  if (colon === -1) return { file: parameter, key: undefined };
  return { file: parameter.slice(0, colon), key: parameter.slice(colon + 1) };
}

import type { Catalog } from './catalog';
import {
  freeInputs,
  isParameterName,
  nodeKey,
  outputNames,
  withoutTranscoding,
  type KedroNode,
  type KedroPipeline,
} from './kedroPipeline';

/** Registered pipelines and how they overlap: one may be the sum of others, or take what another keeps in memory. */
export interface PipelineGroup {
  readonly name: string;
  /** Its own nodes: those that no smaller pipeline has. */
  readonly ownNodes: readonly KedroNode[];
  /** Other pipelines that have to run in the same process, because they pass on what is in no file. */
  readonly together: readonly string[];
  /** What it takes from them, for people to read. */
  readonly inMemory: readonly string[];
}

export function groupPipelines(
  pipelines: ReadonlyMap<string, KedroPipeline>,
  catalog: Catalog,
): readonly PipelineGroup[] {
  const names = [...pipelines.keys()].filter((name) => name !== '__default__');
  const own = new Map(names.map((name) => [name, ownNodes(name, pipelines)]));
  const isInMemory = (name: string): boolean => catalog.find(name)?.isInMemory !== false;
  const makers = new Map<string, string>();
  for (const name of names) {
    for (const output of outputNames({ nodes: own.get(name) ?? [] })) {
      if (!makers.has(withoutTranscoding(output))) makers.set(withoutTranscoding(output), name);
    }
  }
  const takes = (name: string): ReadonlyMap<string, string> => {
    const pipeline = pipelines.get(name) ?? { nodes: [] };
    const taken = [...freeInputs(pipeline)].filter(
      (one) => !isParameterName(one) && isInMemory(one),
    );
    return new Map(
      taken.flatMap((one) => {
        const maker = makers.get(withoutTranscoding(one));
        return maker === undefined || maker === name ? [] : [[one, maker] as const];
      }),
    );
  };
  return names.map((name) => {
    const together = new Set([name]);
    for (const one of together) for (const maker of takes(one).values()) together.add(maker);
    together.delete(name);
    return {
      name,
      ownNodes: own.get(name) ?? [],
      together: [...together],
      inMemory: [...takes(name).keys()],
    };
  });
}

/** The nodes of a pipeline that no other one has that lies within it; of two that are the same, the first has them. */
function ownNodes(
  name: string,
  pipelines: ReadonlyMap<string, KedroPipeline>,
): readonly KedroNode[] {
  const nodes = pipelines.get(name)?.nodes ?? [];
  const keys = new Set(nodes.map(nodeKey));
  const names = [...pipelines.keys()];
  const within = names.filter((other) => {
    const others = pipelines.get(other)?.nodes ?? [];
    if (other === name || other === '__default__' || others.length === 0) return false;
    if (!others.every((node) => keys.has(nodeKey(node)))) return false;
    return others.length < nodes.length || names.indexOf(other) < names.indexOf(name);
  });
  const covered = new Set(
    within.flatMap((other) => (pipelines.get(other)?.nodes ?? []).map(nodeKey)),
  );
  return nodes.filter((node) => !covered.has(nodeKey(node)));
}

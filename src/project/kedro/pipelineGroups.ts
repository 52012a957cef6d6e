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

/** A registered pipeline and how it overlaps with others: one may be the sum of others, or take what another keeps in memory. */
export interface PipelineGroup {
  readonly name: string;
  /** Its own nodes: all, or none where other pipelines are made of them. */
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
  const nodesOf = (name: string): readonly KedroNode[] => pipelines.get(name)?.nodes ?? [];
  const whole = wholePipelines(names, nodesOf);
  const makers = new Map<string, string>();
  for (const name of whole) {
    for (const output of outputNames({ nodes: nodesOf(name) })) {
      if (!makers.has(withoutTranscoding(output))) makers.set(withoutTranscoding(output), name);
    }
  }
  const takes = (name: string): ReadonlyMap<string, string> => {
    const isInMemory = (one: string): boolean =>
      !isParameterName(one) && catalog.find(one)?.isInMemory !== false;
    const taken = [...freeInputs({ nodes: nodesOf(name) })].filter(isInMemory);
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
      ownNodes: whole.has(name) ? nodesOf(name) : [],
      together: [...together],
      inMemory: [...takes(name).keys()],
    };
  });
}

/** The pipelines that are neither the sum of others nor a part of one that is not. */
function wholePipelines(
  names: readonly string[],
  nodesOf: (name: string) => readonly KedroNode[],
): ReadonlySet<string> {
  const keys = new Map(names.map((name) => [name, new Set(nodesOf(name).map(nodeKey))]));
  const keysOf = (name: string): ReadonlySet<string> => keys.get(name) ?? new Set();
  // Of two that are the same, the second lies within the first.
  const liesWithin = (part: string, one: string): boolean => {
    const [inner, outer] = [keysOf(part), keysOf(one)];
    if (part === one || inner.size === 0 || inner.size > outer.size) return false;
    if (inner.size === outer.size && names.indexOf(part) < names.indexOf(one)) return false;
    return [...inner].every((key) => outer.has(key));
  };
  const isSum = (name: string): boolean => {
    const parts = names.filter(
      (part) => liesWithin(part, name) && keysOf(part).size < keysOf(name).size,
    );
    const covered = new Set(parts.flatMap((part) => [...keysOf(part)]));
    return parts.length > 0 && covered.size === keysOf(name).size;
  };
  const left = names.filter((name) => !isSum(name));
  return new Set(left.filter((name) => !left.some((other) => liesWithin(name, other))));
}

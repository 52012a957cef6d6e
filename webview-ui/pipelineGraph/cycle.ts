import type { GraphStage } from '../../src/protocol/content';

/**
 * The stages that no order can run, for each waits for another one of them: what is left when every stage that
 * nothing waits for, or that waits for nothing, is taken away again and again. Empty where the graph has no cycle.
 */
export function stagesOnCycles(stages: readonly GraphStage[]): readonly GraphStage[] {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const upstream = new Map<string, Set<string>>();
  const downstream = new Map<string, Set<string>>(stages.map(({ id }) => [id, new Set()]));
  for (const stage of stages) {
    const needed = stage.upstream.filter((id) => byId.has(id) && id !== stage.id);
    upstream.set(stage.id, new Set(needed));
    for (const id of needed) downstream.get(id)?.add(stage.id);
  }
  const left = new Set(byId.keys());
  for (const [way, back] of [
    [upstream, downstream],
    [downstream, upstream],
  ] as const) {
    const waiting = [...left].filter((id) => way.get(id)?.size === 0);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      left.delete(id);
      for (const next of back.get(id) ?? []) {
        const open = way.get(next);
        open?.delete(id);
        if (open?.size === 0 && left.has(next)) waiting.push(next);
      }
    }
  }
  return stages.filter(({ id }) => left.has(id));
}

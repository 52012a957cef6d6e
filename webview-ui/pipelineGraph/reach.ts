import type { Picture, PictureNode } from './picture';

/** Everything that a box builds on, or that builds on it; without itself unless it lies on a cycle. */
export function reachFrom(
  { nodes }: Pick<Picture, 'nodes'>,
  start: string,
  way: 'upstream' | 'downstream',
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const next: PictureNode | undefined = nodes.get(id);
    for (const neighbour of next?.[way] ?? []) {
      if (reached.has(neighbour)) continue;
      reached.add(neighbour);
      waiting.push(neighbour);
    }
  }
  return reached;
}

import type * as Dagre from '@dagrejs/dagre';

export type Direction = 'right' | 'down';

/** A graph for dagre: boxes of one size, numbered. Plain data, for it may go to a worker. */
export interface DagreInput {
  readonly count: number;
  /** Numbers of the boxes from which and to which. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  /** Between boxes of one layer, and between layers; pixels. */
  readonly gap: number;
  readonly layerGap: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface DagreOutput {
  /** The middle of each box. */
  readonly middles: readonly Point[];
  /** What each edge runs through, in the order of the edges. */
  readonly paths: readonly (readonly Point[])[];
}

/**
 * The layered layout of dagre. The text of this function is what the worker runs: it must refer to nothing but its
 * parameters.
 */
export function runDagre(
  dagre: Pick<typeof Dagre, 'graphlib' | 'layout'>,
  input: DagreInput,
): DagreOutput {
  const { count, edges, direction, width, height, gap, layerGap } = input;
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({
    rankdir: direction === 'right' ? 'LR' : 'TB',
    nodesep: gap,
    edgesep: gap,
    ranksep: layerGap,
    // The network simplex gives the shortest edges, but takes seconds for some graphs of 500 boxes.
    ranker: count > 100 ? 'tight-tree' : 'network-simplex',
  });
  for (let index = 0; index < count; index++) graph.setNode(String(index), { width, height });
  for (const [from, to] of edges) graph.setEdge(String(from), String(to), {});
  dagre.layout(graph);
  const middles = Array.from({ length: count }, (_, index) => {
    const { x, y } = graph.node(String(index)) as Point;
    return { x, y };
  });
  const paths = edges.map(([from, to]) => {
    const { points } = graph.edge(String(from), String(to)) as { points: readonly Point[] };
    return points.map(({ x, y }) => ({ x, y }));
  });
  return { middles, paths };
}

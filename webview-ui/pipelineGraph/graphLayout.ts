import { edgePath } from './edgePath';
import type { PictureNode } from './picture';
import { BOX, type GraphLayout, type PlacedBox, type PlacedEdge } from './placed';
import type { DagreInput, DagreOutput, Direction, Point } from './runDagre';

/** What a layout is computed from: the boxes that have a neighbour, and those that stand alone. */
export interface LayoutJob {
  readonly joined: readonly PictureNode[];
  readonly alone: readonly PictureNode[];
  readonly input: DagreInput;
}

const GAPS = {
  right: { gap: 14, layerGap: 64 },
  down: { gap: 24, layerGap: 56 },
} as const;

export function layoutJob(nodes: readonly PictureNode[], direction: Direction): LayoutJob {
  const isAlone = (node: PictureNode): boolean =>
    node.upstream.length + node.downstream.length === 0;
  const joined = nodes.filter((node) => !isAlone(node));
  const numbers = new Map(joined.map(({ id }, index) => [id, index]));
  const edges = joined.flatMap(({ upstream }, to) =>
    upstream.flatMap((id) => {
      const from = numbers.get(id);
      return from === undefined ? [] : [[from, to] as const];
    }),
  );
  const input = { count: joined.length, edges, direction, ...BOX, ...GAPS[direction] };
  return { joined, alone: nodes.filter(isAlone), input };
}

/** Puts dagre's layers and, below them, a grid of the boxes that stand alone into one picture. */
export function placeAll({ joined, alone, input }: LayoutJob, output: DagreOutput): GraphLayout {
  const { direction, edges, gap } = input;
  const corners = output.middles.map(({ x, y }) => ({
    x: Math.round(x - BOX.width / 2),
    y: Math.round(y - BOX.height / 2),
  }));
  const layers = layersOf(corners, direction);
  const boxes = joined.flatMap(({ id }, index) => {
    const corner = corners[index];
    return corner === undefined ? [] : [{ id, ...corner, layer: layers[index] ?? 0 }];
  });
  const placed = edges.flatMap(([from, to], index): readonly PlacedEdge[] => {
    const [start, end] = [boxes[from], boxes[to]];
    if (start === undefined || end === undefined) return [];
    const back = start.layer >= end.layer;
    const through = output.paths[index] ?? [];
    return [{ from: start.id, to: end.id, back, ...edgePath(start, end, through, direction) }];
  });
  const top = boxes.length === 0 ? 0 : extent(boxes, 'y') + BOX.height + 3 * gap;
  const all = [...boxes, ...gridOf(alone, top, extent(boxes, 'x'))];
  return {
    direction,
    width: extent(all, 'x') + BOX.width,
    height: extent(all, 'y') + BOX.height,
    boxes: new Map(all.map((box) => [box.id, box])),
    edges: placed,
  };
}

/** Boxes of one layer share their place in the direction of the picture. */
function layersOf(corners: readonly Point[], direction: Direction): readonly number[] {
  const along = corners.map(({ x, y }) => (direction === 'right' ? x : y));
  const places = [...new Set(along)].sort((a, b) => a - b);
  const numbers = new Map(places.map((place, layer) => [place, layer]));
  return along.map((place) => numbers.get(place) ?? 0);
}

/** Row by row, as wide as the rest of the picture but not less than about square. */
function gridOf(alone: readonly PictureNode[], top: number, right: number): readonly PlacedBox[] {
  const { gap, layerGap } = GAPS.right;
  const [stepX, stepY] = [BOX.width + layerGap, BOX.height + gap];
  const square = Math.ceil(Math.sqrt((alone.length * stepY) / stepX));
  const columns = Math.max(1, square, Math.floor((right + stepX) / stepX));
  return alone.map(({ id }, index) => ({
    id,
    x: (index % columns) * stepX,
    y: top + Math.floor(index / columns) * stepY,
    layer: 0,
  }));
}

function extent(boxes: readonly Point[], axis: 'x' | 'y'): number {
  return boxes.reduce((most, box) => Math.max(most, box[axis]), 0);
}

import type { DagreInput, DagreOutput, Point } from './runDagre';

/**
 * Layers without dagre, for graphs that it cannot lay out in time: each box one layer after the last one that it
 * needs, ordered by the middle of those; the lines run straight to their end. Takes linear time.
 */
export function plainLayout(input: DagreInput): DagreOutput {
  const { count, edges, direction, width, height, gap, layerGap } = input;
  const isRight = direction === 'right';
  const [along, across] = isRight
    ? [width + layerGap, height + gap]
    : [height + layerGap, width + gap];
  const upstream = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of edges) upstream[to]?.push(from);
  const layers = layersOf(input);
  const byLayer: number[][] = [];
  for (const [box, layer] of layers.entries()) (byLayer[layer] ??= []).push(box);
  const places = new Map<number, number>();
  for (const boxes of byLayer) {
    const wish = new Map(boxes.map((box) => [box, meanOf(upstream[box] ?? [], places)]));
    boxes.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b);
    for (const [index, box] of boxes.entries()) places.set(box, index - (boxes.length - 1) / 2);
  }
  const least = Math.min(0, ...places.values());
  const middles = layers.map((layer, box): Point => {
    const [x, y] = [layer * along, ((places.get(box) ?? 0) - least) * across];
    return isRight
      ? { x: x + width / 2, y: y + height / 2 }
      : { x: y + width / 2, y: x + height / 2 };
  });
  return { middles, paths: edges.map(() => []) };
}

/** The length of the longest way to each box; what lies on a cycle comes after all that does not. */
function layersOf(input: DagreInput): readonly number[] {
  const { count } = input;
  const { missing, downstream } = joinUp(input);
  const layers = Array.from({ length: count }, () => 0);
  const done = new Set<number>();
  const ready = layers.flatMap((_, box) => (missing[box] === 0 ? [box] : []));
  for (let next = 0; done.size < count; next++) {
    // Where nothing is ready there is a cycle: it is cut before its first box.
    const box = ready[next] ?? layers.findIndex((_, index) => !done.has(index));
    if (next === ready.length) ready.push(box);
    if (done.has(box)) continue;
    done.add(box);
    for (const after of downstream[box] ?? []) {
      if (done.has(after)) continue;
      layers[after] = Math.max(layers[after] ?? 0, (layers[box] ?? 0) + 1);
      const left = (missing[after] ?? 0) - 1;
      missing[after] = left;
      if (left === 0) ready.push(after);
    }
  }
  return layers;
}

/** For each box, how many it waits for and which wait for it. */
function joinUp({ count, edges }: DagreInput): {
  readonly missing: number[];
  readonly downstream: readonly (readonly number[])[];
} {
  const missing = Array.from({ length: count }, () => 0);
  const downstream = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of edges) {
    downstream[from]?.push(to);
    missing[to] = (missing[to] ?? 0) + 1;
  }
  return { missing, downstream };
}

function meanOf(boxes: readonly number[], places: ReadonlyMap<number, number>): number {
  const known = boxes.flatMap((box) => places.get(box) ?? []);
  return known.length === 0 ? 0 : known.reduce((sum, place) => sum + place, 0) / known.length;
}

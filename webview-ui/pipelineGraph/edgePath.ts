import { BOX, type PlacedEdge } from './placed';
import type { Direction, Point } from './runDagre';

/**
 * A smooth line from the end of one box to the start of another that leaves and arrives straight; between them it
 * runs straight past the boxes of each layer, where dagre has left room for it. An arrow is at its end.
 * @param through what dagre gives: a point for each half of a layer, with the ends of the line
 */
export function edgePath(
  start: Point,
  end: Point,
  through: readonly Point[],
  direction: Direction,
): Pick<PlacedEdge, 'path' | 'box'> {
  // The arithmetic is that of a picture to the right; one that goes down has its axes exchanged.
  const turn =
    direction === 'right' ? (point: Point) => point : ({ x, y }: Point) => ({ x: y, y: x });
  const size = turn({ x: BOX.width, y: BOX.height });
  const from = turn(start);
  const to = turn(end);
  const forward = from.x < to.x ? 1 : -1;
  const first = { x: forward === 1 ? from.x + size.x : from.x, y: from.y + size.y / 2 };
  const last = { x: forward === 1 ? to.x : to.x + size.x, y: to.y + size.y / 2 };
  const points = [first];
  // Every second point is in the middle of a layer; the others are between layers, where nothing is in the way.
  for (const middle of through
    .slice(1, -1)
    .filter((_, index) => index % 2 === 1)
    .map(turn)) {
    const half = (forward * size.x) / 2;
    points.push({ x: middle.x - half, y: middle.y }, { x: middle.x + half, y: middle.y });
  }
  points.push(last);
  return { path: drawThrough(points, forward, turn), box: boundsOf(points.map(turn)) };
}

function drawThrough(
  points: readonly Point[],
  forward: number,
  turn: (point: Point) => Point,
): string {
  const write = (point: Point): string => {
    const { x, y } = turn(point);
    return `${round(x)} ${round(y)}`;
  };
  const parts: string[] = [];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before === undefined) parts.push(`M${write(point)}`);
    else if (before.y === point.y) parts.push(`L${write(point)}`);
    else {
      const bend = (point.x - before.x) / 2;
      const [a, b] = [
        { x: before.x + bend, y: before.y },
        { x: point.x - bend, y: point.y },
      ];
      parts.push(`C${write(a)} ${write(b)} ${write(point)}`);
    }
  }
  const tip = points.at(-1);
  if (tip !== undefined) {
    const back = tip.x - 6 * forward;
    const [a, b] = [
      { x: back, y: tip.y - 4 },
      { x: back, y: tip.y + 4 },
    ];
    parts.push(`M${write(a)}L${write(tip)}L${write(b)}`);
  }
  return parts.join('');
}

function boundsOf(points: readonly Point[]): PlacedEdge['box'] {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

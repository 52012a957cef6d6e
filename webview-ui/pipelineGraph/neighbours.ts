import { BOX, type GraphLayout, type PlacedBox } from './placed';
import type { Picture } from './picture';

/** Where a key leads: along the edges, or to another box of the same layer. */
export type Step = 'upstream' | 'downstream' | 'before' | 'after' | 'first' | 'last';

const KEYS = {
  right: { ArrowLeft: 'upstream', ArrowRight: 'downstream', ArrowUp: 'before', ArrowDown: 'after' },
  down: { ArrowUp: 'upstream', ArrowDown: 'downstream', ArrowLeft: 'before', ArrowRight: 'after' },
} as const;

export function stepOfKey(key: string, direction: GraphLayout['direction']): Step | undefined {
  if (key === 'Home') return 'first';
  if (key === 'End') return 'last';
  const keys: Readonly<Record<string, Step>> = KEYS[direction];
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}

/** The box that a step leads to; undefined where there is none. */
export function stepFrom(
  id: string,
  step: Step,
  picture: Picture,
  layout: GraphLayout,
): string | undefined {
  const box = layout.boxes.get(id);
  const node = picture.nodes.get(id);
  if (box === undefined || node === undefined) return undefined;
  switch (step) {
    case 'upstream':
    case 'downstream':
      return nearest(box, placed(node[step], layout), layout)?.id;
    case 'before':
    case 'after':
      return besides(box, step === 'before' ? -1 : 1, layout)?.id;
    case 'first':
      return [...picture.nodes.keys()][0];
    case 'last':
      return [...picture.nodes.keys()].at(-1);
  }
}

function placed(ids: readonly string[], { boxes }: GraphLayout): readonly PlacedBox[] {
  return ids.flatMap((id) => boxes.get(id) ?? []);
}

/** The one that is straightest ahead, and of those the nearest. */
function nearest(
  from: PlacedBox,
  boxes: readonly PlacedBox[],
  { direction }: GraphLayout,
): PlacedBox | undefined {
  const across = direction === 'right' ? 'y' : 'x';
  const along = direction === 'right' ? 'x' : 'y';
  const distance = (box: PlacedBox): number =>
    Math.abs(box[along] - from[along]) + 2 * Math.abs(box[across] - from[across]);
  return boxes.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** The next box of the same layer; at its end, the nearest one beyond it. */
function besides(from: PlacedBox, sign: 1 | -1, layout: GraphLayout): PlacedBox | undefined {
  const across = layout.direction === 'right' ? 'y' : 'x';
  const along = layout.direction === 'right' ? 'x' : 'y';
  const beyond = [...layout.boxes.values()].filter(
    (box) => sign * (box[across] - from[across]) > 0,
  );
  const distance = (box: PlacedBox): number =>
    Math.abs(box[across] - from[across]) + 2 * BOX.width * Math.abs(box[along] - from[along]);
  return beyond.sort((a, b) => distance(a) - distance(b))[0];
}

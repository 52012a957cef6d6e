import type { Picture } from './picture';
import { boxOf, type GraphLayout } from './placed';
import { fitAll, hasRoom, isLegible, reveal } from './viewport';
import type { Rectangle, Size, Viewport } from './viewport';

/**
 * The viewport in which the selected box, if any, is seen beside its details, with as much of what it is joined with as there is room for.
 * @param isFitted the user has not moved the picture: the whole of it is shown as long as it can be read
 */
export function bringIntoSight(
  view: Viewport,
  window: Size,
  selected: string | undefined,
  { picture, layout, isFitted }: { picture: Picture; layout: GraphLayout; isFitted: boolean },
): Viewport {
  if (isFitted && isLegible(layout, window)) return fitAll(layout, window);
  const place = layout.boxes.get(selected ?? '');
  const node = picture.nodes.get(selected ?? '');
  if (place === undefined || node === undefined) return view;
  const box = boxOf(place);
  const around = [...node.upstream, ...node.downstream].flatMap((id) => {
    const neighbour = layout.boxes.get(id);
    return neighbour === undefined ? [] : [boxOf(neighbour)];
  });
  const shown = around
    .sort((a, b) => distance(a, box) - distance(b, box))
    .reduce((seen, next) => {
      const both = join(seen, next);
      return hasRoom(view, window, both) ? both : seen;
    }, box);
  return reveal(view, window, shown);
}

function distance(a: Rectangle, b: Rectangle): number {
  return Math.hypot(a.left - b.left, a.top - b.top);
}

function join(a: Rectangle, b: Rectangle): Rectangle {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

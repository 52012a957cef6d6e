import type { Picture } from './picture';
import { boxOf, type GraphLayout } from './placed';
import { fitAll, hasRoom, isLegible, reveal } from './viewport';
import type { Rectangle, Size, Viewport } from './viewport';

/**
 * The viewport in which the selected box, if any, is seen beside its details, with what it is joined with where there is room.
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
  const all = around.reduce(join, box);
  return reveal(view, window, hasRoom(view, window, all) ? all : box);
}

function join(a: Rectangle, b: Rectangle): Rectangle {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

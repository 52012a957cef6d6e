import { boxOf, type GraphLayout } from './placed';
import { centre, keepInSight, type Size, type Viewport } from './viewport';

/** The viewport in which a new layout shows what the user looks at where it was. @param selected the id of a box */
export function keepPlace(
  view: Viewport,
  window: Size,
  selected: string | undefined,
  before: GraphLayout,
  layout: GraphLayout,
): Viewport {
  const now = layout.boxes.get(selected ?? '');
  if (now === undefined) return keepInSight(view, layout, window);
  const old = before.direction === layout.direction ? before.boxes.get(selected ?? '') : undefined;
  if (old === undefined) return centre(view, window, boxOf(now));
  const { x, y, scale } = view;
  return { scale, x: x + (old.x - now.x) * scale, y: y + (old.y - now.y) * scale };
}

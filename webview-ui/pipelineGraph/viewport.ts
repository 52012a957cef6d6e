import { savedRecord } from '../shared/saved';
import type { Point } from './runDagre';

/** How the picture lies in its window: a point p of the picture is at `p * scale + (x, y)` of the window. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** As far as one can zoom out by hand. Only fitting a long pipeline goes further. */
const LEAST = 0.08;
const MOST = 2.5;
/** Pixels between the picture and the edge of its window. */
const MARGIN = 24;
/** Below this nobody can read the names. */
const LEGIBLE = 0.55;

/** Zooms around a point of the window, which stays where it is. */
export function zoomAt(view: Viewport, point: Point, factor: number): Viewport {
  // What was fitted may be smaller already, and zooming out must not enlarge it.
  const least = Math.min(LEAST, view.scale);
  const scale = Math.min(MOST, Math.max(least, view.scale * factor));
  const ratio = scale / view.scale;
  return {
    scale,
    x: point.x - (point.x - view.x) * ratio,
    y: point.y - (point.y - view.y) * ratio,
  };
}

/** The whole picture in the middle of the window, not larger than life. */
export function fitAll(picture: Size, window: Size): Viewport {
  const scale = Math.min(1, fittingScale(picture, window));
  return {
    scale,
    x: (window.width - picture.width * scale) / 2,
    y: (window.height - picture.height * scale) / 2,
  };
}

/** The whole picture where its names can be read then; else what is around a box, near enough to read. */
export function firstViewport(picture: Size, window: Size, box: Rectangle | undefined): Viewport {
  if (box === undefined || isLegible(picture, window)) return fitAll(picture, window);
  const whole = { scale: 0.8, x: MARGIN, y: MARGIN };
  return keepInside(centre(whole, window, box), picture, window);
}

/** Whether the whole picture can be in the window with its names legible. */
export function isLegible(picture: Size, window: Size): boolean {
  return fittingScale(picture, window) >= LEGIBLE;
}

function fittingScale(picture: Size, window: Size): number {
  return Math.min(
    Math.max(1, window.width - 2 * MARGIN) / Math.max(1, picture.width),
    Math.max(1, window.height - 2 * MARGIN) / Math.max(1, picture.height),
  );
}

/** Moves as little as needed to have a rectangle of the picture in the window. */
export function reveal(
  view: Viewport,
  window: Size,
  { left, top, right, bottom }: Rectangle,
): Viewport {
  const move = (start: number, end: number, length: number): number => {
    if (start < MARGIN || end - start > length - 2 * MARGIN) return MARGIN - start;
    return Math.min(0, length - MARGIN - end);
  };
  const { x, y, scale } = view;
  return {
    scale,
    x: x + move(left * scale + x, right * scale + x, window.width),
    y: y + move(top * scale + y, bottom * scale + y, window.height),
  };
}

/** Whether a rectangle of the picture has room in the window at this scale. */
export function hasRoom({ scale }: Viewport, window: Size, box: Rectangle): boolean {
  return (
    (box.right - box.left) * scale <= window.width - 2 * MARGIN &&
    (box.bottom - box.top) * scale <= window.height - 2 * MARGIN
  );
}

/** The same scale, with the middle of a rectangle in the middle of the window. */
export function centre(view: Viewport, window: Size, box: Rectangle): Viewport {
  return {
    scale: view.scale,
    x: window.width / 2 - ((box.left + box.right) / 2) * view.scale,
    y: window.height / 2 - ((box.top + box.bottom) / 2) * view.scale,
  };
}

/** No emptiness at a side while there is something beyond the other; what is smaller than the window is in its middle. */
function keepInside(view: Viewport, picture: Size, window: Size): Viewport {
  const along = (offset: number, length: number, room: number): number => {
    const least = room - MARGIN - length * view.scale;
    return least > MARGIN
      ? (room - length * view.scale) / 2
      : Math.min(MARGIN, Math.max(least, offset));
  };
  return {
    scale: view.scale,
    x: along(view.x, picture.width, window.width),
    y: along(view.y, picture.height, window.height),
  };
}

/** Always leaves a piece of the picture in the window, so that nobody gets lost. */
export function keepInSight(view: Viewport, picture: Size, window: Size): Viewport {
  const along = (offset: number, length: number, room: number): number =>
    Math.min(room - 2 * MARGIN, Math.max(2 * MARGIN - length * view.scale, offset));
  return {
    scale: view.scale,
    x: along(view.x, picture.width, window.width),
    y: along(view.y, picture.height, window.height),
  };
}

/** The part of the picture that is in the window, with some of what is around it. */
export function seenPart(view: Viewport, window: Size, around: number): Rectangle {
  return {
    left: (-view.x - around) / view.scale,
    top: (-view.y - around) / view.scale,
    right: (window.width - view.x + around) / view.scale,
    bottom: (window.height - view.y + around) / view.scale,
  };
}

export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

export function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    outer.right >= inner.right &&
    outer.bottom >= inner.bottom
  );
}

export function readViewport(value: unknown): Viewport | undefined {
  const { x, y, scale } = savedRecord(value);
  if (typeof x !== 'number' || typeof y !== 'number' || typeof scale !== 'number') return undefined;
  if (![x, y].every(Number.isFinite) || !(scale > 0 && scale <= MOST)) return undefined;
  return { x, y, scale };
}

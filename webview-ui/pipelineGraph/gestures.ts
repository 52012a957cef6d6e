import type { Point } from './runDagre';

/** What a pointer, wheel or pinch asks for; points are those of the window. */
export interface Gestures {
  readonly pan: (x: number, y: number) => void;
  readonly zoom: (at: Point, factor: number) => void;
}

/** Less than this is a click. Pixels. */
const DRAG = 4;

/** Follows the pointers on an element: one drags, two pinch; the wheel scrolls, and zooms with Control or Command. */
export class GestureReader {
  private readonly pointers = new Map<number, Point>();
  private start: Point | undefined;
  /** A drag is not a click on what is under its end. */
  hasDragged = false;

  constructor(
    private readonly element: HTMLElement,
    private readonly gestures: Gestures,
  ) {
    element.addEventListener('wheel', this.onWheel, { passive: false });
    element.addEventListener('pointerdown', this.onDown);
    element.addEventListener('pointermove', this.onMove);
    for (const type of ['pointerup', 'pointercancel'] as const) {
      element.addEventListener(type, this.onUp);
    }
  }

  private pointOf(event: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    // A pinch on a touch pad comes as a wheel with Control.
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    if (event.ctrlKey || event.metaKey) {
      const amount = Math.min(50, Math.max(-50, event.deltaY * unit));
      this.gestures.zoom(this.pointOf(event), Math.exp(-amount * 0.01));
    } else if (event.shiftKey && event.deltaX === 0) {
      this.gestures.pan(-event.deltaY * unit, 0);
    } else {
      this.gestures.pan(-event.deltaX * unit, -event.deltaY * unit);
    }
  };

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button > 1) return;
    const point = this.pointOf(event);
    this.pointers.set(event.pointerId, point);
    if (this.pointers.size === 1) {
      this.start = point;
      this.hasDragged = false;
    }
  };

  private readonly onMove = (event: PointerEvent): void => {
    const before = this.pointers.get(event.pointerId);
    if (before === undefined) return;
    const point = this.pointOf(event);
    const { start } = this;
    if (!this.hasDragged && start !== undefined) {
      if (Math.hypot(point.x - start.x, point.y - start.y) < DRAG) return;
      this.hasDragged = true;
      // Only now: a click must reach what it is on.
      this.element.setPointerCapture(event.pointerId);
      this.element.classList.add('dragging');
    }
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, point);
    if (other === undefined) this.gestures.pan(point.x - before.x, point.y - before.y);
    else this.pinch(other, before, point);
  };

  private pinch(other: Point, before: Point, point: Point): void {
    const apart = (end: Point): number => Math.max(1, Math.hypot(end.x - other.x, end.y - other.y));
    const middle = { x: (other.x + point.x) / 2, y: (other.y + point.y) / 2 };
    this.gestures.pan((point.x - before.x) / 2, (point.y - before.y) / 2);
    this.gestures.zoom(middle, apart(point) / apart(before));
  }

  private readonly onUp = (event: PointerEvent): void => {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size === 0) this.element.classList.remove('dragging');
  };
}

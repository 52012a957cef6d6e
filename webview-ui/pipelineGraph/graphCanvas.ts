import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { bringIntoSight } from './bringIntoSight';
import { GestureReader } from './gestures';
import { boxAt, focusBox } from './graphBox';
import { actionOfKey, ZOOM_STEP, type KeyAction } from './graphKeys';
import { renderPlane } from './graphPlane';
import { keepPlace } from './keepPlace';
import { stepFrom, type Step } from './neighbours';
import type { Picture } from './picture';
import { boxOf, type GraphLayout } from './placed';
import { renderZoomTools } from './zoomTools';
import {
  centre,
  contains,
  firstViewport,
  fitAll,
  keepInSight,
  reveal,
  seenPart,
  zoomAt,
  type Rectangle,
  type Size,
  type Viewport,
} from './viewport';

/** Pixels around the window that are drawn with it: as far as one can move before anything is drawn anew. */
const AROUND = 400;
/** Below this the names are too small to read, and only the status is drawn. */
const FAR = 0.42;
/** As long as most systems wait for the second click. */
const DOUBLE_CLICK_MS = 500;
/** As long as the style sheet says. */
const GLIDE_MS = 200;

/**
 * The picture of a pipeline in a window: drawn where it is seen, moved by pointer, wheel and keys. To a screen reader
 * it is a tree: one stop of the Tab key, and arrow keys lead along the edges.
 */
@customElement('preflight-graph')
export class GraphCanvas extends LitElement {
  @property({ attribute: false }) picture: Picture | undefined;
  @property({ attribute: false }) layout: GraphLayout | undefined;
  @property({ attribute: false }) label = '';
  /** The id of a box. */
  @property({ attribute: false }) selected: string | undefined;
  /** Boxes that the search and the filter let through; undefined where there is none. */
  @property({ attribute: false }) found: ReadonlySet<string> | undefined;
  /** What to begin with where the picture is larger than the window. */
  @property({ attribute: false }) beginAt: string | undefined;
  /** Where the user has left the picture; undefined: fitted to the window. */
  @property({ attribute: false }) viewport: Viewport | undefined;
  /** Milliseconds since the epoch, where something runs. */
  @property({ attribute: false }) now: number | undefined;
  @property({ attribute: false }) whenSelected: ((id: string | undefined) => void) | undefined;
  @property({ attribute: false }) whenOpened: ((id: string) => void) | undefined;
  @property({ attribute: false }) whenMoved: ((viewport: Viewport) => void) | undefined;

  /** The part of the picture that is drawn. */
  @state() private drawn: Rectangle = { left: 0, top: 0, right: 0, bottom: 0 };
  private view: Viewport = { x: 0, y: 0, scale: 1 };
  private size: Size = { width: 0, height: 0 };
  private gestures: GestureReader | undefined;
  private measuredWith: string | undefined;
  private settling: number | undefined;
  private following: number | undefined;
  /** The last choice was a click: what is under the pointer stays there for a second one. */
  private isPointed = false;
  private readonly resizes = new ResizeObserver(() => this.measure());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  private get frame(): HTMLElement | null {
    return this.querySelector('.graph-window');
  }

  protected override firstUpdated(): void {
    const { frame: element } = this;
    if (element === null) return;
    this.gestures = new GestureReader(element, {
      pan: (x, y) => this.moveTo({ ...this.view, x: this.view.x + x, y: this.view.y + y }),
      zoom: (at, factor) => this.moveTo(zoomAt(this.view, at, factor)),
    });
    this.measuredWith = this.selected;
    this.resizes.observe(element);
    this.measure();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('layout')) this.takeLayout(changed.get('layout'));
    else if (changed.has('selected') && this.size.width > 0) this.followSelection();
  }

  private takeLayout(before: GraphLayout | undefined): void {
    const { layout, viewport, selected, view, size } = this;
    if (layout === undefined || viewport === undefined) this.fit();
    else if (before === undefined) this.show(keepInSight(viewport, layout, size));
    else this.show(keepPlace(view, size, selected, before, layout));
  }

  private measure(): void {
    const { frame: element, layout, selected } = this;
    if (element === null) return;
    this.size = { width: element.clientWidth, height: element.clientHeight };
    if (layout === undefined) return;
    // The details of a stage have come or gone: nothing may jump away from under the pointer.
    const isOfSelection = selected !== this.measuredWith;
    this.measuredWith = selected;
    if (isOfSelection) this.followSelection();
    else if (this.viewport !== undefined) {
      this.show(keepInSight(this.viewport, layout, this.size));
    } else this.fit();
  }

  /** Moves what is selected into sight; where a click selected it, when no second click can come any more. */
  private followSelection(): void {
    window.clearTimeout(this.following);
    if (!this.isPointed) return this.showSelected();
    this.following = window.setTimeout(() => {
      this.frame?.classList.add('gliding');
      this.showSelected();
      this.following = window.setTimeout(() => this.frame?.classList.remove('gliding'), GLIDE_MS);
    }, DOUBLE_CLICK_MS);
  }

  private showSelected(): void {
    const { layout, picture, selected, viewport } = this;
    if (layout === undefined || picture === undefined) return;
    const parts = { picture, layout, isFitted: viewport === undefined };
    const view = keepInSight(viewport ?? this.view, layout, this.size);
    this.show(bringIntoSight(view, this.size, selected, parts));
    if (viewport !== undefined) this.keep();
  }

  /** The whole picture, or as much of it as can be read. */
  private fit(): void {
    const { layout, beginAt, size } = this;
    if (layout === undefined || size.width === 0) return;
    const box = layout.boxes.get(beginAt ?? '');
    this.show(firstViewport(layout, size, box === undefined ? undefined : boxOf(box)));
  }

  /** The user has moved the picture. */
  private moveTo(view: Viewport): void {
    const { layout } = this;
    if (layout === undefined) return;
    window.clearTimeout(this.following);
    this.frame?.classList.remove('gliding');
    this.show(keepInSight(view, layout, this.size));
    this.frame?.classList.add('moving');
    this.keep();
  }

  private keep(): void {
    this.viewport = this.view;
    window.clearTimeout(this.settling);
    this.settling = window.setTimeout(() => this.settle(), 150);
  }

  private settle(): void {
    this.frame?.classList.remove('moving');
    this.whenMoved?.(this.view);
  }

  private show(view: Viewport): void {
    this.view = view;
    const plane = this.querySelector<HTMLElement>('.graph-plane');
    if (plane !== null) {
      plane.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    }
    this.frame?.classList.toggle('far', view.scale < FAR);
    this.frame?.classList.toggle('farther', view.scale < FAR / 2);
    const seen = seenPart(view, this.size, 0);
    const wide = this.drawn.right - this.drawn.left > 3 * (seen.right - seen.left + 2 * AROUND);
    if (!contains(this.drawn, seen) || wide) this.drawn = seenPart(view, this.size, AROUND);
  }

  /** Brings a box into the middle of the window. */
  centreOn(id: string): void {
    const place = this.layout?.boxes.get(id);
    if (place === undefined) return;
    this.isPointed = false;
    const view = { ...this.view, scale: Math.max(0.8, this.view.scale) };
    this.moveTo(centre(view, this.size, boxOf(place)));
  }

  private get active(): string | undefined {
    const { selected, layout, picture } = this;
    if (selected !== undefined && layout?.boxes.has(selected) === true) return selected;
    return [...(picture?.nodes.keys() ?? [])].find((id) => layout?.boxes.has(id));
  }

  protected override render(): TemplateResult {
    const { picture, layout, selected, found, active, drawn, now } = this;
    return html`<div
        class="graph-window"
        role="tree"
        aria-label=${this.label}
        @click=${this.onClick}
        @dblclick=${this.onDoubleClick}
        @keydown=${this.onKey}
        @focusin=${this.onFocus}
      >
        <div class="graph-plane">
          ${picture === undefined || layout === undefined ? nothing : renderPlane({ picture, layout, selected, found, active, drawn, now })}
        </div>
      </div>
      ${renderZoomTools({
        zoomIn: () => this.zoomBy(ZOOM_STEP),
        zoomOut: () => this.zoomBy(1 / ZOOM_STEP),
        actualSize: () => this.zoomBy(1 / this.view.scale),
        fit: () => this.fitWhole(),
      })}`;
  }

  private zoomBy(factor: number): void {
    const { width, height } = this.size;
    this.moveTo(zoomAt(this.view, { x: width / 2, y: height / 2 }, factor));
  }

  private fitWhole(): void {
    if (this.layout !== undefined) this.moveTo(fitAll(this.layout, this.size));
  }

  private readonly onClick = (event: MouseEvent): void => {
    if (this.gestures?.hasDragged === true) return;
    this.isPointed = true;
    this.whenSelected?.(boxAt(event));
  };

  private readonly onDoubleClick = (event: MouseEvent): void => {
    const id = boxAt(event);
    if (id !== undefined) this.whenOpened?.(id);
  };

  /** The Tab key may lead to a box that is out of sight; nothing moves away from under the pointer. */
  private readonly onFocus = (event: FocusEvent): void => {
    if (event.target instanceof Element && !event.target.matches(':focus-visible')) return;
    const place = this.layout?.boxes.get(boxAt(event) ?? '');
    if (place === undefined) return;
    const next = reveal(this.view, this.size, boxOf(place));
    if (next.x !== this.view.x || next.y !== this.view.y) this.moveTo(next);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const action = actionOfKey(event, this.layout?.direction ?? 'right');
    if (action === undefined) return;
    event.preventDefault();
    this.isPointed = false;
    this.act(action, boxAt(event) ?? this.active);
  };

  /** @param id the box that has the focus */
  private act(action: KeyAction, id: string | undefined): void {
    const { view } = this;
    switch (action.kind) {
      case 'pan':
        return this.moveTo({ ...view, x: view.x + action.by.x, y: view.y + action.by.y });
      case 'zoom':
        return this.zoomBy(action.factor);
      case 'actualSize':
        return this.zoomBy(1 / view.scale);
      case 'fit':
        return this.fitWhole();
      case 'open':
        if (id !== undefined) this.whenOpened?.(id);
        return;
      case 'select':
        return this.whenSelected?.(id);
      case 'leave':
        return this.whenSelected?.(undefined);
      case 'step':
        return this.step(id, action.step);
    }
  }

  private step(id: string | undefined, step: Step): void {
    const { picture, layout } = this;
    if (picture === undefined || layout === undefined || id === undefined) return;
    const next = stepFrom(id, step, picture, layout);
    if (next !== undefined) void this.select(next);
  }

  private async select(id: string): Promise<void> {
    this.whenSelected?.(id);
    this.selected = id;
    await this.updateComplete;
    focusBox(this, id);
  }
}

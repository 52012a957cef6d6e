import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { makeEmphasis } from './emphasis';
import { renderBox } from './graphBox';
import { renderEdges } from './graphEdges';
import type { Picture } from './picture';
import { boxOf, type GraphLayout } from './placed';
import { overlap, type Rectangle } from './viewport';

export interface PlaneOptions {
  readonly picture: Picture;
  readonly layout: GraphLayout;
  /** The id of a box. */
  readonly selected: string | undefined;
  /** Boxes that the search and the filter let through; undefined where there is none. */
  readonly found: ReadonlySet<string> | undefined;
  /** The box that is the stop of the Tab key. It is always drawn, so that the focus is never lost. */
  readonly active: string | undefined;
  /** Milliseconds since the epoch, where something runs. */
  readonly now: number | undefined;
  /** The part of the picture to draw. */
  readonly drawn: Rectangle;
}

/** The boxes and lines of a part of the picture. */
export function renderPlane(options: PlaneOptions): TemplateResult {
  const { picture, layout, selected, found, active, drawn, now } = options;
  const chosen = selected !== undefined && picture.nodes.has(selected) ? selected : undefined;
  const emphasis = makeEmphasis(picture, chosen, found);
  const boxes = [...picture.nodes.values()].flatMap((node) => {
    const place = layout.boxes.get(node.id);
    const isSeen = place !== undefined && (node.id === active || overlap(boxOf(place), drawn));
    return isSeen ? [{ node, place }] : [];
  });
  return html`${renderEdges(layout, drawn, emphasis)}
  ${repeat(
    boxes,
    ({ node }) => node.id,
    ({ node, place }) => {
      const { id } = node;
      const look = {
        selected: id === chosen,
        active: id === active,
        weight: emphasis.ofBox(id),
        now,
      };
      return renderBox(node, place, look, picture);
    },
  )}`;
}

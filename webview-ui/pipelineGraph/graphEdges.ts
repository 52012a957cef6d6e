import { html, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Emphasis } from './emphasis';
import type { GraphLayout, PlacedEdge } from './placed';
import { overlap, type Rectangle } from './viewport';

/** The lines between the boxes of a part of the picture; those of the selected stage lie above the others. */
export function renderEdges(
  layout: GraphLayout,
  part: Rectangle,
  emphasis: Emphasis,
): TemplateResult {
  const seen = layout.edges.filter(({ box }) => overlap(box, part));
  const isOnPath = (edge: PlacedEdge): boolean => emphasis.ofEdge(edge) === 'path';
  const [above, below] = [seen.filter(isOnPath), seen.filter((edge) => !isOnPath(edge))];
  return html`<svg class="edges" width=${layout.width} height=${layout.height} aria-hidden="true">
    ${repeat(
      [...below, ...above],
      ({ from, to }) => `${from}\n${to}`,
      (edge) =>
        svg`<path
          class="edge ${emphasis.ofEdge(edge)} ${edge.back ? 'back' : ''}"
          d=${edge.path}
        ></path>`,
    )}
  </svg>`;
}

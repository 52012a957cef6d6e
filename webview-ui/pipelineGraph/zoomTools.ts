import { html, type TemplateResult } from 'lit';
import { codicon } from '../shared/codicon';

export interface ZoomActions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly actualSize: () => void;
  readonly fit: () => void;
}

/** The buttons in the corner of the picture. */
export function renderZoomTools(actions: ZoomActions): TemplateResult {
  const tool = (icon: string, title: string, act: () => void): TemplateResult =>
    html`<button class="tool" title=${title} aria-label=${title} @click=${act}>
      ${codicon(icon)}
    </button>`;
  return html`<div class="zoom-tools" role="toolbar" aria-label="Zoom">
    ${tool('zoom-out', 'Zoom out (-)', actions.zoomOut)}
    ${tool('zoom-in', 'Zoom in (+)', actions.zoomIn)}
    <button
      class="tool"
      title="Actual size (0)"
      aria-label="Actual size (0)"
      @click=${actions.actualSize}
    >
      1:1
    </button>
    ${tool('screen-full', 'Fit the whole pipeline (f)', actions.fit)}
  </div>`;
}

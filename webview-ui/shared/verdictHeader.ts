import { html, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { FromView } from '../../src/protocol/view';
import { toneIcon } from './codicon';
import type { Post } from './host';
import type { Tone } from './tone';
import { visibleText } from './visibleText';

export interface VerdictHeader {
  readonly tone: Tone;
  /** The verdict in one sentence; it holds the word for the tone. */
  readonly headline: string;
  /** What was judged, in short pieces. */
  readonly facts: readonly unknown[];
  /** What stands at the right: buttons, a switch of datasets. */
  readonly actions: readonly unknown[];
}

/** The answer first: what every view begins with. */
export function renderVerdict(header: VerdictHeader): TemplateResult {
  return html`<header class="verdict">
    ${toneIcon(header.tone)}
    <div class="verdict-body">
      <h1><bdi>${visibleText(header.headline, 400)}</bdi></h1>
      <p class="verdict-facts">${header.facts.map((fact) => html`<span>${fact}</span>`)}</p>
    </div>
    <div class="verdict-actions">${header.actions}</div>
  </header>`;
}

export function renderButton(
  title: string,
  message: FromView,
  post: Post,
  weight: 'primary' | 'secondary',
): TemplateResult {
  return html`<vscode-button ?secondary=${weight === 'secondary'} @click=${() => post(message)}
    >${title}</vscode-button
  >`;
}

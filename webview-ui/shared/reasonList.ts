import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatCount } from '../../src/base/format';
import { toneIcon } from './codicon';
import type { Post } from './host';
import type { Fact, ReasonAction, ReasonItem } from './reasonItem';
import { visibleText } from './visibleText';

/** More than this many are drawn only on request: each has buttons of its own. */
export const SHOWN_REASONS = 50;

export interface ReasonListOptions {
  readonly label: string;
  readonly post: Post;
  readonly showAll: boolean;
  readonly whenShowAll: () => void;
  /** Makes the subject a link; absent where there is nothing to select. */
  readonly whenSelected?: (item: ReasonItem) => void;
}

/** The reasons for a verdict, in the order given. */
export function renderReasons(
  items: readonly ReasonItem[],
  options: ReasonListOptions,
): TemplateResult {
  const shown = options.showAll ? items : items.slice(0, SHOWN_REASONS);
  return html`<ul class="reasons" aria-label=${options.label}>
      ${repeat(
        shown,
        ({ key }) => key,
        (item) => renderReason(item, options),
      )}
    </ul>
    ${
      shown.length < items.length
        ? html`<button class="link" @click=${options.whenShowAll}>
            Show all ${formatCount(items.length, 'reason')}
          </button>`
        : nothing
    }`;
}

function renderReason(item: ReasonItem, options: ReasonListOptions): TemplateResult {
  return html`<li class="reason">
    ${toneIcon(item.tone)}
    <div class="reason-body">
      <div class="reason-title">
        <span class="word tone-${item.tone}">${item.word}</span>
        ${renderSubject(item, options)}
        ${item.rule === undefined ? nothing : html`<span class="rule">${item.rule}</span>`}
      </div>
      <p class="reason-message" dir="auto">${visibleText(item.message, 600)}</p>
      ${item.facts.length === 0 ? nothing : renderFacts(item.facts)}
      ${item.samples.length === 0 ? nothing : renderSamples(item.samples)}
      ${
        item.links.length + item.buttons.length === 0
          ? nothing
          : html`<div class="reason-actions">
              ${item.buttons.map((action) => renderButton(action, options.post))}
              ${item.links.map((action) => renderLink(action, options.post))}
            </div>`
      }
    </div>
  </li>`;
}

function renderSubject(item: ReasonItem, options: ReasonListOptions): TemplateResult {
  const name = html`<bdi title=${visibleText(item.subject, 1000)}
    >${visibleText(item.subject)}</bdi
  >`;
  const { whenSelected } = options;
  return whenSelected === undefined
    ? html`<strong class="subject">${name}</strong>`
    : html`<button class="subject link" @click=${() => whenSelected(item)}>${name}</button>`;
}

function renderFacts(facts: readonly Fact[]): TemplateResult {
  return html`<dl class="facts">
    ${facts.map(
      ({ name, text, exact }) =>
        html`<div>
          <dt>${name}</dt>
          <dd title=${exact ?? nothing}><bdi>${visibleText(text)}</bdi></dd>
        </div>`,
    )}
  </dl>`;
}

function renderSamples(samples: readonly string[]): TemplateResult {
  return html`<div class="samples">
    <span class="samples-name">Values</span>
    ${samples.map((sample) => html`<code><bdi>${sampleText(sample)}</bdi></code>`)}
  </div>`;
}

function sampleText(sample: string): string {
  return sample === '' ? '(empty text)' : visibleText(sample, 60);
}

function renderButton(action: ReasonAction, post: Post): TemplateResult {
  return html`<vscode-button secondary @click=${() => post(action.message)}
    ><bdi>${visibleText(action.title, 80)}</bdi></vscode-button
  >`;
}

/** A link to something in the editor. */
export function renderLink(action: ReasonAction, post: Post): TemplateResult {
  return html`<button class="link" @click=${() => post(action.message)}>
    <bdi>${visibleText(action.title, 120)}</bdi>
  </button>`;
}

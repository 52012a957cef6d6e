import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatCount } from '../../src/base/format';
import type { FromView } from '../../src/protocol/view';
import { codicon, toneIcon } from './codicon';
import { renderFacts } from './facts';
import type { Post } from './host';
import type { ReasonAction, ReasonItem } from './reasonItem';
import { visibleText } from './visibleText';

/** Of the values that caused something; the others are in the tooltip. */
const SHOWN_SAMPLES = 5;

/** Not worth a click: so few more are drawn at once. */
const SPARED = 2;

export interface ReasonListOptions {
  readonly label: string;
  /** What one of them is called: `finding`. */
  readonly noun: string;
  readonly post: Post;
  /** More than this many are drawn only on request. */
  readonly shown: number;
  readonly showAll: boolean;
  readonly whenShowAll: () => void;
  /** A click on a subject that can be selected. */
  readonly whenSelected?: (selects: string) => void;
  /** What stands below an item besides, by its key. */
  readonly details?: ReadonlyMap<string, TemplateResult>;
}

/** The reasons for a verdict, in the order given. */
export function renderReasons(
  items: readonly ReasonItem[],
  options: ReasonListOptions,
): TemplateResult {
  const some = !options.showAll && items.length > options.shown + SPARED;
  const shown = some ? items.slice(0, options.shown) : items;
  return html`<ul class="reasons" aria-label=${options.label}>
      ${repeat(
        shown,
        ({ key }) => key,
        (item) => renderReason(item, options),
      )}
    </ul>
    ${
      some
        ? html`<button class="link show-all" @click=${options.whenShowAll}>
            Show all ${formatCount(items.length, options.noun)}
          </button>`
        : nothing
    }`;
}

/** The section of a view that lists the reasons for its verdict. */
export function renderReasonSection(
  items: readonly ReasonItem[],
  options: Pick<ReasonListOptions, 'post' | 'showAll' | 'whenShowAll'>,
): TemplateResult {
  return html`<section>
    <h2>Reasons</h2>
    ${renderReasons(items, { ...options, label: 'Reasons', noun: 'reason', shown: 50 })}
  </section>`;
}

function renderReason(item: ReasonItem, options: ReasonListOptions): TemplateResult {
  const detail = options.details?.get(item.key);
  return html`<li class="reason">
    ${toneIcon(item.tone)}
    <div class="reason-body">
      <div class="reason-title">
        <span class="word tone-${item.tone}">${item.word}</span>
        ${renderSubject(item, options)}
        ${item.rule === undefined ? nothing : renderRule(item.rule, item.explains, options.post)}
      </div>
      ${renderEvidence(item)}
    </div>
    ${
      item.links.length + item.buttons.length === 0
        ? nothing
        : html`<div class="reason-actions">
            ${item.buttons.map((action) => renderButton(action, options.post))}
            ${item.links.map((action) => renderLink(action, options.post))}
          </div>`
    }
    ${detail === undefined ? nothing : html`<div class="reason-detail">${detail}</div>`}
  </li>`;
}

function renderSubject(item: ReasonItem, options: ReasonListOptions): TemplateResult {
  const name = html`<bdi title=${visibleText(item.subject, 1000)}
    >${visibleText(item.subject)}</bdi
  >`;
  const { selects } = item;
  return selects === undefined
    ? html`<strong class="subject">${name}</strong>`
    : html`<button class="subject link" @click=${() => options.whenSelected?.(selects)}>
        ${name}
      </button>`;
}

function renderRule(rule: string, explains: FromView | undefined, post: Post): TemplateResult {
  return explains === undefined
    ? html`<span class="rule">${rule}</span>`
    : html`<button class="rule link" title="Explain this rule" @click=${() => post(explains)}>
        ${rule}
      </button>`;
}

function renderEvidence({ message, notes, facts, samples, fix }: ReasonItem): TemplateResult {
  return html`${
    message === undefined
      ? nothing
      : html`<p class="reason-message" dir="auto">${visibleText(message, 600)}</p>`
  }
  ${(notes ?? []).map((note) => html`<p class="muted" dir="auto">${visibleText(note, 400)}</p>`)}
  ${renderFacts(facts ?? [])}
  ${samples === undefined || samples.length === 0 ? nothing : renderSamples(samples)}
  ${
    fix === undefined
      ? nothing
      : html`<p class="fix" dir="auto">${codicon('lightbulb')} ${visibleText(fix, 400)}</p>`
  }`;
}

function renderSamples(samples: readonly string[]): TemplateResult {
  const more = samples.length - SHOWN_SAMPLES;
  return html`<div class="samples">
    <span class="samples-name">Values</span>
    ${samples
      .slice(0, SHOWN_SAMPLES)
      .map((sample) => html`<code><bdi>${sampleText(sample)}</bdi></code>`)}
    ${
      more > 0
        ? html`<span class="muted" title=${samples.map(sampleText).join('\n')}
            >and ${more} more</span
          >`
        : nothing
    }
  </div>`;
}

function sampleText(sample: string): string {
  return sample === '' ? '(empty text)' : visibleText(sample, 60);
}

function renderButton(action: ReasonAction, post: Post): TemplateResult {
  return html`<vscode-button secondary @click=${() => post(action.message)}
    ><bdi>${visibleText(action.title, 60)}</bdi></vscode-button
  >`;
}

/** A link to something in the editor. */
export function renderLink(action: ReasonAction, post: Post): TemplateResult {
  return html`<button class="link" @click=${() => post(action.message)}>
    <bdi>${visibleText(action.title, 120)}</bdi>
  </button>`;
}

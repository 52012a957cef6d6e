import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from './visibleText';

/** A named value: `Observed  15.4 % null`. Not escaped. */
export interface Fact {
  readonly name: string;
  readonly text: string;
  /** With all its digits. */
  readonly exact?: string;
}

/** Named values in a row; nothing where there are none. */
export function renderFacts(facts: readonly Fact[]): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing;
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

import { html, type TemplateResult } from 'lit';
import { TONE_ICONS, type Tone } from './tone';

/** One icon of the editor's font. It is decoration: the word beside it says the same. */
export function codicon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** The icon of a tone, in its colour. */
export function toneIcon(tone: Tone): TemplateResult {
  return html`<span
    class="codicon codicon-${TONE_ICONS[tone]} tone-${tone}"
    aria-hidden="true"
  ></span>`;
}

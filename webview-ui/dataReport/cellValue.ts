import { html, type TemplateResult } from 'lit';
import { visibleText } from '../shared/visibleText';

/** A value of a row: what is missing or empty is told apart from the texts that say so. */
export function renderValue(value: string | null | undefined): TemplateResult {
  if (value === null || value === undefined) return html`<span class="muted">null</span>`;
  if (value === '') return html`<span class="muted">(empty text)</span>`;
  return html`<bdi title=${visibleText(value, 1000)}>${visibleText(value, 60)}</bdi>`;
}

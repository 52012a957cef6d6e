import { html, type TemplateResult } from 'lit';
import { codicon } from './codicon';
import type { Post } from './host';
import type { TableModel } from './tableModel';
import { tableToCsv, tableToMarkdown } from './tableText';

/** Copies a table, in the order in which it is shown. */
export function copyTableButtons(model: TableModel, post: Post): TemplateResult {
  return html`${copyButton('CSV', `Copy ${model.label} as CSV`, post, () => tableToCsv(model))}
  ${copyButton('Markdown', `Copy ${model.label} as Markdown`, post, () => tableToMarkdown(model))}`;
}

/** One button that copies a text; `title` says what: `Copy report as Markdown`. */
export function copyButton(
  label: string,
  title: string,
  post: Post,
  text: () => string,
): TemplateResult {
  const what = title.replace(/^Copy /, '');
  return html`<button
    class="tool"
    title=${title}
    aria-label=${title}
    @click=${() => post({ type: 'copy', text: text(), what })}
  >
    ${codicon('copy')}${label}
  </button>`;
}

import { html, type TemplateResult } from 'lit';
import { columnFractions, renderCell } from './tableCell';
import { hoverText, type TableModel } from './tableModel';
import { visibleText } from './visibleText';

/** A small table to be read, without selection or sorting. The first column heads its rows. */
export function renderPlainTable(model: TableModel): TemplateResult {
  const fractions = columnFractions(model);
  return html`<table class="plain" aria-label=${visibleText(model.label)}>
    <thead>
      <tr>
        ${model.columns.map(
          ({ title, align }) =>
            html`<th scope="col" class=${align === undefined ? '' : 'numeric'}>${title}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${model.rows.map(
        ({ cells }) =>
          html`<tr>
            ${model.columns.map((column, index) => {
              const cell = cells[index] ?? { text: '' };
              const content = renderCell(cell, column, fractions[index] ?? 0);
              const title = visibleText(hoverText(cell), 1000);
              return index === 0
                ? html`<th scope="row" title=${title}>${content}</th>`
                : html`<td class=${column.align === undefined ? '' : 'numeric'} title=${title}>
                    ${content}
                  </td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

import { html, type TemplateResult } from 'lit';
import { copyTableButtons } from '../shared/copyButtons';
import type { Post } from '../shared/host';
import type { TableModel } from '../shared/tableModel';
import { visibleText } from '../shared/visibleText';
import { renderValue } from './cellValue';

/** More columns than this are not looked through. */
export const MOST_COLUMNS = 30;

/** Rows of data, as a finding or a comparison of versions shows some of them. Not escaped. */
export interface RowTable {
  /** For the clipboard and for screen readers: `added rows`. */
  readonly label: string;
  /** What stands above it: how many rows there are. */
  readonly caption: unknown;
  readonly columns: readonly RowColumn[];
  readonly rows: readonly (readonly RowCell[])[];
}

export interface RowColumn {
  readonly title: string;
  readonly kind?: 'numeric' | 'own' | 'wide';
}

export interface RowCell {
  /** For the clipboard. */
  readonly text: string;
  readonly content: unknown;
}

/** A value of a row; one that is missing is copied as nothing. */
export function valueCell(value: string | null | undefined): RowCell {
  return { text: value ?? '', content: renderValue(value) };
}

/** Scrolls by itself, below its titles; its content can be copied. */
export function renderRowTable(table: RowTable, post: Post): TemplateResult {
  const { label, caption, columns, rows } = table;
  return html`<div class="rows-head">
      ${caption}<span class="tools">${copyTableButtons(copiedTable(table), post)}</span>
    </div>
    <div class="rows-scroll" tabindex="0" role="group" aria-label=${label}>
      <table class="plain rows" aria-label=${label}>
        <thead>
          <tr>
            ${columns.map(
              ({ title, kind = '' }) =>
                html`<th scope="col" class=${kind}><bdi>${visibleText(title, 40)}</bdi></th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map(
                  ({ content }, index) =>
                    html`<td class=${columns[index]?.kind ?? ''}>${content}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function copiedTable({ label, columns, rows }: RowTable): TableModel {
  return {
    label,
    columns: columns.map(({ title, kind }) => ({
      id: title,
      title,
      track: 'auto',
      ...(kind === 'numeric' ? { align: 'end' } : {}),
    })),
    rows: rows.map((cells, index) => ({
      key: String(index),
      cells: cells.map(({ text }) => ({ text })),
    })),
  };
}

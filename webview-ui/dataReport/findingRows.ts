import { html, type TemplateResult } from 'lit';
import { formatCount } from '../../src/base/format';
import type { DatasetReport, Finding } from '../../src/protocol/content';
import type { FailingRow, FailingRows } from '../../src/protocol/content';
import type { ShownRows } from '../../src/protocol/shownRows';
import type { Post } from '../shared/host';
import { renderLink } from '../shared/reasonList';
import { renderValue } from './cellValue';
import { visibleText } from '../shared/visibleText';

/** More columns than this are not looked through. */
const MOST_COLUMNS = 30;

/** The rows that a finding is about, below it. */
export function renderFindingRows(
  report: DatasetReport,
  finding: Finding,
  { state }: ShownRows,
  post: Post,
): TemplateResult {
  switch (state.kind) {
    case 'reading':
      return html`<p class="muted" role="status">Reading the rows…</p>`;
    case 'failed':
      return html`<p class="muted" role="status">
        The rows could not be read. ${visibleText(state.problem.message, 400)}
      </p>`;
    case 'read':
      return renderRead(report, finding, state.rows, post);
  }
}

function renderRead(
  report: DatasetReport,
  finding: Finding,
  { columns, rows, total }: FailingRows,
  post: Post,
): TemplateResult {
  if (rows.length === 0)
    return html`<p class="muted" role="status">No row is like that any more.</p>`;
  const order = columnOrder(columns, finding).slice(0, MOST_COLUMNS);
  const hasLines = rows.some(({ line }) => line !== undefined);
  const hidden = columns.length - order.length;
  const counted =
    rows.length < total
      ? `The first ${rows.length} of ${formatCount(total, 'row')}`
      : formatCount(total, 'row');
  return html`<p class="muted" role="status">
      ${counted}${hidden > 0 ? `, without ${formatCount(hidden, 'column')}` : ''}
    </p>
    <div class="rows-scroll" tabindex="0">
      <table class="plain rows" aria-label="Rows of the finding">
        <thead>
          <tr>
            ${hasLines ? html`<th scope="col" class="numeric">Line</th>` : ''}
            ${order.map(
              (index) =>
                html`<th scope="col" class=${mark(columns[index], finding)}>
                  <bdi>${visibleText(columns[index] ?? '', 40)}</bdi>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${hasLines ? html`<td class="numeric">${renderLine(report, row, post)}</td>` : ''}
                ${order.map(
                  (index) =>
                    html`<td class=${mark(columns[index], finding)}>
                      ${renderValue(row.values[index])}
                    </td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** The finding's own column comes first. */
function columnOrder(columns: readonly string[], { column }: Finding): readonly number[] {
  const own = column === undefined ? -1 : columns.indexOf(column);
  const others = columns.map((_, index) => index).filter((index) => index !== own);
  return own < 0 ? others : [own, ...others];
}

function mark(name: string | undefined, { column }: Finding): string {
  return name !== undefined && name === column ? 'own' : '';
}

function renderLine(
  { path }: DatasetReport,
  { file = path, line }: FailingRow,
  post: Post,
): TemplateResult {
  if (line === undefined) return html``;
  return renderLink({ title: String(line), message: { type: 'open', file, line } }, post);
}

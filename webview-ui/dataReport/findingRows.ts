import { html, type TemplateResult } from 'lit';
import { formatCount } from '../../src/base/format';
import type { DatasetReport, Finding } from '../../src/protocol/content';
import type { FailingRow, FailingRows } from '../../src/protocol/content';
import type { ShownRows } from '../../src/protocol/shownRows';
import type { Post } from '../shared/host';
import { renderLink } from '../shared/reasonList';
import { visibleText } from '../shared/visibleText';
import { MOST_COLUMNS, renderRowTable, valueCell, type RowCell, type RowColumn } from './rowTable';

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
  found: FailingRows,
  post: Post,
): TemplateResult {
  const { columns, rows } = found;
  if (rows.length === 0)
    return html`<p class="muted" role="status">No row is like that any more.</p>`;
  const order = columnOrder(columns, finding).slice(0, MOST_COLUMNS);
  const hasLines = rows.some(({ line }) => line !== undefined);
  const titles = order.map((index): RowColumn => {
    const title = columns[index] ?? '';
    return title === finding.column ? { title, kind: 'own' } : { title };
  });
  return renderRowTable(
    {
      label: 'rows of the finding',
      caption: html`<p class="muted" role="status">${countText(found, order.length)}</p>`,
      columns: hasLines ? [{ title: 'Line', kind: 'numeric' }, ...titles] : titles,
      rows: rows.map((row) => [
        ...(hasLines ? [lineCell(report, row, post)] : []),
        ...order.map((index) => valueCell(row.values[index])),
      ]),
    },
    post,
  );
}

function countText({ rows, total, columns }: FailingRows, shown: number): string {
  const all = formatCount(total, 'row');
  const counted = rows.length < total ? `The first ${rows.length} of ${all}` : all;
  const hidden = columns.length - shown;
  return hidden > 0 ? `${counted}, without ${formatCount(hidden, 'column')}` : counted;
}

/** The finding's own column comes first. */
function columnOrder(columns: readonly string[], { column }: Finding): readonly number[] {
  const own = column === undefined ? -1 : columns.indexOf(column);
  const others = columns.map((_, index) => index).filter((index) => index !== own);
  return own < 0 ? others : [own, ...others];
}

function lineCell({ path }: DatasetReport, { file = path, line }: FailingRow, post: Post): RowCell {
  if (line === undefined) return { text: '', content: '' };
  const text = String(line);
  return {
    text,
    content: renderLink({ title: text, message: { type: 'open', file, line } }, post),
  };
}

import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatNumber } from '../../src/base/format';
import type { ChangedRow, DatasetDiff, DatasetReport, SampleRow } from '../../src/protocol/content';
import type { ShownDiff } from '../../src/protocol/shownRows';
import { renderFacts, type Fact } from '../shared/facts';
import type { Post } from '../shared/host';
import { renderButton } from '../shared/verdictHeader';
import { visibleText } from '../shared/visibleText';
import { renderValue } from './cellValue';

/** More columns than this are not looked through. */
const MOST_COLUMNS = 30;

/** Which rows came, went and changed between two versions of the data. */
export function renderRowDiff(
  report: DatasetReport,
  shown: ShownDiff | undefined,
  post: Post,
): TemplateResult {
  return html`<section aria-label="Rows">
    <div class="section-head">
      <h2>Rows</h2>
      ${shown?.state.kind === 'read' ? renderVersions(shown.state.diff) : nothing}
      <span class="tools"
        >${renderButton(
          'Compare Rows…',
          { type: 'run', command: 'mlPreflight.data.compareRows', arguments: [report.name] },
          post,
          'secondary',
        )}</span
      >
    </div>
    ${shown === undefined ? nothing : renderState(shown.state)}
  </section>`;
}

function renderVersions({ versions, key }: DatasetDiff): TemplateResult {
  const by = key === undefined ? 'whole rows' : `by ${key.join(', ')}`;
  return html`<span class="muted"
    ><bdi>${visibleText(`${versions.from} against ${versions.to}, ${by}`, 200)}</bdi></span
  >`;
}

function renderState(state: ShownDiff['state']): TemplateResult {
  switch (state.kind) {
    case 'reading':
      return html`<p class="muted" role="status">Comparing the rows…</p>`;
    case 'failed':
      return html`<p class="muted" role="status">
        The rows could not be compared. ${visibleText(state.problem.message, 400)}
      </p>`;
    case 'read':
      return renderDiff(state.diff);
  }
}

function renderDiff(diff: DatasetDiff): TemplateResult {
  const { samples, changed, added, removed } = diff;
  if (changed + added + removed === 0)
    return html`<p role="status">All ${formatCount(diff.to, 'row')} are the same.</p>
      ${renderFacts(columnFacts(diff))}`;
  return html`${renderFacts([...countFacts(diff), ...columnFacts(diff)])}
  ${renderChanged(diff, samples.changed)}
  ${renderRows('Added rows', added, samples.columns, samples.added)}
  ${renderRows('Removed rows', removed, samples.columns, samples.removed)}`;
}

function countFacts(diff: DatasetDiff): readonly Fact[] {
  const counts: readonly (readonly [string, number])[] = [
    ['Changed', diff.changed],
    ['Added', diff.added],
    ['Removed', diff.removed],
    ['Same', diff.same],
  ];
  const changes = diff.changes.map(({ column, count }) => `${column} (${formatNumber(count)})`);
  return [
    ...counts.map(([name, count]) => ({ name, text: formatNumber(count), exact: String(count) })),
    ...(changes.length === 0 ? [] : [{ name: 'Changed in', text: changes.join(', ') }]),
  ];
}

function columnFacts({ columns: { added, removed, retyped } }: DatasetDiff): readonly Fact[] {
  const types = retyped.map(({ column, from, to }) => `${column}: ${from} to ${to}`);
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ['Columns added', added],
    ['Columns removed', removed],
    ['Types changed', types],
  ];
  return facts.flatMap(([name, texts]) =>
    texts.length === 0 ? [] : [{ name, text: texts.join(', ') }],
  );
}

function renderChanged(
  { key = [], changed }: DatasetDiff,
  rows: readonly ChangedRow[],
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<h3>${title('Changed rows', changed, rows.length)}</h3>
    <div class="rows-scroll" tabindex="0">
      <table class="plain rows" aria-label="Changed rows">
        <thead>
          <tr>
            <th scope="col" class="numeric">Row</th>
            ${key.map((name) => html`<th scope="col"><bdi>${visibleText(name, 40)}</bdi></th>`)}
            <th scope="col">Changes</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <td class="numeric">${row.to}</td>
                ${row.key.map((value) => html`<td>${renderValue(value)}</td>`)}
                <td class="changes">
                  ${row.values.map(
                    ({ column, from, to }, index) =>
                      html`${index === 0 ? nothing : '; '}<span class="change"
                          ><span class="muted"><bdi>${visibleText(column, 40)}</bdi></span>
                          ${renderValue(from)}
                          <span aria-label="became">→</span> ${renderValue(to)}</span
                        >`,
                  )}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function renderRows(
  what: string,
  count: number,
  columns: readonly string[],
  rows: readonly SampleRow[],
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  const shown = columns.slice(0, MOST_COLUMNS);
  return html`<h3>${title(what, count, rows.length)}</h3>
    <div class="rows-scroll" tabindex="0">
      <table class="plain rows" aria-label=${what}>
        <thead>
          <tr>
            <th scope="col" class="numeric">Row</th>
            ${shown.map((name) => html`<th scope="col"><bdi>${visibleText(name, 40)}</bdi></th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ row, values }) =>
              html`<tr>
                <td class="numeric">${row}</td>
                ${shown.map((_, index) => html`<td>${renderValue(values[index])}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function title(what: string, count: number, shown: number): string {
  return shown < count ? `${what}: the first ${shown} of ${formatNumber(count)}` : what;
}

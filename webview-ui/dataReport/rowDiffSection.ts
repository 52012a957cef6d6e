import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatNumber } from '../../src/base/format';
import type { ChangedRow, DatasetDiff, DatasetReport, SampleRow } from '../../src/protocol/content';
import type { ShownDiff } from '../../src/protocol/shownRows';
import { renderFacts, type Fact } from '../shared/facts';
import type { Post } from '../shared/host';
import { renderButton } from '../shared/verdictHeader';
import { visibleText } from '../shared/visibleText';
import { renderValue } from './cellValue';
import { MOST_COLUMNS, renderRowTable, valueCell, type RowCell } from './rowTable';

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
    ${
      shown === undefined
        ? html`<p class="muted">
            Which rows came, went and changed since a commit, or between two of them.
          </p>`
        : renderState(shown.state, post)
    }
  </section>`;
}

function renderVersions({ versions, key }: DatasetDiff): TemplateResult {
  const by = key === undefined ? 'whole rows' : `by ${key.join(', ')}`;
  const [from, to] = [versions.from, versions.to].map(sayVersion);
  return html`<span class="muted"
    ><bdi>${visibleText(`${from} against ${to}, ${by}`, 200)}</bdi></span
  >`;
}

/** As people call what has no name in git. */
function sayVersion(version: string): string {
  if (version === 'worktree') return 'the work tree';
  return version === 'index' ? 'the index' : version;
}

function renderState(state: ShownDiff['state'], post: Post): TemplateResult {
  switch (state.kind) {
    case 'reading':
      return html`<p class="muted" role="status">Comparing the rows…</p>`;
    case 'failed':
      return html`<p class="muted" role="status">
        The rows could not be compared. ${visibleText(state.problem.message, 400)}
      </p>`;
    case 'read':
      return renderDiff(state.diff, post);
  }
}

function renderDiff(diff: DatasetDiff, post: Post): TemplateResult {
  const { samples, changed, added, removed } = diff;
  if (changed + added + removed === 0)
    return html`<p role="status">All ${formatCount(diff.to, 'row')} are the same.</p>
      ${renderFacts(columnFacts(diff))}`;
  return html`${renderFacts([...countFacts(diff), ...columnFacts(diff)])} ${renderKeyHint(diff)}
  ${renderChanged(diff, samples.changed, post)}
  ${renderRows('Added rows', added, samples.columns, samples.added, post)}
  ${renderRows('Removed rows', removed, samples.columns, samples.removed, post)}`;
}

/** Without a key nothing tells a row that changed from one that went and one that came. */
function renderKeyHint({ key, added, removed }: DatasetDiff): TemplateResult | typeof nothing {
  if (key !== undefined || added === 0 || removed === 0) return nothing;
  return html`<p class="muted">
    A row that changed counts as one removed and one added. Name the column that identifies a row in
    preflight.yaml, as the dataset's <code>key</code>, to see what changed in it.
  </p>`;
}

function countFacts(diff: DatasetDiff): readonly Fact[] {
  const counts: readonly (readonly [string, number])[] = [
    ...(diff.key === undefined ? [] : [['Changed', diff.changed] as const]),
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
  post: Post,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return renderRowTable(
    {
      label: 'changed rows',
      caption: renderTitle('Changed rows', changed, rows.length),
      columns: [
        { title: 'Row', kind: 'numeric' },
        ...key.map((title) => ({ title })),
        { title: 'Changes', kind: 'wide' },
      ],
      rows: rows.map((row) => [numberCell(row.to), ...row.key.map(valueCell), changesCell(row)]),
    },
    post,
  );
}

function changesCell({ values }: ChangedRow): RowCell {
  const content = values.map(
    ({ column, from, to }, index) =>
      html`${index === 0 ? nothing : '; '}<span class="change"
          ><span class="muted"><bdi>${visibleText(column, 40)}</bdi></span> ${renderValue(from)}
          <span aria-label="became">→</span> ${renderValue(to)}</span
        >`,
  );
  const text = values.map(({ column, from, to }) => `${column}: ${from ?? ''} → ${to ?? ''}`);
  return { text: text.join('; '), content };
}

function renderRows(
  what: string,
  count: number,
  columns: readonly string[],
  rows: readonly SampleRow[],
  post: Post,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  const shown = columns.slice(0, MOST_COLUMNS);
  return renderRowTable(
    {
      label: what.toLowerCase(),
      caption: renderTitle(what, count, rows.length),
      columns: [{ title: 'Row', kind: 'numeric' }, ...shown.map((title) => ({ title }))],
      rows: rows.map(({ row, values }) => [
        numberCell(row),
        ...shown.map((_, index) => valueCell(values[index])),
      ]),
    },
    post,
  );
}

function numberCell(row: number): RowCell {
  return { text: String(row), content: String(row) };
}

function renderTitle(what: string, count: number, shown: number): TemplateResult {
  return html`<h3>
    ${shown < count ? `${what}: the first ${shown} of ${formatNumber(count)}` : what}
  </h3>`;
}

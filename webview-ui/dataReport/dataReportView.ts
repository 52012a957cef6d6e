import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatCount } from '../../src/base/format';
import type { ViewState } from '../../src/protocol/view';
import type { ViewContents } from '../../src/protocol/views';
import type { ShownDiff, ShownRows } from '../../src/protocol/shownRows';
import type { DatasetReport } from '../../src/protocol/content';
import { codicon } from '../shared/codicon';
import { copyButton, copyTableButtons } from '../shared/copyButtons';
import '../shared/dataTable';
import { renderLink, renderReasons } from '../shared/reasonList';
import { reasonsToMarkdown, type ReasonItem } from '../shared/reasonItem';
import { relativeTime } from '../shared/relativeTime';
import { rememberLast } from '../shared/remember';
import { sortRows, type Sort, type TableModel } from '../shared/tableModel';
import { tableToMarkdown } from '../shared/tableText';
import { toneOfVerdict, type Tone } from '../shared/tone';
import { renderButton, renderVerdict } from '../shared/verdictHeader';
import { visibleText } from '../shared/visibleText';
import { ViewElement } from '../shared/viewElement';
import { renderColumnDetail } from './columnDetail';
import { columnPairs, filterPairs, type ColumnPair } from './columnPairs';
import { columnTable } from './columnTable';
import { readDataReportSaved, type DataReportSaved } from './dataReportSaved';
import {
  changeForAsked,
  changeTo,
  chosenDataset,
  datasetOption,
  orderDatasets,
  switchTo,
} from './datasetChoice';
import { datasetFacts, datasetHeadline } from './datasetHeadline';
import { datasetReasons, findingKey } from './findingReason';
import { renderFindingRows } from './findingRows';
import './histogramChart';
import { renderRowDiff } from './rowDiffSection';

type Content = ViewContents['dataReport'];
type Ready = Extract<ViewState<Content>, { kind: 'ready' }>;

/** The Data Report: the verdict on a dataset, its findings, its columns against the baseline. */
@customElement('preflight-data-report')
export class DataReportView extends ViewElement<Content, DataReportSaved> {
  @state() private copyStatus = '';
  private diffKind: ShownDiff['state']['kind'] | 'none' | undefined;
  private readonly pairsOf = rememberLast(columnPairs);
  /** Of a wide table this takes a second: once, and not at every letter of a search. */
  private readonly wholeTableOf = rememberLast(columnTable);
  private readonly tableOf = rememberLast(chooseRows);

  constructor() {
    super(readDataReportSaved);
  }

  protected override receiveContent(content: Content): void {
    const change = changeForAsked(content, this.saved);
    if (change !== undefined) this.save(change);
    // What was asked for is to be seen, but a reload is to stay where it was.
    const isNew = this.diffKind !== undefined && content.diff?.state.kind !== this.diffKind;
    this.diffKind = content.diff?.state.kind ?? 'none';
    if (!isNew || content.diff === undefined) return;
    this.save(changeTo(content.diff.dataset, content, this.saved));
    void this.showDiff();
  }

  private async showDiff(): Promise<void> {
    await this.updateComplete;
    this.querySelector('section[aria-label="Rows"]')?.scrollIntoView();
  }

  protected override renderContent(content: Content, ready: Ready): TemplateResult {
    const report = chosenDataset(content, this.saved);
    if (report === undefined) {
      return html`<section class="notice">
        <p>${codicon('info')} No dataset was found.</p>
      </section>`;
    }
    const pairs = this.pairsOf(report);
    const { search, onlyFindings, sort } = this.saved;
    const table = this.tableOf(this.wholeTableOf(report, pairs), pairs, search, onlyFindings, sort);
    const diff = diffOf(content, report);
    const shown = (content.rows ?? []).filter(({ dataset }) => dataset === report.name);
    const reasons = datasetReasons(report, new Set(shown.map(({ finding }) => finding)));
    return html`${this.renderHeader(content, report, reasons, table, ready)}
    ${report.footer === undefined ? nothing : this.renderFooterOnly(report)}
    ${report.reference === undefined && report.footer === undefined && report.columns.length > 0 ? this.renderNoBaseline(report) : nothing}
    ${reasons.length === 0 ? nothing : this.renderFindings(report, reasons, shown)}
    ${diff === undefined ? nothing : renderRowDiff(report, diff, this.post)}
    ${pairs.length === 0 ? nothing : this.renderColumns(report, pairs, table)}
    ${diff !== undefined || report.rows === 0 ? nothing : renderRowDiff(report, diff, this.post)}`;
  }

  private renderHeader(
    content: Content,
    report: DatasetReport,
    reasons: readonly ReasonItem[],
    table: TableModel,
    ready: Ready,
  ): TemplateResult {
    const headline = datasetHeadline(report);
    const post = this.post;
    const open = (file: string) =>
      renderLink({ title: file, message: { type: 'open', file } }, post);
    const age = relativeTime(ready.time, this.hostNow(ready));
    return renderVerdict({
      tone: toneOfDataset(report),
      headline,
      facts: [
        ...(content.project === undefined
          ? []
          : [html`<bdi>${visibleText(content.project, 100)}</bdi>`]),
        open(report.path),
        ...datasetFacts(report),
        ...(report.reference === undefined
          ? []
          : [html`reference ${renderSource(report.reference.source, open)}`]),
        ...(age === nothing ? [] : [age]),
      ],
      actions: [
        content.report.datasets.length > 1 ? this.renderSwitch(content, report) : nothing,
        copyButton('Markdown', 'Copy report as Markdown', post, () =>
          [reasonsToMarkdown(headline, reasons), tableToMarkdown(table)].join('\n'),
        ),
        renderButton(
          'Compare With…',
          { type: 'run', command: 'mlPreflight.data.compareWith', arguments: [report.name] },
          post,
          'secondary',
        ),
        renderButton(
          'Validate Again',
          { type: 'run', command: 'mlPreflight.data.validate', arguments: [report.name] },
          post,
          'secondary',
        ),
      ],
    });
  }

  private renderSwitch(content: Content, report: DatasetReport): TemplateResult {
    return html`<select
      class="select"
      aria-label="Dataset"
      @change=${(event: Event & { readonly target: HTMLSelectElement }) =>
        this.save(switchTo(event.target.value))}
    >
      ${orderDatasets(content.report.datasets).map(
        (dataset) =>
          html`<option value=${dataset.name} .selected=${dataset.name === report.name}>
            ${datasetOption(dataset)}
          </option>`,
      )}
    </select>`;
  }

  private renderNoBaseline(report: DatasetReport): TemplateResult {
    return html`<section class="banner">
      ${codicon('info')}
      <p>
        No baseline yet: there is nothing to compare these columns with. Write one when the data are
        as they should be, and commit it.
      </p>
      ${renderButton(
        'Write Schema and Baseline',
        { type: 'run', command: 'mlPreflight.data.writeBaseline', arguments: [report.name] },
        this.post,
        'primary',
      )}
    </section>`;
  }

  private renderFooterOnly(report: DatasetReport): TemplateResult {
    return html`<section class="banner">
      ${codicon('info')}
      <p>
        Only the footer was read, and no value: what is found here is certain, and what is not found
        may still be there. The footer decides ${report.footer?.decided.join(', ')}.
      </p>
      ${renderButton(
        'Validate Data',
        { type: 'run', command: 'mlPreflight.data.validate', arguments: [report.name] },
        this.post,
        'primary',
      )}
    </section>`;
  }

  private renderFindings(
    report: DatasetReport,
    reasons: readonly ReasonItem[],
    shown: readonly ShownRows[],
  ): TemplateResult {
    const details = shown.flatMap((rows): [string, TemplateResult][] => {
      const finding = report.findings[rows.finding];
      if (finding === undefined) return [];
      const key = findingKey(finding, rows.finding);
      return [[key, renderFindingRows(report, finding, rows, this.post)]];
    });
    return html`<section>
      <h2>Findings</h2>
      ${renderReasons(reasons, {
        label: 'Findings',
        noun: 'finding',
        shown: 5,
        post: this.post,
        details: new Map(details),
        showAll: this.saved.allFindings,
        whenShowAll: () => this.save({ allFindings: true }),
        whenSelected: (column) => this.save({ column }),
      })}
    </section>`;
  }

  private renderColumns(
    report: DatasetReport,
    pairs: readonly ColumnPair[],
    table: TableModel,
  ): TemplateResult {
    const { column } = this.saved;
    const pair = pairs.find(({ name }) => name === column);
    return html`<section>
      <div class="section-head">
        <h2>Columns</h2>
        ${this.renderFilters()}
        <span class="muted" role="status">${countText(table, pairs)}</span>
        <span class="tools">${copyTableButtons(table, this.post)}</span>
      </div>
      <div class="columns ${pair === undefined ? '' : 'with-detail'}">
        ${table.rows.length === 0 ? html`<p class="muted">No column matches.</p>` : this.renderTable(table)}
        ${pair === undefined ? nothing : this.renderDetail(report, pair)}
      </div>
    </section>`;
  }

  private renderFilters(): TemplateResult {
    const { search, onlyFindings } = this.saved;
    return html`<input
        type="search"
        class="search"
        placeholder="Search columns"
        aria-label="Search columns"
        .value=${search}
        @input=${(event: Event & { readonly target: HTMLInputElement }) =>
          this.save({ search: event.target.value, tableScroll: 0 })}
      />
      <button
        class="tool toggle"
        aria-pressed=${onlyFindings ? 'true' : 'false'}
        @click=${() => this.save({ onlyFindings: !onlyFindings, tableScroll: 0 })}
      >
        ${codicon('filter')}Only with Findings
      </button>`;
  }

  private renderTable(table: TableModel): TemplateResult {
    return html`<preflight-table
      .model=${table}
      .selected=${this.saved.column}
      .sort=${this.saved.sort}
      .startScroll=${this.saved.tableScroll}
      .whenSelected=${(column: string) => this.save({ column })}
      .whenSorted=${(sort: Sort | undefined) => this.save({ sort })}
      .whenScrolled=${(tableScroll: number) => this.save({ tableScroll })}
    ></preflight-table>`;
  }

  private renderDetail(report: DatasetReport, pair: ColumnPair): TemplateResult {
    return renderColumnDetail({
      report,
      pair,
      asTable: this.saved.chartAsTable,
      whenToggled: (chartAsTable) => this.save({ chartAsTable }),
      whenClosed: () => this.save({ column: undefined }),
      copyStatus: this.copyStatus,
      whenCopied: (status) => (this.copyStatus = status),
      post: this.post,
    });
  }
}

/** A committed baseline is a file; a version or another dataset is a name. */
function renderSource(
  source: string,
  open: (file: string) => TemplateResult,
): TemplateResult | string {
  return source.startsWith('.preflight/') ? open(source) : source;
}

/** Where there is nothing to judge by, nothing has passed. */
function toneOfDataset({ verdict, reference }: DatasetReport): Tone {
  return verdict === 'pass' && reference === undefined ? 'info' : toneOfVerdict(verdict);
}

function diffOf({ diff }: Content, { name }: DatasetReport): ShownDiff | undefined {
  return diff?.dataset === name ? diff : undefined;
}

function chooseRows(
  whole: TableModel,
  pairs: readonly ColumnPair[],
  search: string,
  onlyFindings: boolean,
  sort: Sort | undefined,
): TableModel {
  const names = new Set(filterPairs(pairs, search, onlyFindings).map(({ name }) => name));
  const table = { ...whole, rows: whole.rows.filter(({ key }) => names.has(key)) };
  return { ...table, rows: sortRows(table, sort) };
}

function countText(table: TableModel, pairs: readonly ColumnPair[]): string {
  const all = formatCount(pairs.length, 'column');
  return table.rows.length === pairs.length ? all : `${table.rows.length} of ${all}`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount } from '../../src/base/format';
import type { Comparison } from '../../src/protocol/content';
import type { ViewState } from '../../src/protocol/view';
import type { ViewContents } from '../../src/protocol/views';
import { copyButton, copyTableButtons } from '../shared/copyButtons';
import '../shared/dataTable';
import { reasonsToMarkdown, type ReasonItem } from '../shared/reasonItem';
import { renderLink, renderReasonSection } from '../shared/reasonList';
import { relativeTime } from '../shared/relativeTime';
import { rememberLast } from '../shared/remember';
import { sortRows, type Sort, type TableModel } from '../shared/tableModel';
import { tableToMarkdown } from '../shared/tableText';
import { toneOfVerdict } from '../shared/tone';
import { renderButton, renderVerdict } from '../shared/verdictHeader';
import { ViewElement } from '../shared/viewElement';
import { visibleText } from '../shared/visibleText';
import { comparisonHeadline } from './comparisonHeadline';
import { comparisonReasons } from './comparisonReasons';
import { comparisonTable, metricKey } from './comparisonTable';
import { readModelComparisonSaved, type ModelComparisonSaved } from './modelComparisonSaved';

type Content = ViewContents['modelComparison'];
type Ready = Extract<ViewState<Content>, { kind: 'ready' }>;

/** The Model Comparison: the verdict on the candidate, why, and every metric against the baseline. */
@customElement('preflight-model-comparison')
export class ModelComparisonView extends ViewElement<Content, ModelComparisonSaved> {
  private readonly tableOf = rememberLast(makeTable);

  constructor() {
    super(readModelComparisonSaved);
  }

  protected override renderContent({ comparison }: Content, ready: Ready): TemplateResult {
    const reasons = comparisonReasons(comparison);
    const table = this.tableOf(comparison, this.saved.sort);
    return html`${this.renderHeader(comparison, reasons, table, ready)}
    ${reasons.length === 0 ? nothing : this.renderReasons(reasons)}
    ${comparison.metrics.length === 0 ? nothing : this.renderMetrics(comparison, table)}`;
  }

  private renderHeader(
    comparison: Comparison,
    reasons: readonly ReasonItem[],
    table: TableModel,
    ready: Ready,
  ): TemplateResult {
    const headline = comparisonHeadline(comparison);
    const changeBaseline = {
      type: 'run',
      command: 'mlPreflight.models.compareWith',
      arguments: [],
    } as const;
    const age = relativeTime(ready.time, this.hostNow(ready));
    return renderVerdict({
      tone: toneOfVerdict(comparison.verdict),
      headline,
      facts: [
        html`<bdi>${visibleText(comparison.candidate)}</bdi> against
          ${renderLink({ title: comparison.base, message: changeBaseline }, this.post)}`,
        formatCount(comparison.metrics.length, 'metric'),
        ...(age === nothing ? [] : [age]),
      ],
      actions: [
        copyButton('Markdown', 'Copy report as Markdown', this.post, () =>
          [reasonsToMarkdown(headline, reasons), tableToMarkdown(table)].join('\n'),
        ),
        renderButton('Change Baseline\u2026', changeBaseline, this.post, 'secondary'),
      ],
    });
  }

  private renderReasons(reasons: readonly ReasonItem[]): TemplateResult {
    return renderReasonSection(reasons, {
      post: this.post,
      showAll: this.saved.allReasons,
      whenShowAll: () => this.save({ allReasons: true }),
    });
  }

  private renderMetrics(comparison: Comparison, table: TableModel): TemplateResult {
    return html`<section>
      <div class="section-head">
        <h2>Metrics</h2>
        <span class="muted">Enter opens a metric in its file</span>
        <span class="tools">${copyTableButtons(table, this.post)}</span>
      </div>
      <preflight-table
        .model=${table}
        .selected=${this.saved.metric}
        .sort=${this.saved.sort}
        .startScroll=${this.saved.tableScroll}
        .whenSelected=${(key: string) => this.openMetric(comparison, key)}
        .whenSorted=${(sort: Sort | undefined) => this.save({ sort })}
        .whenScrolled=${(tableScroll: number) => this.save({ tableScroll })}
      ></preflight-table>
    </section>`;
  }

  private openMetric(comparison: Comparison, key: string): void {
    this.save({ metric: key });
    const metric = comparison.metrics.find((candidate) => metricKey(candidate) === key);
    if (metric === undefined) return;
    this.post({ type: 'open', file: metric.source.file, line: metric.source.line });
  }
}

function makeTable(comparison: Comparison, sort: Sort | undefined): TableModel {
  const table = comparisonTable(comparison);
  return { ...table, rows: sortRows(table, sort) };
}

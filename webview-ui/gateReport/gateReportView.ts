import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount, formatSeconds } from '../../src/base/format';
import type { CheckReport } from '../../src/protocol/content';
import type { ViewState } from '../../src/protocol/view';
import type { ViewContents } from '../../src/protocol/views';
import { copyButton } from '../shared/copyButtons';
import { renderPlainTable } from '../shared/plainTable';
import { problemReason } from '../shared/problemReason';
import { reasonsToMarkdown, type ReasonItem } from '../shared/reasonItem';
import { renderLink, renderReasons, renderReasonSection } from '../shared/reasonList';
import { relativeTime } from '../shared/relativeTime';
import { tableToMarkdown } from '../shared/tableText';
import { toneOfVerdict } from '../shared/tone';
import { renderButton, renderVerdict } from '../shared/verdictHeader';
import { ViewElement } from '../shared/viewElement';
import { visibleText } from '../shared/visibleText';
import { gateReasons, problemsBesideReasons, shortHeadline } from './gateReasons';
import { readGateReportSaved, type GateReportSaved } from './gateReportSaved';
import { judgedTable } from './gateTables';

type Content = ViewContents['gateReport'];
type Ready = Extract<ViewState<Content>, { kind: 'ready' }>;

/** The Gate Report: whether the change may go in, why not, and what was looked at. */
@customElement('preflight-gate-report')
export class GateReportView extends ViewElement<Content, GateReportSaved> {
  constructor() {
    super(readGateReportSaved);
  }

  protected override renderContent({ report }: Content, ready: Ready): TemplateResult {
    const reasons = gateReasons(report);
    return html`${this.renderHeader(report, reasons, ready)}
    ${reasons.length === 0 ? nothing : this.renderReasonsOf(reasons)} ${this.renderJudged(report)}
    ${this.renderNotJudged(report)}`;
  }

  private renderHeader(
    report: CheckReport,
    reasons: readonly ReasonItem[],
    ready: Ready,
  ): TemplateResult {
    const age = relativeTime(ready.time, this.hostNow(ready));
    return renderVerdict({
      tone: toneOfVerdict(report.verdict),
      headline: shortHeadline(report),
      facts: [
        consequence(report),
        `checked in ${formatSeconds(report.seconds)}`,
        ...(age === nothing ? [] : [age]),
      ],
      actions: [
        copyButton('Markdown', 'Copy report as Markdown', this.post, () =>
          [
            reasonsToMarkdown(shortHeadline(report), reasons),
            tableToMarkdown(judgedTable(report)),
          ].join('\n'),
        ),
        renderButton(
          'Check Again',
          { type: 'run', command: 'mlPreflight.gate.check', arguments: [] },
          this.post,
          'secondary',
        ),
      ],
    });
  }

  private renderReasonsOf(reasons: readonly ReasonItem[]): TemplateResult {
    return renderReasonSection(reasons, {
      post: this.post,
      showAll: this.saved.allReasons,
      whenShowAll: () => this.save({ allReasons: true }),
    });
  }

  private renderJudged(report: CheckReport): TemplateResult {
    const table = judgedTable(report);
    return html`<section>
      <div class="section-head">
        <h2>Judged</h2>
        <span class="tools">${this.renderViewLinks(report)}</span>
      </div>
      ${
        table.rows.length === 0
          ? html`<p class="muted">No dataset and no model is touched by the change.</p>`
          : renderPlainTable(table)
      }
      ${
        report.judged.length === 0
          ? nothing
          : html`<details>
              <summary>${formatCount(report.judged.length, 'file')} of the change</summary>
              <ul class="paths">
                ${report.judged.map((path) => html`<li><bdi>${visibleText(path)}</bdi></li>`)}
              </ul>
            </details>`
      }
    </section>`;
  }

  private renderViewLinks(report: CheckReport): TemplateResult {
    const link = (
      title: string,
      command: 'mlPreflight.data.validate' | 'mlPreflight.models.compare',
    ) => renderLink({ title, message: { type: 'run', command, arguments: [] } }, this.post);
    return html`${
      report.datasets.length === 0 ? nothing : link('Open Data Report', 'mlPreflight.data.validate')
    }
    ${
      report.comparisons.length === 0
        ? nothing
        : link('Open Model Comparison', 'mlPreflight.models.compare')
    }`;
  }

  private renderNotJudged(report: CheckReport): TemplateResult | typeof nothing {
    const problems = problemsBesideReasons(report);
    if (problems.length === 0) return nothing;
    return html`<section>
      <h2>Not Judged</h2>
      ${renderReasons(problems.map(problemReason), {
        label: 'Not judged',
        noun: 'problem',
        shown: 50,
        post: this.post,
        showAll: this.saved.allReasons,
        whenShowAll: () => this.save({ allReasons: true }),
      })}
    </section>`;
  }
}

function consequence(report: CheckReport): string {
  if (report.blocks) return 'Commit stopped';
  return report.verdict === 'pass' ? 'Commit may go in' : 'Commit may go in all the same';
}

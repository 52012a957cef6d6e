import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { formatNumber } from '../../src/base/format';
import type { DatasetReport, Effect } from '../../src/protocol/content';
import { codicon, toneIcon } from '../shared/codicon';
import { copyTableButtons } from '../shared/copyButtons';
import { renderFacts } from '../shared/facts';
import type { Post } from '../shared/host';
import { renderPlainTable } from '../shared/plainTable';
import { toneOfSeverity } from '../shared/tone';
import { visibleText } from '../shared/visibleText';
import { CHARTED_CATEGORIES } from './chartSetup';
import type { ColumnPair } from './columnPairs';
import { binTable, statisticsTable } from './columnStatistics';
import { driftEffect, driftFacts, driftGauge, type Gauge } from './columnSummary';
import { formatDrift, formatSetting } from './findingReason';
import { HistogramChart } from './histogramChart';
import { histogramModel, type HistogramModel } from './histogramModel';

export interface ColumnDetailOptions {
  readonly report: DatasetReport;
  readonly pair: ColumnPair;
  readonly asTable: boolean;
  readonly whenToggled: (asTable: boolean) => void;
  readonly whenClosed: () => void;
  /** What came of copying the picture, for the eye and for screen readers. */
  readonly copyStatus: string;
  readonly whenCopied: (status: string) => void;
  readonly post: Post;
}

/** Everything about one column: its findings, its chart with the table behind it, its statistics. */
export function renderColumnDetail(options: ColumnDetailOptions): TemplateResult {
  const { report, pair } = options;
  const histogram = histogramModel(report, pair);
  const effect = driftEffect(pair);
  const noise = effect?.unit === 'PSI' ? histogram?.drift?.noiseFloor : undefined;
  const gauge = driftGauge(effect, noise);
  return html`<section class="detail" aria-label="Column ${visibleText(pair.name)}">
    <header class="detail-head">
      <h2 title=${visibleText(pair.name, 1000)}><bdi>${visibleText(pair.name)}</bdi></h2>
      <span class="muted">${pair.current?.nativeType ?? 'missing'}</span>
      <button class="tool" aria-label="Close column" title="Close" @click=${options.whenClosed}>
        ${codicon('close')}
      </button>
    </header>
    ${pair.findings.map(
      (finding) =>
        html`<p class="detail-finding" dir="auto">
          ${toneIcon(toneOfSeverity(finding.severity))}
          <span
            ><span class="rule">${finding.rule}</span> ${visibleText(finding.message, 400)}</span
          >
        </p>`,
    )}
    ${renderFacts(driftFacts(pair, histogram))}
    ${gauge === undefined || effect === undefined ? nothing : renderGauge(gauge, effect)}
    ${
      histogram === undefined
        ? html`<p class="muted">No distribution was measured for this type.</p>`
        : renderHistogram(histogram, options)
    }
    <h3>Statistics</h3>
    ${renderPlainTable(statisticsTable(report, pair))}
  </section>`;
}

/** The effect on a line with its threshold; the named values above say the same. */
function renderGauge(gauge: Gauge, { threshold = 0, unit }: Effect): TemplateResult {
  const at = (place: number): string => `${100 * place}%`;
  const from = gauge.lower ?? gauge.value;
  return html`<div class="gauge" aria-hidden="true">
    <div class="gauge-line"></div>
    ${
      gauge.noiseFloor === undefined
        ? nothing
        : html`<div class="gauge-noise" style=${styleMap({ width: at(gauge.noiseFloor) })}></div>`
    }
    <div
      class="gauge-range"
      style=${styleMap({ left: at(from), width: at(gauge.value - from) })}
    ></div>
    <div class="gauge-threshold" style=${styleMap({ left: at(gauge.threshold) })}>
      <span>threshold ${formatDrift(threshold, unit, formatSetting)}</span>
    </div>
    <div class="gauge-value" style=${styleMap({ left: at(gauge.value) })}></div>
  </div>`;
}

function renderHistogram(histogram: HistogramModel, options: ColumnDetailOptions): TemplateResult {
  const { pair, asTable } = options;
  const table = binTable(pair.name, histogram);
  return html`<div class="chart-head">
      <h3>Distribution</h3>
      <span class="tools">
        <button
          class="tool"
          aria-pressed=${asTable ? 'true' : 'false'}
          @click=${() => options.whenToggled(!asTable)}
        >
          ${codicon(asTable ? 'graph' : 'table')}${asTable ? 'Show Chart' : 'Show Table'}
        </button>
        ${asTable ? copyTableButtons(table, options.post) : renderCopyImage(options)}
      </span>
    </div>
    ${
      asTable
        ? renderPlainTable(table)
        : html`${renderLegend(histogram)}
            <preflight-histogram .model=${histogram} .name=${pair.name}></preflight-histogram>
            ${renderRest(histogram)}`
    }`;
}

function renderLegend(histogram: HistogramModel): TemplateResult {
  return html`<span class="legend">
    ${
      histogram.hasReference
        ? html`<span><i class="swatch swatch-reference"></i>reference</span>`
        : nothing
    }
    <span><i class="swatch swatch-current"></i>current</span>
    ${
      histogram.markedBecause === undefined
        ? nothing
        : html`<span><i class="swatch-mark"></i>${histogram.markedBecause}</span>`
    }
  </span>`;
}

function renderRest({ kind, bins }: HistogramModel): TemplateResult | typeof nothing {
  const rest = bins.length - CHARTED_CATEGORIES;
  return kind === 'numbers' || rest <= 0
    ? nothing
    : html`<p class="muted">${formatNumber(rest)} more values are in the table.</p>`;
}

function renderCopyImage(options: ColumnDetailOptions): TemplateResult {
  const copy = async (event: Event): Promise<void> => {
    const detail = event.currentTarget instanceof Element && event.currentTarget.closest('.detail');
    const chart = detail ? detail.querySelector('preflight-histogram') : null;
    if (!(chart instanceof HistogramChart)) return;
    await chart.copyImage().then(
      () => options.whenCopied('Copied'),
      () => options.whenCopied('The clipboard refused the picture'),
    );
  };
  return html`<button
      class="tool"
      title="Copy the chart as PNG"
      aria-label="Copy the chart as PNG"
      @click=${copy}
    >
      ${codicon('copy')}PNG
    </button>
    <span class="muted" role="status">${options.copyStatus}</span>`;
}

import { formatNumber, formatSigned } from '../../src/base/format';
import type { Comparison, MetricComparison } from '../../src/protocol/content';
import type { TableCell, TableColumn, TableModel } from '../shared/tableModel';
import { TONE_WEIGHTS, toneOfVerdict, wordOfVerdict, type Tone } from '../shared/tone';
import { byWeight, relativeGain } from './comparisonHeadline';

/** One row per metric, worst first. */
export function comparisonTable(comparison: Comparison): TableModel {
  const { metrics } = comparison;
  const severalModels = new Set(metrics.map(({ model }) => model)).size > 1;
  const largest = Math.max(...metrics.map((metric) => Math.abs(relativeGain(metric) ?? 0)), 1e-12);
  return {
    label: 'metrics',
    columns: tableColumns(comparison, severalModels),
    rows: byWeight(metrics).map((metric) => ({
      key: metricKey(metric),
      cells: [
        {
          text: wordOfVerdict(metric.result),
          tone: toneOfVerdict(metric.result),
          order: TONE_WEIGHTS[toneOfVerdict(metric.result)],
        },
        ...(severalModels ? [{ text: metric.model }] : []),
        { text: metric.name },
        valueCell(metric.base),
        valueCell(metric.candidate),
        deltaCell(metric.delta),
        changeCell(metric, largest),
        directionCell(metric),
        { text: RULES[metric.method], muted: metric.method === 'none' },
        { text: metric.reason },
      ],
    })),
  };
}

/** Names a metric among all of a comparison. */
export function metricKey({ model, file, name }: MetricComparison): string {
  return JSON.stringify([model, file, name]);
}

function tableColumns(comparison: Comparison, severalModels: boolean): readonly TableColumn[] {
  return [
    { id: 'result', title: 'Result', track: '116px' },
    ...(severalModels ? [{ id: 'model', title: 'Model', track: 'minmax(90px, 1fr)' }] : []),
    { id: 'name', title: 'Metric', track: 'minmax(110px, 1.4fr)' },
    { id: 'base', title: comparison.base, track: 'minmax(124px, 1fr)', align: 'decimal' },
    { id: 'candidate', title: comparison.candidate, track: 'minmax(124px, 1fr)', align: 'decimal' },
    { id: 'delta', title: 'Delta', track: '96px', align: 'decimal' },
    { id: 'change', title: 'Worse \u2190 Change \u2192 Better', track: '184px' },
    { id: 'direction', title: 'Better Is', track: 'minmax(128px, 1fr)' },
    { id: 'rule', title: 'Rule', track: '76px' },
    { id: 'reason', title: 'Reason', track: 'minmax(200px, 3fr)' },
  ];
}

function valueCell(value: number | null): TableCell {
  return value === null
    ? { text: '\u2013', value: null, hover: 'missing', muted: true }
    : { text: formatNumber(value), value };
}

function deltaCell(delta: number | null): TableCell {
  return delta === null
    ? { text: '\u2013', value: null, hover: 'not known', muted: true }
    : { text: formatSigned(delta), value: delta };
}

/** What became of a metric, in a word and as a bar on the scale of the largest relative change. */
function changeCell(metric: MetricComparison, largest: number): TableCell {
  const gain = relativeGain(metric);
  return {
    text: metric.change === 'unknown' ? 'not known' : metric.change,
    order: gain ?? null,
    graphic: { kind: 'change', size: (gain ?? 0) / largest, tone: changeTone(metric) },
    muted: metric.change === 'same' || metric.change === 'unknown',
  };
}

/** What got worse within what is allowed is no reason for a colour. */
function changeTone({ change, result }: MetricComparison): Tone | 'muted' {
  if (change === 'better') return 'pass';
  return result === 'pass' ? 'muted' : toneOfVerdict(result);
}

function directionCell({ direction, directionSource }: MetricComparison): TableCell {
  if (direction === 'unknown') {
    const hover = 'The name does not say it; set gate.metrics.<name>.direction in preflight.yaml.';
    return { text: 'not known', hover, muted: true };
  }
  return {
    text: `${direction} (${directionSource})`,
    hover: `${direction}, ${directionSource === 'config' ? 'set in preflight.yaml' : 'inferred from the name'}`,
  };
}

/** What a metric is judged by, in the words of preflight.yaml. */
export const RULES = {
  tolerance: 'margin',
  floor: 'floor',
  ceiling: 'ceiling',
  none: 'none',
} as const satisfies Readonly<Record<MetricComparison['method'], string>>;

import { formatCount } from '../../src/base/format';
import type { Comparison, MetricComparison } from '../../src/protocol/content';
import { TONE_WEIGHTS, toneOfVerdict } from '../shared/tone';

/** The verdict on a candidate in one sentence: its weightiest reason, or what did not get worse. */
export function comparisonHeadline(comparison: Comparison): string {
  const [worst] = byWeight(comparison.metrics);
  const { verdict } = comparison;
  if (verdict === 'pass') return passedHeadline(comparison.metrics);
  const same = comparison.metrics.filter(({ result }) => result === verdict);
  const reason = worst?.result === verdict ? metricReason(worst) : comparison.problems[0]?.message;
  const more =
    same.length > 1 ? ` (and ${formatCount(same.length - 1, 'more metric', 'more metrics')})` : '';
  return `${OPENINGS[verdict]}: ${trimStop(reason ?? 'no metric could be compared')}${more}`;
}

const OPENINGS = {
  fail: 'Failed',
  warn: 'Passed with a warning',
  inconclusive: 'Inconclusive',
} as const;

function metricReason({ name, reason }: MetricComparison): string {
  return reason.includes(name) ? reason : `${name}: ${reason}`;
}

function passedHeadline(metrics: readonly MetricComparison[]): string {
  if (metrics.length === 0) return 'Nothing to compare: no metric was found';
  const count = (change: MetricComparison['change']): number =>
    metrics.filter((metric) => metric.change === change).length;
  const parts = [
    `${count('better')} better`,
    `${count('same')} the same`,
    ...(count('worse') === 0 ? [] : [`${count('worse')} worse within what is allowed`]),
  ];
  return `Passed: of ${formatCount(metrics.length, 'metric')}, ${parts.join(', ')}`;
}

function trimStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** Worst first: the result, then what got worse by most for its size. */
export function byWeight(metrics: readonly MetricComparison[]): readonly MetricComparison[] {
  return metrics.toSorted((a, b) => metricWeight(b) - metricWeight(a));
}

function metricWeight(metric: MetricComparison): number {
  const gain = relativeGain(metric) ?? 0;
  return TONE_WEIGHTS[toneOfVerdict(metric.result)] - gain / (1 + Math.abs(gain)) / 2;
}

/**
 * The delta as a share of the baseline's size, above 0 where the candidate is better; undefined where a side
 * or the direction is not known.
 */
export function relativeGain(metric: MetricComparison): number | undefined {
  const { base, delta, direction } = metric;
  if (base === null || delta === null || direction === 'unknown') return undefined;
  const share = delta / Math.max(Math.abs(base), Number.EPSILON);
  return direction === 'lower' ? -share : share;
}

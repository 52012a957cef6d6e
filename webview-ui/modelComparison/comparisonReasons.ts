import type { Comparison, MetricComparison } from '../../src/protocol/content';
import { placeLinks, problemReason } from '../shared/problemReason';
import type { ReasonItem } from '../shared/reasonItem';
import { toneOfVerdict, wordOfVerdict } from '../shared/tone';
import { byWeight } from './comparisonHeadline';
import { metricKey, RULES } from './comparisonTable';

/** What speaks against the candidate or could not be judged, worst first. */
export function comparisonReasons(comparison: Comparison): readonly ReasonItem[] {
  return [
    ...byWeight(comparison.metrics)
      .filter(({ result }) => result !== 'pass')
      .map(metricReason),
    ...comparison.problems.map(problemReason),
  ];
}

function metricReason(metric: MetricComparison): ReasonItem {
  const { file, line } = metric.source;
  const word = wordOfVerdict(metric.result);
  return {
    key: metricKey(metric),
    tone: toneOfVerdict(metric.result),
    word: `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    subject: metric.name,
    rule: metric.method === 'none' ? undefined : RULES[metric.method],
    message: metric.reason,
    links: placeLinks(file, line),
    buttons: [],
  };
}

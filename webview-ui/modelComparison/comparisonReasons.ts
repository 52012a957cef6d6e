import { formatNumber, formatSigned } from '../../src/base/format';
import type { Comparison, MetricComparison } from '../../src/protocol/content';
import { problemReason } from '../shared/problemReason';
import type { Fact, ReasonItem } from '../shared/reasonItem';
import { toneOfVerdict, wordOfVerdict } from '../shared/tone';
import { byWeight } from './comparisonHeadline';
import { metricKey } from './comparisonTable';

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
    ...(metric.method === 'none' ? {} : { rule: metric.method }),
    message: metric.reason,
    facts: [
      ...valueFact('Baseline', metric.base, formatNumber),
      ...valueFact('Candidate', metric.candidate, formatNumber),
      ...valueFact('Delta', metric.delta, formatSigned),
    ],
    samples: [],
    links: [{ title: `${file}:${line}`, message: { type: 'open', file, line } }],
    buttons: [],
  };
}

function valueFact(
  name: string,
  value: number | null,
  format: (value: number) => string,
): readonly Fact[] {
  return value === null ? [] : [{ name, text: format(value), exact: String(value) }];
}

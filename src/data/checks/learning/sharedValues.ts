import { formatCount, formatNumber } from '../../../base/format';
import type { Finding, Severity } from '../../finding';
import type { SharedValues } from '../../profile/pairFacts';
import { listValues, MOST_SAMPLES, quote, silencing } from '../check';
import type { PairContext } from '../pairCheck';

/** What a rule about values that both datasets have says. */
export interface SharedWords {
  readonly rule: string;
  readonly severity: Severity;
  /** `key`, `group`, and its plural. */
  readonly noun: string;
  readonly plural: string;
  /** What follows from it; a sentence. */
  readonly consequence: string;
}

export function describeShared(
  { dataset, train }: PairContext,
  shared: SharedValues,
  { rule, severity, noun, plural, consequence }: SharedWords,
): Finding {
  const { column, shared: count, of, rows, samples } = shared;
  const values = samples.map(({ value }) => value);
  const listed = listValues(values.map(quote));
  const more = count > values.length ? ` and others` : '';
  return {
    rule,
    severity,
    dataset: dataset.name,
    column,
    message: `${formatCount(count, noun, plural)} of ${formatNumber(of)} in ${quote(column)} (${formatCount(rows, 'row')}) ${count === 1 ? 'is' : 'are'} also in the training data ${quote(train.dataset.name)}: ${listed}${more}. ${consequence}`,
    observed: `${formatNumber(count)} of ${formatCount(of, noun, plural)}`,
    expected: `no ${noun} of the training data`,
    effect: { value: count / of, unit: 'share', threshold: 0 },
    samples: values.slice(0, MOST_SAMPLES),
    where: { kind: 'values', column, values },
    fix: silencing(rule, column),
  };
}

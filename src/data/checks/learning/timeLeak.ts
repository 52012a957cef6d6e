import { formatCount, formatNumber, formatShare } from '../../../base/format';
import type { Finding } from '../../finding';
import type { TimeFacts } from '../../profile/pairFacts';
import { quote, silencing } from '../check';
import type { PairCheck, PairContext } from '../pairCheck';

const RULE = 'time-leak';

/** So often a row of the dataset is later than a training row where the data were divided in time. */
const DIVIDED = 0.9;
/** Standard errors by which that must be more than a random division gives. */
const SURE = 4;

/** The data were divided in time, but some training rows are later than rows of the dataset. */
export const timeLeak: PairCheck = { rule: RULE, find };

function find(context: PairContext): readonly Finding[] {
  const [time] = (context.facts.times ?? []).toSorted((a, b) => b.later - a.later);
  if (time === undefined || !isDividedInTime(time) || time.before === 0) return [];
  const { column, train, own, before, of } = time;
  const share = before / of;
  return [
    {
      rule: RULE,
      severity: 'warning',
      dataset: context.dataset.name,
      column,
      message: `By ${quote(column)} this dataset is what came after the training data ${quote(context.train.dataset.name)}, but ${formatCount(before, 'row')} of ${formatNumber(of)} (${formatShare(share)}) ${before === 1 ? 'is' : 'are'} earlier than the last training row (${train.last}).`,
      observed: `${formatShare(share)} of the rows before ${train.last}`,
      expected: `no row before the last training row`,
      effect: { value: share, unit: 'share', threshold: 0 },
      samples: [own.first],
      where: { kind: 'outside', column, min: train.last },
      fix: silencing(RULE, column),
    },
  ];
}

/** By the standard error of the Mann–Whitney statistic where both are drawn alike, without ties. */
function isDividedInTime({ later, of, trainRows }: TimeFacts): boolean {
  const error = Math.sqrt((of + trainRows + 1) / (12 * of * trainRows));
  return later >= DIVIDED && later - 0.5 > SURE * error;
}

import { formatCount, formatNumber, formatShare } from '../../../base/format';
import type { Finding } from '../../finding';
import type { UnknownLabels } from '../../profile/pairFacts';
import { listValues, MOST_SAMPLES, quote, silencing } from '../check';
import type { PairCheck, PairContext } from '../pairCheck';

const RULE = 'label-unknown';

/** Rows have a label that no training row has: the model can never answer it. */
export const labelUnknown: PairCheck = { rule: RULE, find };

function find(context: PairContext): readonly Finding[] {
  const { labels } = context.facts;
  if (labels === undefined || labels.rows === 0 || areCounts(context, labels)) return [];
  const { column, rows, of, different, samples, known } = labels;
  const values = samples.map(({ value }) => value);
  const named = samples.map(({ value, count }) => `${quote(value)} (${formatCount(count, 'row')})`);
  const more = different > samples.length ? ` and others` : '';
  return [
    {
      rule: RULE,
      severity: 'error',
      dataset: context.dataset.name,
      column,
      message: `${formatCount(rows, 'row')} of ${formatNumber(of)} ${rows === 1 ? 'has' : 'have'} a label in ${quote(column)} that the training data ${quote(context.train.dataset.name)} never have: ${listValues(named)}${more}.`,
      observed: `${formatShare(rows / of)} with ${formatCount(different, 'unknown label')}`,
      expected: listValues(
        known.map(({ value }) => quote(value)),
        10,
      ),
      effect: { value: rows / of, unit: 'share', threshold: 0 },
      samples: values.slice(0, MOST_SAMPLES),
      where: { kind: 'values', column, values },
      fix: silencing(RULE, column),
    },
  ];
}

/** Whole numbers of which some occur only once are counts or amounts: others will come, and none of them is a class. */
function areCounts({ train }: PairContext, { column, known }: UnknownLabels): boolean {
  const type = train.profile.columns.find(({ name }) => name === column)?.type;
  return type === 'integer' && known.some(({ count }) => count === 1);
}

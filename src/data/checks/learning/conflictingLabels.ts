import { formatShare } from '../../../base/format';
import type { Finding } from '../../finding';
import type { LabelFacts, Profile } from '../../profile/profile';
import { allowRule } from '../../schema/schemaEdit';
import type { Proportion } from '../../statistics/proportions';
import { accepting, quote, type Check, type CheckContext } from '../check';
import { certainIncrease, formatPart } from '../increase';

const RULE = 'conflicting-labels';

/** Below this share it only tells. */
const LEAST_SHARE = 0.01;

/** Rows that are the same in everything but the label: no model can be right about all of them. */
export const conflictingLabels: Check = { rule: RULE, find };

function find({ dataset, current, reference }: CheckContext): readonly Finding[] {
  const label = current.facts?.label;
  const now = partOf(current);
  if (label === undefined || now === undefined || now.count === 0) return [];
  const before = reference === undefined ? undefined : partOf(reference);
  const lower = before === undefined ? undefined : certainIncrease(now, before);
  const share = now.count / now.total;
  const observed = formatPart(now);
  const past = before === undefined ? '' : `; ${formatShare(before.count / before.total)} before`;
  return [
    {
      rule: RULE,
      severity: share > LEAST_SHARE && lower !== undefined ? 'warning' : 'info',
      dataset: dataset.name,
      column: label.column,
      message: `${observed} of the rows are the same as another one in everything but ${quote(label.column)}${past}.`,
      observed,
      expected:
        before === undefined ? 'none' : `${formatShare(before.count / before.total)} before`,
      effect: {
        value: share,
        unit: 'share',
        threshold: LEAST_SHARE,
        ...(lower === undefined ? {} : { lower }),
      },
      samples: [],
      where: {
        kind: 'conflicting',
        label: label.column,
        ...(dataset.key === undefined ? {} : { names: [dataset.key] }),
      },
      fix: accepting(
        RULE,
        label.column,
        `Let rows differ in ${quote(label.column)} alone`,
        allowRule(RULE, label.column),
      ),
    },
  ];
}

/** Of the rows with a label that is a class: measured numbers differ by their nature. */
function partOf({ facts }: Profile): Proportion | undefined {
  const label: LabelFacts | undefined = facts?.label;
  if (label?.classes === undefined) return undefined;
  const total = label.classes.reduce((sum, { count }) => sum + count, 0);
  return total === 0 ? undefined : { count: label.conflicting, total };
}

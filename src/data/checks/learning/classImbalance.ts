import { formatShare } from '../../../base/format';
import type { Finding } from '../../finding';
import type { CategoryCount, Profile } from '../../profile/profile';
import { allowRule } from '../../schema/schemaEdit';
import type { Proportion } from '../../statistics/proportions';
import { accepting, quote, type Check, type CheckContext } from '../check';
import { certainIncrease, formatPart } from '../increase';

const RULE = 'class-imbalance';

/** Of the share that the class would have if all were as frequent. */
const LEAST_SHARE = 0.1;

/** From half of the share on it warns. */
const LARGEST_RATIO = 0.5;

/** The rarest class has become half as frequent; or it is rare, which only tells. */
export const classImbalance: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { current, reference } = context;
  const classes = classesOf(current);
  if (classes === undefined) return [];
  const past = reference === undefined ? undefined : classesOf(reference);
  const rarest = past === undefined ? undefined : rarestOf(past);
  if (past !== undefined && rarest !== undefined) {
    const now = shareOf(classes, rarest.value);
    const before = shareOf(past, rarest.value);
    const isLess = now.count / now.total <= (LARGEST_RATIO * before.count) / before.total;
    if (isLess && certainIncrease(before, now) !== undefined) {
      return [describe(context, rarest.value, now, before)];
    }
  }
  const own = rarestOf(classes);
  const now = shareOf(classes, own?.value);
  const isRare = now.count / now.total < LEAST_SHARE / classes.length;
  return own !== undefined && classes.length >= 2 && isRare
    ? [describe(context, own.value, now)]
    : [];
}

function classesOf({ facts }: Profile): readonly CategoryCount[] | undefined {
  const classes = facts?.label?.classes;
  return classes === undefined || classes.length === 0 ? undefined : classes;
}

function rarestOf(classes: readonly CategoryCount[]): CategoryCount | undefined {
  return classes.toSorted((a, b) => a.count - b.count)[0];
}

function shareOf(classes: readonly CategoryCount[], value: string | undefined): Proportion {
  return {
    count: classes.find((each) => each.value === value)?.count ?? 0,
    total: classes.reduce((sum, { count }) => sum + count, 0),
  };
}

function describe(
  { dataset, current }: CheckContext,
  value: string,
  now: Proportion,
  before?: Proportion,
): Finding {
  const column = current.facts?.label?.column ?? '';
  const observed = formatPart(now);
  const past =
    before === undefined ? undefined : `${formatShare(before.count / before.total)} before`;
  return {
    rule: RULE,
    severity: before === undefined ? 'info' : 'warning',
    dataset: dataset.name,
    column,
    message: `${quote(value)} is the rarest class of ${quote(column)}: ${observed} of the rows${past === undefined ? '' : `; ${past}`}.`,
    observed,
    expected: past ?? 'classes of about the same size',
    effect: {
      value: now.count / now.total,
      unit: 'share',
      ...(before === undefined ? {} : { threshold: (LARGEST_RATIO * before.count) / before.total }),
    },
    samples: [value],
    where: { kind: 'values', column, values: [value] },
    fix: accepting(
      RULE,
      column,
      `Do not look at how frequent the classes of ${quote(column)} are`,
      allowRule(RULE, column),
    ),
  };
}

import type { Finding } from '../../finding';
import { valueCount, type ColumnProfile, type Profile } from '../../profile/profile';
import type { Proportion } from '../../statistics/proportions';
import {
  knownColumns,
  MOST_SAMPLES,
  quote,
  silencing,
  type Check,
  type CheckContext,
} from '../check';
import { certainIncrease, formatPart } from '../increase';

const RULE = 'encoding-invalid';

/**
 * Texts hold replacement or control characters, as they are left where bytes of one encoding were read as another.
 * Where the reference has such values too, only a certain increase counts.
 */
export const encodingInvalid: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap(({ name, current, reference }): Finding[] => {
    const now = brokenOf(context.current, current);
    if (now === undefined || now.count === 0) return [];
    const before = context.reference && brokenOf(context.reference, reference);
    const isNew = before?.count === 0;
    if (before !== undefined && !isNew && certainIncrease(now, before) === undefined) return [];
    const observed = formatPart(now);
    const expected = before === undefined || isNew ? 'none' : `${formatPart(before)} before`;
    return [
      {
        rule: RULE,
        severity: isNew ? 'error' : 'warning',
        dataset: context.dataset.name,
        column: name,
        message: `${quote(name)} has broken characters in ${observed} of its values, as a wrong encoding leaves them${isNew ? '; none before' : ''}.`,
        observed,
        expected,
        effect: { value: now.count / now.total, unit: 'share', threshold: 0 },
        samples: brokenValues(current).slice(0, MOST_SAMPLES),
        fix: silencing(RULE, name),
        where: { kind: 'broken', column: name },
      },
    ];
  });
}

function brokenOf(profile: Profile, column: ColumnProfile | undefined): Proportion | undefined {
  if (column?.text === undefined) return undefined;
  return { count: column.text.broken, total: valueCount(profile, column) };
}

/** Those listed values that certainly are; control characters are best not shown. */
function brokenValues({ categories = [] }: ColumnProfile): readonly string[] {
  return categories.map(({ value }) => value).filter((value) => value.includes('\uFFFD'));
}

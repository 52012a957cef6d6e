import type { Finding } from '../finding';
import { valueCount } from '../profile/profile';
import { knownColumns, quote, silencing, type Check, type CheckContext } from './check';
import { certainIncrease, formatPart } from './increase';

const RULE = 'encoding-invalid';

/**
 * Texts hold replacement or control characters, as they are left where bytes of one encoding were read as another.
 * Where the reference has such values too, only a certain increase counts.
 */
export const encodingInvalid: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap(({ name, current, reference }): Finding[] => {
    const count = current.text?.broken ?? 0;
    if (count === 0) return [];
    const now = { count, total: valueCount(context.current, current) };
    const past = reference?.text;
    const before =
      context.reference === undefined || reference === undefined || past === undefined
        ? undefined
        : { count: past.broken, total: valueCount(context.reference, reference) };
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
        samples: (current.categories ?? [])
          .filter(({ value }) => value.includes('\uFFFD'))
          .slice(0, 20)
          .map(({ value }) => value),
        fix: silencing(RULE, name),
        where: { kind: 'broken', column: name },
      },
    ];
  });
}

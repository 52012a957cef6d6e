import type { Finding } from '../../finding';
import { timeOf } from '../../schema/bounds';
import {
  knownColumns,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';

const RULE = 'future-date';

const DAY_MS = 86_400_000;

/** From this year on, a date stands for "never" or "no end". */
const PLACEHOLDER_YEAR = 2900;

/**
 * The last date of a column is later than tomorrow, where that of the reference was not. In a first look it is only said:
 * plans and terms lie in the future. A column with a `max` of its own is held to that by `out-of-range` instead.
 */
export const futureDate: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  // A day more, for time zones.
  const limit = context.now.getTime() + DAY_MS;
  return knownColumns(context).flatMap((column) => {
    const { current, reference, schema } = column;
    const last = current.range?.max;
    const isFuture = (text: string | undefined) =>
      text !== undefined && (timeOf(text) ?? -Infinity) > limit;
    if (last === undefined || schema.max !== undefined || !isFuture(last)) return [];
    if (context.reference !== undefined) {
      if (reference?.range === undefined || isFuture(reference.range.max)) return [];
    }
    return [describe(context, column, last, limit)];
  });
}

function describe(
  { dataset, now, reference: profile }: CheckContext,
  { name, reference }: KnownColumn,
  last: string,
  limit: number,
): Finding {
  const today = now.toISOString().slice(0, 10);
  const year = Number(/^\d+/.exec(last)?.[0] ?? Number.POSITIVE_INFINITY);
  const hint = year >= PLACEHOLDER_YEAR ? ', which seems to stand for "no date"' : '';
  const before = reference?.range?.max;
  return {
    rule: RULE,
    severity: profile === undefined ? 'info' : 'warning',
    dataset: dataset.name,
    column: name,
    message: `${quote(name)} goes up to ${last}${hint}; today is ${today}.`,
    observed: `up to ${last}`,
    expected: before === undefined ? `up to ${today}` : `up to today; ${before} before`,
    samples: [last],
    fix: silencing(RULE, name),
    where: { kind: 'outside', column: name, max: new Date(limit).toISOString() },
  };
}

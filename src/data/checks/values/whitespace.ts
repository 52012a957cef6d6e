import type { Finding } from '../../finding';
import { valueCount, type CategoryCount } from '../../profile/profile';
import {
  knownColumns,
  listValues,
  MOST_SAMPLES,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';
import { certainIncrease, formatPart } from '../increase';

const RULE = 'whitespace';

/**
 * Values have white space before or after them where those of the reference do not: a warning where that is no chance,
 * or where all values of the reference are known and none is padded. In a first look it is only said.
 */
export const whitespace: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap((column): Finding[] => {
    const { name, current } = column;
    const count = current.text?.padded ?? 0;
    if (count === 0) return [];
    const now = { count, total: valueCount(context.current, current) };
    const isFirst = context.reference === undefined;
    if (!isFirst && !isMore(context, column, now)) return [];
    const padded = (current.categories ?? []).filter(isPadded).slice(0, MOST_SAMPLES);
    const examples = padded.map(({ value }) => quote(value));
    const named = examples.length === 0 ? '' : `, such as ${listValues(examples)}`;
    return [
      {
        rule: RULE,
        severity: isFirst ? 'info' : 'warning',
        dataset: context.dataset.name,
        column: name,
        message: `${quote(name)} has white space around ${formatPart(now)} of its values${named}.`,
        observed: formatPart(now),
        expected: expectedOf(context, column),
        effect: { value: now.count / now.total, unit: 'share', threshold: 0 },
        samples: padded.map(({ value }) => value),
        fix: silencing(RULE, name),
        where: { kind: 'padded', column: name },
      },
    ];
  });
}

function isMore(
  { reference: profile }: CheckContext,
  { reference }: KnownColumn,
  now: { readonly count: number; readonly total: number },
): boolean {
  if (profile === undefined || reference?.text === undefined) return false;
  const { categories = [], distinct, text } = reference;
  const isKnown = distinct?.error === 0 && distinct.count === categories.length;
  if (isKnown && text.padded === 0) return true;
  const before = { count: text.padded, total: valueCount(profile, reference) };
  return certainIncrease(now, before) !== undefined;
}

function expectedOf({ reference: profile }: CheckContext, { reference }: KnownColumn): string {
  if (profile === undefined || reference?.text === undefined) return 'none';
  const { padded } = reference.text;
  return padded === 0
    ? 'none before'
    : `${formatPart({ count: padded, total: valueCount(profile, reference) })} before`;
}

function isPadded({ value }: CategoryCount): boolean {
  return value !== value.trim();
}

import { formatCount } from '../../../base/format';
import type { Finding } from '../../finding';
import { valueCount, type CategoryCount, type TextProfile } from '../../profile/profile';
import {
  knownColumns,
  listValues,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';
import { certainIncrease } from '../increase';

const RULE = 'null-spellings';

/** Texts that mean "nothing" are written in several ways, or in a way that the reference does not have. */
export const nullSpellings: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap((column): Finding[] => {
    const text = column.current.text;
    if (text === undefined) return [];
    const spellings = spellingsOf(text);
    const fresh = freshSpellings(context, column, spellings);
    return fresh.length === 0 ? [] : [describe(context, column, spellings, fresh)];
  });
}

/** With the blank values as one spelling, named by an empty text. */
function spellingsOf({ nullWords, blank }: TextProfile): readonly CategoryCount[] {
  const words = nullWords.filter(({ value }) => value.trim() !== '');
  return blank === 0 ? words : [...words, { value: '', count: blank }];
}

/** In a first look, all where there are several; else those that are certainly more frequent than before. */
function freshSpellings(
  context: CheckContext,
  { current, reference }: KnownColumn,
  spellings: readonly CategoryCount[],
): readonly CategoryCount[] {
  if (context.reference === undefined) return spellings.length > 1 ? spellings : [];
  if (reference?.text === undefined) return [];
  const known = new Set(spellingsOf(reference.text).map(({ value }) => value));
  const totals = {
    now: valueCount(context.current, current),
    before: valueCount(context.reference, reference),
  };
  return spellings.filter(
    ({ value, count }) =>
      !known.has(value) &&
      certainIncrease({ count, total: totals.now }, { count: 0, total: totals.before }) !==
        undefined,
  );
}

function describe(
  context: CheckContext,
  { name, current }: KnownColumn,
  spellings: readonly CategoryCount[],
  fresh: readonly CategoryCount[],
): Finding {
  const isFirst = context.reference === undefined;
  const named = fresh.map(
    ({ value, count }) => `${value === '' ? 'blank' : quote(value)} (${formatCount(count, 'row')})`,
  );
  const count = fresh.reduce((sum, each) => sum + each.count, 0);
  const values = fresh.map(({ value }) => value).slice(0, 20);
  return {
    rule: RULE,
    severity: isFirst ? 'info' : 'warning',
    dataset: context.dataset.name,
    column: name,
    message: isFirst
      ? `${quote(name)} says in ${spellings.length} ways that there is no value: ${listValues(named)}.`
      : `${quote(name)} says in a new way that there is no value: ${listValues(named)}.`,
    observed: listValues(named, 10),
    expected: isFirst ? 'at most one spelling' : 'only the spellings of before',
    effect: { value: count / valueCount(context.current, current), unit: 'share', threshold: 0 },
    samples: values,
    fix: silencing(RULE, name),
    where: { kind: 'values', column: name, values },
  };
}

import { formatCount } from '../../../base/format';
import type { Finding, Severity } from '../../finding';
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

const RULE = 'string-variants';

/** A spelling with at most this share of its group looks like a slip. */
const LARGEST_SLIP = 0.05;

/** From so many rows on, a spelling of the reference is how the value is written. */
const LEAST_KNOWN = 10;

interface Variants {
  readonly usual: CategoryCount;
  /** The other spellings, as far as they are new. */
  readonly others: readonly CategoryCount[];
  readonly isSlip: boolean;
}

/**
 * Values differ only in case, white space, accents or punctuation. A warning where the reference knows just one of the
 * spellings, and often; else only said. In a first look the spellings that are rare in their group are named, if any.
 */
export const stringVariants: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap((column): Finding[] => {
    const groups = column.current.text?.variants ?? [];
    const found = groups.flatMap((group) => lookAt(context, column, group) ?? []);
    if (found.length === 0) return [];
    const slips = found.filter(({ isSlip }) => isSlip);
    return slips.length > 0
      ? [describe(context, column, slips, 'warning')]
      : [describe(context, column, found, 'info')];
  });
}

function lookAt(
  { reference: profile }: CheckContext,
  { reference }: KnownColumn,
  group: readonly CategoryCount[],
): Variants | undefined {
  const sorted = [...group].sort((a, b) => b.count - a.count);
  const [usual, ...rest] = sorted;
  if (usual === undefined || rest.length === 0) return undefined;
  if (profile === undefined) {
    const all = sorted.reduce((sum, { count }) => sum + count, 0);
    const others = rest.filter(({ count }) => count <= LARGEST_SLIP * all);
    return { usual, others: others.length > 0 ? others : rest, isSlip: false };
  }
  if (reference === undefined) return undefined;
  const before = spellingsOf(reference.text?.variants ?? [], reference.categories ?? []);
  const others = sorted.filter(({ value }) => !before.has(value));
  const first = sorted.find(({ value }) => before.has(value));
  if (others.length === 0) return undefined;
  if (first === undefined) return { usual, others: rest, isSlip: false };
  return { usual: first, others, isSlip: (before.get(first.value) ?? 0) >= LEAST_KNOWN };
}

function spellingsOf(
  variants: readonly (readonly CategoryCount[])[],
  categories: readonly CategoryCount[],
): ReadonlyMap<string, number> {
  const all = [...variants.flat(), ...categories];
  return new Map(all.map(({ value, count }) => [value, count]));
}

function describe(
  { dataset, current: profile, reference }: CheckContext,
  { name, current }: KnownColumn,
  found: readonly Variants[],
  severity: Severity,
): Finding {
  const told = found.map(({ usual, others }) => {
    const spelled = others.map(
      ({ value, count }) => `${quote(value)} (${formatCount(count, 'row')})`,
    );
    return `${quote(usual.value)} also as ${listValues(spelled)}`;
  });
  const others = found.flatMap((each) => each.others);
  const rows = others.reduce((sum, { count }) => sum + count, 0);
  const values = others.slice(0, MOST_SAMPLES).map(({ value }) => value);
  return {
    rule: RULE,
    severity,
    dataset: dataset.name,
    column: name,
    message: `${quote(name)} writes the same in several ways: ${listValues(told)}.`,
    observed: `${formatCount(others.length, 'other spelling')} in ${formatCount(rows, 'row')}`,
    expected: reference === undefined ? 'one spelling of each value' : 'the spellings of before',
    effect: { value: rows / valueCount(profile, current), unit: 'share', threshold: 0 },
    samples: values,
    fix: silencing(RULE, name),
    where: { kind: 'values', column: name, values },
  };
}

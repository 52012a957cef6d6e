import { formatNumber, formatShare } from '../../../base/format';
import type { Finding, Severity } from '../../finding';
import { valueCount, type ColumnProfile, type Profile } from '../../profile/profile';
import { momentsWithout } from '../../statistics/moments';
import {
  knownColumns,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';
import { certainIncrease, formatPart } from '../increase';
import { isSentinel } from './sentinelValues';

const RULE = 'sentinel-value';

/** Once may be an accident. */
const LEAST_COUNT = 2;

/** With fewer different values, -1 and 99 may as well be classes. */
const LEAST_DISTINCT = 3;
const LEAST_DISTINCT_OF_MEAN = 10;

/** In standard deviations of the rest (Hynes et al. 2017). */
const LEAST_SHIFT = 0.5;

/** From this share on, a code that the reference does not have is an error. */
const GRAVE_SHARE = 0.01;

/** From so many values on, none of which is negative, negative ones are not expected. */
const ENOUGH_VALUES = 1000;

interface Extreme {
  readonly side: 'min' | 'max';
  readonly value: number;
  readonly count: number;
  /** The nearest of the other values, and how far they reach. */
  readonly next: number;
  readonly range: number;
  readonly values: number;
}

/**
 * The smallest or the largest number is a known code for "no value" (-999, 9999), occurs more than once and stands
 * apart: further from the next value than all others are from each other, or so frequent that without it the mean is
 * elsewhere; or it is a negative code where the reference has no negative number among 1,000 or more.
 */
export const sentinelValue: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { dataset } = context;
  return knownColumns(context)
    .filter(({ name, current }) => current.unique !== true && name !== dataset.key)
    .flatMap((column) =>
      extremesOf(context.current, column.current)
        .filter((extreme) => isKnownCode(column.current, extreme))
        .flatMap((extreme) => judge(context, column, extreme)),
    );
}

function extremesOf(profile: Profile, column: ColumnProfile): readonly Extreme[] {
  const { numeric, extremes, infinities = 0 } = column;
  const { nextMin, nextMax } = extremes ?? {};
  if (numeric === undefined || extremes === undefined) return [];
  if (nextMin === undefined || nextMax === undefined) return [];
  const values = valueCount(profile, column) - infinities;
  const { min, max } = numeric;
  return [
    {
      side: 'min',
      value: min,
      count: extremes.minCount,
      next: nextMin,
      range: max - nextMin,
      values,
    },
    {
      side: 'max',
      value: max,
      count: extremes.maxCount,
      next: nextMax,
      range: nextMax - min,
      values,
    },
  ];
}

function isKnownCode({ distinct }: ColumnProfile, { value, count }: Extreme): boolean {
  return (
    isSentinel(value) &&
    count >= LEAST_COUNT &&
    (distinct === undefined || distinct.count >= LEAST_DISTINCT)
  );
}

function standsApart({ numeric, distinct }: ColumnProfile, extreme: Extreme): boolean {
  const { value, count, next, range, values } = extreme;
  if (Math.abs(value - next) > range) return true;
  const isClass = distinct !== undefined && distinct.count < LEAST_DISTINCT_OF_MEAN;
  if (numeric === undefined || isClass || value === -1) return false;
  const rest = momentsWithout({ ...numeric, count: values }, value, count);
  if (rest === undefined) return false;
  return Math.abs(numeric.mean - rest.mean) > LEAST_SHIFT * rest.standardDeviation;
}

function judge(context: CheckContext, column: KnownColumn, extreme: Extreme): Finding[] {
  const now = { count: extreme.count, total: extreme.values };
  const past = pastOf(context, column);
  if (past === undefined) {
    const isFirst = context.reference === undefined;
    return isFirst && standsApart(column.current, extreme)
      ? [describe(context, column, extreme, 'info', 'no code among the numbers')]
      : [];
  }
  const same = past.find(({ side, value }) => side === extreme.side && value === extreme.value);
  if (same !== undefined) {
    const before = { count: same.count, total: same.values };
    if (certainIncrease(now, before) === undefined) return [];
    return [describe(context, column, extreme, 'warning', `${formatPart(before)} before`)];
  }
  if (!isOutside(column, extreme)) return [];
  if (!isFirstNegative(context, column, extreme) && !standsApart(column.current, extreme))
    return [];
  const severity = now.count / now.total >= GRAVE_SHARE ? 'error' : 'warning';
  return [describe(context, column, extreme, severity, 'none before')];
}

/** Undefined where there is no reference of numbers to compare with; empty where it has no two values. */
function pastOf({ reference }: CheckContext, column: KnownColumn): readonly Extreme[] | undefined {
  if (reference === undefined || column.reference?.numeric === undefined) return undefined;
  return extremesOf(reference, column.reference);
}

/** What lies within the reference's range may have been there. */
function isOutside({ reference }: KnownColumn, { value }: Extreme): boolean {
  const past = reference?.numeric;
  return past !== undefined && (value < past.min || value > past.max);
}

/**
 * By the rule of three, a share of negative numbers above 3 in 1,000 would have shown in a large reference (95 %); a
 * small one must be certain to have had fewer.
 */
function isFirstNegative(
  { reference: profile }: CheckContext,
  { reference }: KnownColumn,
  { value, count, values }: Extreme,
): boolean {
  if (profile === undefined || reference?.numeric === undefined) return false;
  if (value >= 0 || reference.numeric.min < 0) return false;
  const before = { count: 0, total: valueCount(profile, reference) };
  if (before.total >= ENOUGH_VALUES) return true;
  // Of few values, one next to zero may be a number like the others.
  return value !== -1 && certainIncrease({ count, total: values }, before) !== undefined;
}

function describe(
  { dataset }: CheckContext,
  { name }: KnownColumn,
  { value, count, next, side, values }: Extreme,
  severity: Severity,
  expected: string,
): Finding {
  const part = formatPart({ count, total: values });
  const edge = side === 'min' ? 'smallest' : 'largest';
  return {
    rule: RULE,
    severity,
    dataset: dataset.name,
    column: name,
    message: `${quote(name)} is ${value} in ${part} of its values, which seems to mean that there is none: the next ${edge} is ${formatNumber(next)}.`,
    observed: `${value} in ${formatShare(count / values)}`,
    expected,
    effect: { value: count / values, unit: 'share', threshold: 0 },
    samples: [String(value)],
    fix: silencing(RULE, name),
    where: { kind: 'values', column: name, values: [String(value)] },
  };
}

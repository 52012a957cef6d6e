import { formatNumber } from '../../../base/format';
import type { Finding } from '../../finding';
import { valueCount, type ColumnProfile, type Profile } from '../../profile/profile';
import {
  binnedDistance,
  mappedDistance,
  shareBeyond,
  smirnovNoise,
  type EndedHistogram,
} from '../../statistics/binnedDistance';
import type { Moments } from '../../statistics/moments';
import {
  knownColumns,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from '../check';
import { UNIT_CHANGES, type UnitChange } from './unitFactors';

const RULE = 'unit-changed';

/** How far the data may have moved besides, in standard deviations: less for a factor that growth may also reach. */
const LOOSE = 0.1;
const STRICT = 0.03;
const LARGE_FACTOR = 5;

/** The deviation of heavy tails is uncertain; of a large factor it may be off by this ratio's logarithm. */
const LOOSE_SPREAD = 0.5;

/** Of a share of 7 in n, n values miss all with a probability of one in a thousand: (1 - 7/n)^n. */
const UNSEEN = 7;

/** In standard deviations: with wider tails, the deviation moves by small factors without any reason. */
const WIDEST_RANGE = 15;

/** So many of the values must have left their bins, beside what chance moves. */
const LEAST_MOVE = 0.2;

/** Standard errors, for the mean and for the deviation; that of the deviation is for tails twice as heavy as normal. */
const ERRORS = 3;

interface Fit {
  readonly change: UnitChange;
  /** Distance from what the change predicts, in standard deviations. */
  readonly distance: number;
  readonly error: number;
}

/**
 * The numbers of a column are those of before times a constant that turns one unit into another (or Celsius into
 * Fahrenheit or kelvins): its mean, its deviation, its range and its bins are what the change predicts, within their
 * errors, and its bins are not what they were.
 */
export const unitChanged: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { dataset, reference: profile } = context;
  if (profile === undefined) return [];
  return knownColumns(context).flatMap((column): Finding[] => {
    const { name, reference } = column;
    // Numbers of rows grow with the data.
    if (reference === undefined || reference.unique === true) return [];
    if (name === dataset.key || name === dataset.group) return [];
    const now = momentsOf(context.current, column.current);
    const before = momentsOf(profile, reference);
    if (now === undefined || before === undefined) return [];
    const change = bestChange(now, before, (tried) =>
      doBinsAgree(column.current, reference, { tried, now, before }),
    );
    return change === undefined ? [] : [describe(context, column, { now, before, change })];
  });
}

export function momentsOf(profile: Profile, column: ColumnProfile): Moments | undefined {
  const { numeric, infinities = 0 } = column;
  if (numeric === undefined) return undefined;
  return { ...numeric, count: valueCount(profile, column) - infinities };
}

function bestChange(
  now: Moments,
  before: Moments,
  isPossible: (change: UnitChange) => boolean,
): UnitChange | undefined {
  if (now.standardDeviation === 0 || before.standardDeviation === 0) return undefined;
  const fits = UNIT_CHANGES.flatMap((change) => fit(now, before, change) ?? []).filter(
    ({ change }) => isPossible(change),
  );
  const best = Math.min(...fits.map(({ distance }) => distance));
  // Of those that fit as well, such as 1000 and 1024, the most usual.
  return fits.find(({ distance, error }) => distance <= best + error / ERRORS)?.change;
}

function fit(now: Moments, before: Moments, change: UnitChange): Fit | undefined {
  const { factor, offset } = change;
  const error = ERRORS * Math.sqrt(1 / now.count + 1 / before.count);
  const size = Math.abs(Math.log(factor));
  const isLarge = size >= Math.log(LARGE_FACTOR);
  const slack = (isLarge ? LOOSE : STRICT) + error;
  const deviation = factor * before.standardDeviation;
  const mean = Math.abs(now.mean - (factor * before.mean + offset)) / deviation;
  const spread = Math.abs(Math.log(now.standardDeviation / deviation));
  if (mean > slack || spread > (isLarge ? Math.max(slack, LOOSE_SPREAD) : slack)) return undefined;
  // The samples must be large enough to tell the change of the deviation from none.
  if (factor !== 1 && size < 2 * slack) return undefined;
  // A zero that was moved moves all values beyond where they were; numbers that reach further are no temperatures.
  if (factor === 1 && before.max - before.min >= Math.abs(offset)) return undefined;
  if (!isLarge && before.max - before.min > WIDEST_RANGE * before.standardDeviation)
    return undefined;
  if (!isRangeLike(now, before, change)) return undefined;
  return { change, distance: Math.hypot(mean, spread), error };
}

/** The range is that of before after the change, as far as extremes can be foretold. */
function isRangeLike(now: Moments, before: Moments, { factor, offset }: UnitChange): boolean {
  const range = factor * (before.max - before.min);
  const isWithin =
    now.min >= factor * before.min + offset - range &&
    now.max <= factor * before.max + offset + range;
  return isWithin && now.max - now.min >= range / 5;
}

/** By the bins, whose noise is known whatever the tails: the values are not those of before, but may be those changed. */
function doBinsAgree(
  current: ColumnProfile,
  reference: ColumnProfile,
  { tried, ...moments }: { tried: UnitChange; now: Moments; before: Moments },
): boolean {
  const now = endedHistogram(current);
  const before = endedHistogram(reference);
  if (now === undefined || before === undefined) return false;
  const noise = smirnovNoise(moments.now.count, moments.before.count);
  return (
    (binnedDistance(now, before) ?? 0) > LEAST_MOVE + noise &&
    mappedDistance(now, before, tried) <= LOOSE + noise &&
    doEndsAgree(now, before, { tried, ...moments })
  );
}

function endedHistogram({
  histogram,
  numeric,
  extremes,
}: ColumnProfile): EndedHistogram | undefined {
  if (histogram === undefined || numeric === undefined) return undefined;
  const { minCount = 1, maxCount = 1 } = extremes ?? {};
  return { ...histogram, min: numeric.min, max: numeric.max, minCount, maxCount };
}

/** Neither sample may have more values beyond the other's ends than chance puts there. */
function doEndsAgree(
  present: EndedHistogram,
  past: EndedHistogram,
  { tried, now, before }: { tried: UnitChange; now: Moments; before: Moments },
): boolean {
  const { factor, offset } = tried;
  const most = UNSEEN / now.count + UNSEEN / before.count;
  // As much as rounding after the change may move a value.
  const slip = 0.02 * before.standardDeviation;
  const sides: readonly (readonly ['min' | 'max', number])[] = [
    ['min', -slip],
    ['max', slip],
  ];
  return sides.every(([side, more]) => {
    const placeBefore = (now[side] - offset) / factor + more;
    const placeNow = factor * (before[side] + more) + offset;
    return (
      shareBeyond(past, side, placeBefore) <= most && shareBeyond(present, side, placeNow) <= most
    );
  });
}

function describe(
  { dataset }: CheckContext,
  { name }: KnownColumn,
  {
    now,
    before,
    change,
  }: { readonly now: Moments; readonly before: Moments; readonly change: UnitChange },
): Finding {
  const { factor, offset } = change;
  const times =
    factor >= 1 ? `times ${formatNumber(factor)}` : `divided by ${formatNumber(1 / factor)}`;
  const plus = `${offset < 0 ? 'less' : 'plus'} ${formatNumber(Math.abs(offset), 5)}`;
  const how = factor === 1 ? plus : offset === 0 ? times : `${times} ${plus}`;
  return {
    rule: RULE,
    severity: 'error',
    dataset: dataset.name,
    column: name,
    message: `The unit of ${quote(name)} seems to have changed (${change.name}): its values are those of before ${how}. That is why they are distributed differently.`,
    observed: `mean ${formatNumber(now.mean)}, standard deviation ${formatNumber(now.standardDeviation)}`,
    expected: `mean ${formatNumber(before.mean)}, standard deviation ${formatNumber(before.standardDeviation)}`,
    effect: { value: factor, unit: 'factor', threshold: 1 },
    samples: [],
    fix: silencing(RULE, name),
  };
}

import { formatNumber } from '../../base/format';
import type { Finding } from '../finding';
import { valueCount, type ColumnProfile, type Profile } from '../profile/profile';
import type { Moments } from '../statistics/moments';
import {
  knownColumns,
  quote,
  silencing,
  type Check,
  type CheckContext,
  type KnownColumn,
} from './check';
import { UNIT_CHANGES, type UnitChange } from './unitFactors';

const RULE = 'unit-changed';

/** How far the data may have moved besides, in standard deviations: less for a factor that growth may also reach. */
const LOOSE = 0.1;
const STRICT = 0.03;
const LARGE_FACTOR = 5;

/** Standard errors, for the mean and for the deviation; that of the deviation is for tails twice as heavy as normal. */
const ERRORS = 3;

interface Fit {
  readonly change: UnitChange;
  /** Distance from what the change predicts, in standard deviations. */
  readonly distance: number;
}

/**
 * The numbers of a column are those of before times a constant that turns one unit into another (or Celsius into
 * Fahrenheit or kelvins): its mean, its deviation and its range are what the change predicts, within their standard
 * errors, and are not what they were.
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
    const change = bestChange(now, before);
    return change === undefined ? [] : [describe(context, column, { now, before, change })];
  });
}

export function momentsOf(profile: Profile, column: ColumnProfile): Moments | undefined {
  const { numeric, infinities = 0 } = column;
  if (numeric === undefined) return undefined;
  return { ...numeric, count: valueCount(profile, column) - infinities };
}

function bestChange(now: Moments, before: Moments): UnitChange | undefined {
  if (now.standardDeviation === 0 || before.standardDeviation === 0) return undefined;
  const fits = UNIT_CHANGES.flatMap((change) => fit(now, before, change) ?? []);
  return fits.sort((a, b) => a.distance - b.distance)[0]?.change;
}

function fit(now: Moments, before: Moments, change: UnitChange): Fit | undefined {
  const { factor, offset } = change;
  const error = ERRORS * Math.sqrt(1 / now.count + 1 / before.count);
  const size = Math.abs(Math.log(factor));
  const slack = (size >= Math.log(LARGE_FACTOR) ? LOOSE : STRICT) + error;
  const deviation = factor * before.standardDeviation;
  const mean = Math.abs(now.mean - (factor * before.mean + offset)) / deviation;
  const spread = Math.abs(Math.log(now.standardDeviation / deviation));
  if (mean > slack || spread > slack) return undefined;
  // The samples must be large enough to tell the change from none.
  const moved = offset === 0 ? size : Math.abs(now.mean - before.mean) / before.standardDeviation;
  if (moved < 4 * slack || !isRangeLike(now, before, change)) return undefined;
  return { change, distance: Math.hypot(mean, spread) };
}

/** The range is that of before after the change, as far as extremes can be foretold. */
function isRangeLike(now: Moments, before: Moments, { factor, offset }: UnitChange): boolean {
  const range = factor * (before.max - before.min);
  const isWithin =
    now.min >= factor * before.min + offset - range &&
    now.max <= factor * before.max + offset + range;
  return isWithin && now.max - now.min >= range / 5;
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

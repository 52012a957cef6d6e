import type { Finding } from '../../finding';
import { valueCount, type ColumnProfile, type Profile } from '../../profile/profile';
import { binnedDistance, smirnovNoise } from '../../statistics/binnedDistance';
import type { Moments } from '../../statistics/moments';
import { knownColumns, quote, silencing, type Check, type CheckContext } from '../check';
import { momentsOf } from './unitChanged';

const RULE = 'columns-swapped';

/** How far a column must be from itself, and how near to the other one: see `distanceOf`. */
const LEAST_OWN = 0.5;
const LARGEST_CROSS = 0.1;
const LEAST_ADVANTAGE = 4;

/** So many of the numbers must have left their bins, beside what chance moves. */
const LEAST_MOVE = 0.1;

/** Standard errors that are added to both. */
const ERRORS = 3;

interface Side {
  readonly name: string;
  readonly now: ColumnProfile;
  readonly before: ColumnProfile;
}

/**
 * Two columns of the same type have exchanged their values: each is far from what it was, and near to what the other
 * was. Columns that look alike cannot be told apart.
 */
export const columnsSwapped: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  const { current, reference } = context;
  if (reference === undefined) return [];
  const profiles = { now: current, before: reference };
  const moved = knownColumns(context).flatMap(({ name, current: now, reference: before }) => {
    if (before === undefined) return [];
    const side = { name, now, before };
    const own = distance(side, side, profiles);
    const hasMoved = own !== undefined && own.value > LEAST_OWN + own.error;
    return hasMoved && haveBinsMoved(side, profiles) ? [side] : [];
  });
  const taken = new Set<string>();
  return moved.flatMap((one, place) => {
    if (taken.has(one.name)) return [];
    const others = moved.slice(place + 1).filter(({ name }) => !taken.has(name));
    const partner = bestPartner(one, others, profiles);
    if (partner === undefined) return [];
    taken.add(partner.name);
    return [describe(context, one, partner)];
  });
}

/** Of numbers, for the moments of heavy tails move by chance. */
function haveBinsMoved({ now, before }: Side, profiles: Profiles): boolean {
  if (now.histogram === undefined || before.histogram === undefined) return true;
  const noise = smirnovNoise(valueCount(profiles.now, now), valueCount(profiles.before, before));
  return (binnedDistance(now.histogram, before.histogram) ?? 1) > LEAST_MOVE + noise;
}

interface Profiles {
  readonly now: Profile;
  readonly before: Profile;
}

interface Distance {
  readonly value: number;
  readonly error: number;
}

function bestPartner(one: Side, others: readonly Side[], profiles: Profiles): Side | undefined {
  const fits = others.flatMap((other) => {
    const there = distance(one, other, profiles);
    const back = distance(other, one, profiles);
    const own = [distance(one, one, profiles), distance(other, other, profiles)];
    if (there === undefined || back === undefined) return [];
    const cross = Math.max(there.value, back.value);
    const least = Math.min(...own.map((each) => each?.value ?? 0));
    const isNear = cross <= LARGEST_CROSS + Math.max(there.error, back.error);
    return isNear && least >= LEAST_ADVANTAGE * cross ? [{ other, cross }] : [];
  });
  return fits.sort((a, b) => a.cross - b.cross)[0]?.other;
}

/**
 * How far the values that a column has now are from those that another one had: of numbers, the difference of the means
 * and of the logarithms of the deviations, in deviations; of categories, the total variation, 0 to 1.
 */
function distance(current: Side, past: Side, { now, before }: Profiles): Distance | undefined {
  const sizes = {
    now: valueCount(now, current.now),
    before: valueCount(before, past.before),
  };
  if (sizes.now === 0 || sizes.before === 0) return undefined;
  const noise = ERRORS * Math.sqrt(1 / sizes.now + 1 / sizes.before);
  const a = momentsOf(now, current.now);
  const b = momentsOf(before, past.before);
  if (a !== undefined && b !== undefined) return { value: distanceOfMoments(a, b), error: noise };
  if (a !== undefined || b !== undefined || current.now.type !== past.before.type) return undefined;
  return variation(current.now, past.before, sizes, noise);
}

function distanceOfMoments(a: Moments, b: Moments): number {
  const deviation = Math.min(a.standardDeviation, b.standardDeviation);
  if (deviation === 0) return a.mean === b.mean && a.min === b.min ? 0 : Infinity;
  const spread = Math.log(a.standardDeviation / b.standardDeviation);
  return Math.hypot((a.mean - b.mean) / deviation, spread);
}

function variation(
  current: ColumnProfile,
  past: ColumnProfile,
  sizes: { readonly now: number; readonly before: number },
  noise: number,
): Distance | undefined {
  if (current.categories === undefined || past.categories === undefined) return undefined;
  const now = new Map(current.categories.map(({ value, count }) => [value, count / sizes.now]));
  const before = new Map(past.categories.map(({ value, count }) => [value, count / sizes.before]));
  const listed = [...before.values()].reduce((sum, share) => sum + share, 0);
  // Most of what is not listed may be anything.
  if (listed < 0.5) return undefined;
  const values = new Set([...now.keys(), ...before.keys()]);
  const differences = [...values].map((value) =>
    Math.abs((now.get(value) ?? 0) - (before.get(value) ?? 0)),
  );
  const value = differences.reduce((sum, difference) => sum + difference, 0) / 2;
  return { value, error: noise * Math.min(1, Math.sqrt(values.size) / 4) };
}

function describe({ dataset }: CheckContext, one: Side, other: Side): Finding {
  return {
    rule: RULE,
    severity: 'error',
    dataset: dataset.name,
    column: one.name,
    message: `${quote(one.name)} and ${quote(other.name)} seem to have exchanged their values: each is distributed as the other was.`,
    observed: `${quote(one.name)} like ${quote(other.name)} before, and the other way round`,
    expected: 'each like itself before',
    samples: [one.name, other.name],
    fix: silencing(RULE, one.name),
  };
}

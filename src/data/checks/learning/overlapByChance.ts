import type { Profiled } from '../../profile/pairAsk';
import type { OverlapFacts } from '../../profile/pairFacts';
import { valueCount, type ColumnProfile, type Profile } from '../../profile/profile';
import { wilsonInterval } from '../../statistics/proportions';

/** One-sided 99 %. */
const Z = 2.326;

/**
 * The share of rows whose features would be those of a training row although each was drawn on its own, 0 to 1.
 *
 * By Good and Turing (Good 1953): the probability that one more row is one of those seen already is the share of the
 * training rows that are there more than once. It asks for no independence of columns. Training rows that were copied on
 * purpose would raise it; so it is at most what the dataset's own repetitions allow, for the probability grows with the
 * rows no faster than in proportion. Training data without repetitions because they were taken out would lower it; so it
 * is at least what independent columns with the training data's values would give. Not so for images: their hashes are
 * drawn from far more values than the training data show, and two images do not have the same bytes by chance.
 */
export function overlapByChance(facts: OverlapFacts, { dataset, profile }: Profiled): number {
  const repeated = 1 - facts.once.train / facts.train;
  const own = { count: facts.of - facts.once.own, total: facts.of };
  const growth = Math.max(1, facts.train / facts.of);
  const most = Math.min(1, wilsonInterval(own, Z).upper * growth);
  const drawn = Math.min(repeated, most);
  return dataset.format === 'images'
    ? drawn
    : Math.max(drawn, overlapIfIndependent(facts, profile));
}

/** At most, by Jensen's inequality: one of so many rows is the same as another that is the same with this probability. */
function overlapIfIndependent({ columns, train: rows }: OverlapFacts, train: Profile): number {
  const compared = new Set(columns);
  const same = train.columns
    .filter(({ name }) => compared.has(name))
    .reduce((product, column) => product * collisionOf(column, train), 1);
  return same >= 1 ? 1 : -Math.expm1(rows * Math.log1p(-same));
}

/** The probability that two rows have the same value, as far as a profile tells. */
function collisionOf(column: ColumnProfile, profile: Profile): number {
  const { rows } = profile;
  const values = valueCount(profile, column);
  const shares = [column.nulls, column.nans, ...countsOf(column, values)];
  return shares.reduce((sum, count) => sum + (count / rows) ** 2, 0);
}

/** Counts whose squares sum up as those of the values do, what is in one bin or not listed taken as evenly frequent. */
function countsOf(column: ColumnProfile, values: number): readonly number[] {
  const { categories, histogram, distinct } = column;
  const different = Math.max(1, distinct?.count ?? 1);
  if (categories !== undefined) {
    const listed = categories.map(({ count }) => count);
    const rest = values - listed.reduce((sum, count) => sum + count, 0);
    return [...listed, evenly(rest, different - listed.length)];
  }
  if (histogram === undefined) return [evenly(values, different)];
  const bins = histogram.counts.filter((count) => count > 0);
  return bins.map((count) => evenly(count, different / bins.length));
}

/** The count whose square is the sum of the squares of `different` equal ones. */
function evenly(count: number, different: number): number {
  return count / Math.sqrt(Math.max(1, different));
}

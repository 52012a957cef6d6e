import { exactShareTest, type TwoCounts } from './hypergeometric';
import { newcombeInterval } from './proportions';

/** How the share of one category changed. */
export interface ShareChange {
  /** The change in its own unit: points where it is large, else how many times as frequent, or as rare. */
  readonly effect: SizedEffect;
  /** Two-sided, of no change. */
  readonly p: number;
}

/** A change beside what counts as one. */
export interface SizedEffect {
  readonly value: number;
  readonly unit: 'share' | 'ratio';
  /** Lower confidence bound of the value. */
  readonly lower: number;
  readonly threshold: number;
}

/** What counts as a change: so many points, or so many times as frequent or as rare. */
export interface ShareLimits {
  readonly points: number;
  readonly ratio: number;
}

/** Shares below this on both sides are too small to matter, however much they change. */
export const LEAST_SHARE = 0.001;

/**
 * The change of one category's share: in points, or as a ratio where that is the larger beside its limit, for in a rare
 * class it is the ratio that matters. Its test is Fisher's exact one.
 * @param z one-sided normal quantile of the bounds: Newcombe 1998 for the points, Katz et al. 1978 for the ratio.
 * @returns undefined where the change is below both limits.
 */
export function shareChange(
  counts: TwoCounts,
  limits: ShareLimits,
  z: number,
): ShareChange | undefined {
  const { reference, current, n, m } = counts;
  if (Math.max(reference / n, current / m) < LEAST_SHARE) return undefined;
  const effects = [
    changeInPoints(counts, limits.points, z),
    changeInRatio(counts, limits.ratio, z),
  ];
  const reached = effects.filter(({ value, threshold }) => value >= threshold);
  // What is certain goes before what is large.
  const effect = reached.find(({ lower, threshold }) => lower >= threshold) ?? reached[0];
  return effect === undefined ? undefined : { effect, p: exactShareTest(counts) };
}

function changeInPoints(
  { reference, current, n, m }: TwoCounts,
  threshold: number,
  z: number,
): SizedEffect {
  const [before, now] = [
    { count: reference, total: n },
    { count: current, total: m },
  ];
  const increased = current / m >= reference / n;
  const { lower } = increased ? newcombeInterval(now, before, z) : newcombeInterval(before, now, z);
  return { value: Math.abs(current / m - reference / n), unit: 'share', lower, threshold };
}

function changeInRatio(
  { reference, current, n, m }: TwoCounts,
  threshold: number,
  z: number,
): SizedEffect {
  // Half a value more on each side, so that none at all is no infinite change.
  const [a, b] = [current + 0.5, reference + 0.5];
  const [of, from] = [m + 0.5, n + 0.5];
  const logRatio = Math.abs(Math.log(a / of / (b / from)));
  const error = Math.sqrt(1 / a - 1 / of + 1 / b - 1 / from);
  return {
    value: Math.exp(logRatio),
    unit: 'ratio',
    lower: Math.exp(logRatio - z * error),
    threshold,
  };
}

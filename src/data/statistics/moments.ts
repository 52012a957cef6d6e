import type { NumericSummary } from '../profile/profile';

/** A sample by its size and its moments. */
export interface Moments extends NumericSummary {
  readonly count: number;
}

/**
 * Mean and standard deviation of what is left when a value that occurs `times` times is taken out of a sample; the
 * deviation is 0 where a single value is left. Undefined where nothing is left. From the sums of squares about the means
 * (Chan, Golub & LeVeque 1983, backwards).
 */
export function momentsWithout(
  { count, mean, standardDeviation }: Moments,
  value: number,
  times: number,
): Pick<Moments, 'count' | 'mean' | 'standardDeviation'> | undefined {
  const left = count - times;
  if (left <= 0) return undefined;
  const distance = value - mean;
  const squares = standardDeviation ** 2 * (count - 1) - (distance ** 2 * times * count) / left;
  return {
    count: left,
    mean: mean - (distance * times) / left,
    standardDeviation: left > 1 ? Math.sqrt(Math.max(0, squares) / (left - 1)) : 0,
  };
}

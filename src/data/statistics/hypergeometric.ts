import { logFactorial } from './logGamma';

/** A category in two samples: how many of each are of it, and how many there are. */
export interface TwoCounts {
  readonly reference: number;
  readonly current: number;
  readonly n: number;
  readonly m: number;
}

const NEGLIGIBLE = 1e-17;

/**
 * Fisher's exact test of one category in two samples: with as many of it in both together, the probability of a share in
 * the current sample at least as far on the side where it is, doubled for the two sides (Fisher 1935; Agresti 2013,
 * "Categorical Data Analysis", §3.5). Conservative: its size is at most the level for any sizes of the samples.
 */
export function exactShareTest(counts: TwoCounts): number {
  const { reference, current, n, m } = counts;
  const drawn = reference + current;
  const increased = current * n >= reference * m;
  return Math.min(1, 2 * hypergeometricTail(current, { drawn, n, m }, increased ? 1 : -1));
}

/** Of n + m values, `drawn` are of the category, at random: how many of them are among the m. */
interface Draws {
  readonly drawn: number;
  readonly n: number;
  readonly m: number;
}

/** P(X >= k), or P(X <= k) for direction -1, of the hypergeometric X, by summing from k outwards. */
export function hypergeometricTail(k: number, draws: Draws, direction: 1 | -1): number {
  const { drawn, n, m } = draws;
  const least = Math.max(0, drawn - n);
  const most = Math.min(drawn, m);
  if (direction === 1 ? k <= least : k >= most) return 1;
  let term = 1;
  let sum = 1;
  const end = direction === 1 ? most : least;
  for (let step = 0; step < Math.abs(end - k); step++) {
    const x = k + direction * step;
    term *= direction === 1 ? stepUp(x, draws) : 1 / stepUp(x - 1, draws);
    sum += term;
    if (term < sum * NEGLIGIBLE) break;
  }
  return Math.min(1, Math.exp(logPoint(k, draws)) * sum);
}

/** P(X = x + 1) / P(X = x). */
function stepUp(x: number, { drawn, n, m }: Draws): number {
  return ((m - x) * (drawn - x)) / ((x + 1) * (n - drawn + x + 1));
}

function logPoint(x: number, { drawn, n, m }: Draws): number {
  return logChoose(m, x) + logChoose(n, drawn - x) - logChoose(n + m, drawn);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

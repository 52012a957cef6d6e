import { normalTail } from './normal';

/**
 * The probability that the sum of the scores of m values, drawn without replacement, is at least as far from its mean
 * as `sum`, on that side. `counts[j]` values have the score `scores[j]`. The double saddlepoint approximation of
 * permutation distributions (Skovgaard 1987; Booth and Butler 1990, Biometrika 77:787), which keeps its relative
 * accuracy far in the tail, where the normal approximation has none.
 */
export function conditionalTail(
  scores: readonly number[],
  counts: readonly number[],
  m: number,
  sum: number,
): number {
  const total = counts.reduce((all, count) => all + count, 0);
  const mean = counts.reduce((all, count, j) => all + count * (scores[j] ?? 0), 0) / total;
  const sign = sum < m * mean ? -1 : 1;
  // Centred and turned so that the sum is above its mean, 0.
  const urn = { counts, scores: scores.map((score) => sign * (score - mean)), m };
  const target = sign * (sum - m * mean);
  if (target <= 0) return 0.5;
  const tilt = findTilt(urn, target);
  const at = momentsAt(urn, tilt);
  const start = momentsAt(urn, 0);
  const exponent = start.potential - (at.potential - tilt * target);
  const w = Math.sqrt(2 * Math.max(0, exponent));
  const determinant = at.spread * at.squares - at.product * at.product;
  const u = tilt * Math.sqrt(Math.max(0, determinant) / start.spread);
  // The sum is at the end of what is possible: Chernoff's bound holds everywhere.
  if (at.sum < target * (1 - 1e-9) || u < 1e-8) return Math.exp(-exponent);
  const density = Math.exp(-exponent) / Math.sqrt(2 * Math.PI);
  return Math.min(1, Math.max(0, normalTail(w) + density * (1 / u - 1 / w)));
}

interface Urn {
  readonly counts: readonly number[];
  readonly scores: readonly number[];
  readonly m: number;
}

/** Where each value is drawn with the log-odds a + tilt · score, a such that m are expected. */
interface TiltedMoments {
  /** Σ counts · ln(1 + exp(a + tilt · score)) − a m. */
  readonly potential: number;
  /** Expected sum of the scores of the drawn values. */
  readonly sum: number;
  /** The second derivatives of the potential. */
  readonly spread: number;
  readonly product: number;
  readonly squares: number;
}

const STEPS = 60;
const LARGEST_TILT = 64;

/** The tilt at which the sum of the scores is expected: the sum grows with it. */
function findTilt(urn: Urn, target: number): number {
  let low = 0;
  let high = 1;
  while (high < LARGEST_TILT && momentsAt(urn, high).sum < target) {
    low = high;
    high *= 2;
  }
  let tilt = (low + high) / 2;
  for (let step = 0; step < STEPS && high - low > 1e-12 * high; step++) {
    const { sum, spread, product, squares } = momentsAt(urn, tilt);
    if (sum < target) low = tilt;
    else high = tilt;
    const next = tilt + (target - sum) / (squares - (product * product) / spread);
    if (Math.abs(next - tilt) < 1e-13 * tilt) return tilt;
    tilt = next > low && next < high ? next : (low + high) / 2;
  }
  return tilt;
}

function momentsAt(urn: Urn, tilt: number): TiltedMoments {
  const offset = findOffset(urn, tilt);
  let [potential, sum, spread, product, squares] = [-offset * urn.m, 0, 0, 0, 0];
  for (const [j, count] of urn.counts.entries()) {
    const score = urn.scores[j] ?? 0;
    const logit = offset + tilt * score;
    const share = logistic(logit);
    const variance = count * share * (1 - share);
    potential += count * softplus(logit);
    sum += count * share * score;
    spread += variance;
    product += variance * score;
    squares += variance * score * score;
  }
  return { potential, sum, spread, product, squares };
}

/** The log-odds at score 0 with which m values are expected, by Newton's method kept within bounds. */
function findOffset({ counts, scores, m }: Urn, tilt: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const even = Math.log(m / (total - m));
  if (tilt === 0) return even;
  const reach = tilt * Math.max(...scores.map(Math.abs));
  let [low, high] = [even - reach, even + reach];
  let offset = even;
  for (let step = 0; step < STEPS; step++) {
    let [drawn, slope] = [0, 0];
    for (const [j, count] of counts.entries()) {
      const share = logistic(offset + tilt * (scores[j] ?? 0));
      drawn += count * share;
      slope += count * share * (1 - share);
    }
    if (drawn < m) low = offset;
    else high = offset;
    const next = offset + (m - drawn) / slope;
    const inside = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(inside - offset) < 1e-14 * (1 + Math.abs(offset))) return inside;
    offset = inside;
  }
  return offset;
}

function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

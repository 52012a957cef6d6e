import { logGamma } from './logGamma';

/**
 * The chi-square distribution. Press et al., "Numerical Recipes" (3rd ed.), §6.2: the incomplete gamma function by its
 * series below the mean and by its continued fraction above.
 */

const ENOUGH_TERMS = 1000;
const EPSILON = 1e-15;

/** P(X <= x) for X of chi-square distribution. */
export function chiSquareCdf(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 0;
  const shape = degreesOfFreedom / 2;
  const half = x / 2;
  return half < shape + 1 ? gammaSeries(shape, half) : 1 - gammaFraction(shape, half);
}

/** P(X >= x), with all its digits far in the tail. */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1;
  const shape = degreesOfFreedom / 2;
  const half = x / 2;
  return half < shape + 1 ? 1 - gammaSeries(shape, half) : gammaFraction(shape, half);
}

/** The x with P(X <= x) = p, by bisection to the last digits; p in (0, 1). */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = degreesOfFreedom + 1;
  while (chiSquareCdf(high, degreesOfFreedom) < p) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (chiSquareCdf(middle, degreesOfFreedom) < p) low = middle;
    else high = middle;
  }
}

function gammaSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n <= ENOUGH_TERMS && term > sum * EPSILON; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * Math.exp(shape * Math.log(x) - x - logGamma(shape));
}

/** Lentz's method. */
function gammaFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n <= ENOUGH_TERMS; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return fraction * Math.exp(shape * Math.log(x) - x - logGamma(shape));
}

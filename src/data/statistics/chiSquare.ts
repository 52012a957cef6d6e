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

const LANCZOS_CONSTANT = 0.99999999999980993;
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Lanczos 1964, g = 7, n = 9; for x >= 0.5, to about 15 digits. */
function logGamma(x: number): number {
  const z = x - 1;
  const base = z + 7.5;
  const sum = LANCZOS.reduce(
    (total, coefficient, index) => total + coefficient / (z + index + 1),
    LANCZOS_CONSTANT,
  );
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(base) - base + Math.log(sum);
}

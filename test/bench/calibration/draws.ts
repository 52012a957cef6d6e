import { normalQuantile } from '../../../src/data/statistics/normal';
import { logFactorial } from '../../../src/data/statistics/logGamma';

/** Numbers in (0, 1), 53 bits each: xoshiro128** of Blackman and Vigna 2021, the same for the same seed. */
export type Uniform = () => number;

export function makeUniform(seed: number): Uniform {
  const state = new Uint32Array(4);
  // SplitMix32 fills the state, as its authors advise.
  let mixed = seed | 0;
  for (let at = 0; at < 4; at++) {
    mixed = (mixed + 0x9e3779b9) | 0;
    let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    state[at] = word ^ (word >>> 15);
  }
  return () => {
    const high = nextWord(state) >>> 5;
    const low = nextWord(state) >>> 6;
    return (high * 2 ** 26 + low + 0.5) / 2 ** 53;
  };
}

function nextWord(state: Uint32Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = state;
  const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
  const third = c ^ a;
  const fourth = d ^ b;
  state[1] = b ^ third;
  state[0] = a ^ fourth;
  state[2] = third ^ (b << 9);
  state[3] = rotate(fourth, 11);
  return result;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Of a gamma distribution with this shape, at least 1, and scale 1: Marsaglia and Tsang 2000. */
export function drawGamma(shape: number, random: Uniform): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalQuantile(random());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** How many of `trials` succeed with this probability: exact, by inversion or by Hörmann's rejection (BTRS, 1993). */
export function drawBinomial(trials: number, probability: number, random: Uniform): number {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - drawBinomial(trials, 1 - probability, random);
  return trials * probability < 10
    ? drawFewSuccesses(trials, probability, random)
    : drawManySuccesses(trials, probability, random);
}

function drawFewSuccesses(trials: number, probability: number, random: Uniform): number {
  const odds = probability / (1 - probability);
  let term = Math.exp(trials * Math.log1p(-probability));
  let left = random();
  let successes = 0;
  while (left > term && successes < trials) {
    left -= term;
    successes++;
    term *= (odds * (trials - successes + 1)) / successes;
  }
  return successes;
}

function drawManySuccesses(trials: number, probability: number, random: Uniform): number {
  const deviation = Math.sqrt(trials * probability * (1 - probability));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const surely = 0.92 - 4.2 / b;
  const logOdds = Math.log(probability / (1 - probability));
  const logPoint = (k: number) => k * logOdds - logFactorial(k) - logFactorial(trials - k);
  const highest = logPoint(Math.floor((trials + 1) * probability));
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const inside = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / inside + b) * u + trials * probability + 0.5);
    if (inside >= 0.07 && v <= surely) return k;
    if (k < 0 || k > trials) continue;
    if (Math.log((v * alpha) / (a / (inside * inside) + b)) <= logPoint(k) - highest) return k;
  }
}

/** How many of `trials` fall into each cell; the weights need not sum to 1. */
export function drawMultinomial(
  trials: number,
  weights: readonly number[],
  random: Uniform,
): number[] {
  let left = trials;
  let weight = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((own, at) => {
    const count =
      at === weights.length - 1 ? left : drawBinomial(left, Math.min(1, own / weight), random);
    left -= count;
    weight -= own;
    return count;
  });
}

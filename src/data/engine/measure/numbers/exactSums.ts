/** Bits of each of the three limbs that a double is cut into. */
const LIMB = 20;
const LIMB_SIZE = 2 ** LIMB;

/** Adding 1.5 times this many units and taking them away again rounds a double to whole units. */
const ROUNDING = 1.5 * 2 ** 52;

/** So many limbs' products of 41 bits have a sum of at most 53. */
const MOST_AT_ONCE = 2048;

/** Exponents of values whose limbs and their products are neither too large nor too small for doubles. */
const SAFE_EXPONENTS = { least: -450, most: 450 };

export interface Moments {
  readonly mean: number;
  /** Root of the mean squared deviation from the mean. */
  readonly deviation: number;
}

/**
 * Sums of doubles and of their squares without any rounding, so that neither the order of the values nor how they come in
 * parts changes a digit. Values of about the same size are cut into three limbs of 20 bits, as in Rump, Ogita and Oishi
 * 2008 ("Accurate floating-point summation", AccSum): of 2048 of them, doubles hold the sums of the limbs and of the
 * limbs' products exactly; what these come to goes into integers of any length. Values too small for the limbs of the
 * others are put aside and summed among themselves.
 */
export class ExactSums {
  private count = 0;
  /** The totals are in units of 2 to this, and of its square. */
  private exponent = 0;
  private total = 0n;
  private squares = 0n;
  private readonly aside = new Float64Array(2 * MOST_AT_ONCE);
  private asideCount = 0;

  /** @param values finite, at most 2048 of them between the two indices; @param largest no size is above it */
  add(values: Float64Array, from: number, to: number, largest: number): void {
    this.count += to - from;
    this.addLargest(values, from, to, largest);
    while (this.asideCount >= MOST_AT_ONCE) this.addAside();
  }

  /** A finite value that occurs several times. */
  addRepeated(value: number, times: number): void {
    this.count += times;
    this.addInteger(value, BigInt(times));
  }

  /** Undefined where nothing was added. */
  moments(): Moments | undefined {
    if (this.count === 0) return undefined;
    while (this.asideCount > 0) this.addAside();
    const { total, squares, exponent } = this;
    const count = BigInt(this.count);
    const variance = quotient(count * squares - total * total, count * count, 2 * exponent);
    return { mean: toDouble(quotient(total, count, exponent)), deviation: rootOf(variance) };
  }

  /** What was put aside, and is not too small for the largest of it. */
  private addAside(): void {
    const { aside, asideCount } = this;
    this.asideCount = 0;
    // What is put aside again goes to places that were read before.
    for (let from = 0; from < asideCount; from += MOST_AT_ONCE) {
      const to = Math.min(from + MOST_AT_ONCE, asideCount);
      const largest = aside.subarray(from, to).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      this.addLargest(aside, from, to, largest);
    }
  }

  private addLargest(values: Float64Array, from: number, to: number, largest: number): void {
    const exponent = exponentOf(largest);
    if (exponent < SAFE_EXPONENTS.least || exponent > SAFE_EXPONENTS.most) {
      for (let at = from; at < to; at++) this.addInteger(values[at] ?? 0, 1n);
      return;
    }
    const { aside } = this;
    let { asideCount } = this;
    const unit = 2 ** (exponent - LIMB);
    const roundHigh = ROUNDING * unit;
    const roundMiddle = roundHigh / LIMB_SIZE;
    const roundLow = roundMiddle / LIMB_SIZE;
    let sumHigh = 0;
    let sumMiddle = 0;
    let sumLow = 0;
    let highHigh = 0;
    let highMiddle = 0;
    let mixed = 0;
    let middleLow = 0;
    let lowLow = 0;
    for (let at = from; at < to; at++) {
      const value = values[at] ?? 0;
      const high = value + roundHigh - roundHigh;
      const below = value - high;
      const middle = below + roundMiddle - roundMiddle;
      const low = below - middle;
      if (low + roundLow - roundLow === low) {
        sumHigh += high;
        sumMiddle += middle;
        sumLow += low;
        highHigh += high * high;
        highMiddle += high * middle;
        mixed += 2 * high * low + middle * middle;
        middleLow += middle * low;
        lowLow += low * low;
      } else {
        aside[asideCount++] = value;
      }
    }
    this.asideCount = asideCount;
    this.addTotals(
      joinLimbs([sumHigh, sumMiddle, sumLow], unit),
      joinLimbs([highHigh, 2 * highMiddle, mixed, 2 * middleLow, lowLow], unit * unit),
      exponent - 3 * LIMB,
    );
  }

  private addInteger(value: number, times: bigint): void {
    const { integer, exponent } = asInteger(value);
    this.addTotals(integer * times, integer * integer * times, exponent);
  }

  /** @param exponent of the unit of the sum */
  private addTotals(sum: bigint, squares: bigint, exponent: number): void {
    const finer = this.exponent - exponent;
    if (finer > 0) {
      this.total <<= BigInt(finer);
      this.squares <<= BigInt(2 * finer);
      this.exponent = exponent;
    }
    const coarser = Math.max(0, -finer);
    this.total += sum << BigInt(coarser);
    this.squares += squares << BigInt(2 * coarser);
  }
}

/** The least power of two that is above a size; 0 has that of 1. */
function exponentOf(size: number): number {
  if (size === 0) return 0;
  const exponent = Math.floor(Math.log2(size)) + 1;
  // The logarithm of what is just below a power may be rounded to that of the power.
  return 2 ** exponent > size ? exponent : exponent + 1;
}

/** Sums of limbs, each in units of `LIMB` bits less than the one before, as one integer in units of the last. */
function joinLimbs(sums: readonly number[], firstUnit: number): bigint {
  let joined = 0n;
  let unit = firstUnit;
  for (const sum of sums) {
    joined = (joined << BigInt(LIMB)) + BigInt(sum / unit);
    unit /= LIMB_SIZE;
  }
  return joined;
}

/** An integer times a power of two. */
interface Scaled {
  readonly integer: bigint;
  readonly exponent: number;
}

/** A finite double. */
function asInteger(value: number): Scaled {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const size = (bits & (2n ** 52n - 1n)) + (biased === 0 ? 0n : 2n ** 52n);
  return { integer: value < 0 ? -size : size, exponent: Math.max(1, biased) - 1075 };
}

/** With an integer of at least 60 bits, or 0. */
function quotient(numerator: bigint, denominator: bigint, exponent: number): Scaled {
  const shift = 64 - bitsOf(numerator) + bitsOf(denominator);
  const integer =
    shift >= 0
      ? (numerator << BigInt(shift)) / denominator
      : numerator / (denominator << BigInt(-shift));
  return { integer, exponent: exponent - shift };
}

/** Up to three too many. */
function bitsOf(integer: bigint): number {
  return 4 * (integer < 0n ? -integer : integer).toString(16).length;
}

function toDouble({ integer, exponent }: Scaled): number {
  // In two steps, because the power alone can be too small for a double.
  const half = Math.trunc(exponent / 2);
  return Number(integer) * 2 ** half * 2 ** (exponent - half);
}

function rootOf({ integer, exponent }: Scaled): number {
  const odd = Math.abs(exponent % 2);
  return Math.sqrt(Number(integer << BigInt(odd))) * 2 ** ((exponent - odd) / 2);
}

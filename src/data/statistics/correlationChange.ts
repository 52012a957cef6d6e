import { normalTail } from './normal';

/** A rank correlation that was measured on so many rows. */
export interface MeasuredCorrelation {
  readonly value: number;
  readonly rows: number;
}

/** How a rank correlation changed. */
export interface CorrelationChange {
  /** Of the later correlation less the earlier one, without its sign. */
  readonly value: number;
  /** Lower confidence bound of the value. */
  readonly lower: number;
  /** Two-sided, of no change. */
  readonly p: number;
}

/** Fisher's transformation needs some rows. */
const LEAST_ROWS = 50;

/**
 * The variance of an uncorrelated pair's rank correlation is at most this many times that of an independent pair:
 * 144 E[(u − 1/2)² (v − 1/2)²] of uniform u and v is largest where v is u or 1 − u, with 144 / 80.
 */
const WORST_DEPENDENCE = 1.8;

/** Correlations are kept to four decimals, and none is known to be perfect. */
const LARGEST = 0.9999;

/**
 * Whether two samples have the same rank correlation: by the difference of Fisher's transformations, whose variance is
 * (1 + r²/2) / (n − 3) for normal pairs (Bonett and Wright 2000, Psychometrika 65:23). Here it is larger, for pairs that are
 * not: where most rows go together perfectly and some do not at all, it grows as 1 / (1 − r²). The bound of the change is that of Zou 2007, Psychological Methods 12:399, from the intervals of both.
 * @param z one-sided normal quantile of the bound
 * @returns undefined where a sample has too few rows.
 */
export function correlationChange(
  before: MeasuredCorrelation,
  now: MeasuredCorrelation,
  z: number,
): CorrelationChange | undefined {
  if (Math.min(before.rows, now.rows) < LEAST_ROWS) return undefined;
  const [low, high] = before.value < now.value ? [before, now] : [now, before];
  const error = Math.hypot(errorOf(low), errorOf(high));
  const distance = transform(high) - transform(low);
  const value = high.value - low.value;
  const slack = Math.hypot(
    Math.tanh(transform(low) + z * errorOf(low)) - low.value,
    high.value - Math.tanh(transform(high) - z * errorOf(high)),
  );
  return { value, lower: value - slack, p: Math.min(1, 2 * normalTail(distance / error)) };
}

function transform({ value }: MeasuredCorrelation): number {
  return Math.atanh(Math.max(-LARGEST, Math.min(LARGEST, value)));
}

function errorOf({ value, rows }: MeasuredCorrelation): number {
  const square = Math.min(value ** 2, LARGEST ** 2);
  return Math.sqrt((WORST_DEPENDENCE * (1 + square / 2)) / (1 - square) / (rows - 3));
}

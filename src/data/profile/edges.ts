import type { ValueCount } from './numbers';

/** The edges of a histogram, chosen once from the data and then fixed. */

const BINS = 10;

/**
 * Edges from all values, ascending: the deciles (by inverted CDF, duplicates once). Where there are at most ten values,
 * each gets a bin of its own, and so does everything below and above them.
 */
export function chooseEdges(values: readonly ValueCount[], integers: boolean): number[] {
  const [first] = values;
  if (first === undefined) return [];
  if (values.length <= BINS) {
    const below = integers
      ? first.value - 1
      : first.value - Math.max(Math.abs(first.value), 1) / 1e6;
    return uniqueEdges([below, ...values.map(({ value }) => value)]);
  }
  return uniqueEdges(decilesOf(values));
}

function decilesOf(values: readonly ValueCount[]): number[] {
  const total = values.reduce((sum, { count }) => sum + count, 0);
  const deciles: number[] = [];
  let cumulative = 0;
  for (const { value, count } of values) {
    cumulative += count;
    while (deciles.length < BINS - 1 && cumulative >= ((deciles.length + 1) * total) / BINS) {
      deciles.push(value);
    }
  }
  return deciles;
}

/** The shares at which a column with many values is cut. */
export const DECILES = Array.from({ length: BINS - 1 }, (_, index) => (index + 1) / BINS);

/** Ascending, each once, rounded up to the 12 digits that a baseline keeps: no value changes its bin by being saved. */
export function uniqueEdges(edges: readonly number[]): number[] {
  return [...new Set(edges.map(roundUp))].sort((a, b) => a - b);
}

function roundUp(value: number): number {
  const rounded = Number(value.toPrecision(12));
  if (rounded >= value) return rounded;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 11);
  return Number((rounded + unit).toPrecision(12));
}

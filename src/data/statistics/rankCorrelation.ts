/** The correlation of two columns' ranks, on the rows in which both have a value. */
export interface RankCorrelation {
  /** −1 to 1; undefined where the values of one of them are all the same. */
  readonly value: number | undefined;
  readonly rows: number;
}

/** Doubled, so that the mid-ranks of equal values are whole, and centred: of n values, 1 − n to n − 1; NaN for no value. */
export interface DoubledRanks {
  readonly ranks: Float64Array;
  /** Whether every row has a value; the sum of the ranks is then 0. */
  readonly complete: boolean;
  readonly squares: number;
}

export function doubledRanks(values: Float64Array): DoubledRanks {
  // NaN comes last.
  const sorted = values.slice().sort();
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--;
  const places = sorted.subarray(0, count);
  const rankOf = (value: number) =>
    firstAbove(places, value, false) + firstAbove(places, value, true) - count;
  const ranks = values.map((value) => (Number.isNaN(value) ? NaN : rankOf(value)));
  const squares = ranks.reduce((sum, rank) => (Number.isNaN(rank) ? sum : sum + rank * rank), 0);
  return { ranks, complete: count === values.length, squares };
}

/** The place of the first value that is above another one, or also that is as large. */
function firstAbove(sorted: Float64Array, value: number, strictly: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] ?? NaN;
    if (strictly ? found > value : found >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Spearman's rank correlation of two columns, by Pearson's formula on their ranks (Spearman 1904). All sums are of whole
 * numbers, below 2^53 for up to 100,000 rows, so that the order of the rows changes no digit.
 */
export function rankCorrelation(a: DoubledRanks, b: DoubledRanks): RankCorrelation {
  if (!a.complete || !b.complete) return correlateKnown(a.ranks, b.ranks);
  let products = 0;
  for (let row = 0; row < a.ranks.length; row++) {
    products += (a.ranks[row] ?? 0) * (b.ranks[row] ?? 0);
  }
  return { value: quotient(products, a.squares, b.squares), rows: a.ranks.length };
}

function correlateKnown(a: Float64Array, b: Float64Array): RankCorrelation {
  let [rows, sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    const x = a[row] ?? NaN;
    const y = b[row] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    rows++;
    sumA += x;
    sumB += y;
    squaresA += x * x;
    squaresB += y * y;
    products += x * y;
  }
  const value = quotient(
    products - (sumA * sumB) / rows,
    squaresA - (sumA * sumA) / rows,
    squaresB - (sumB * sumB) / rows,
  );
  return { value, rows };
}

function quotient(products: number, squaresA: number, squaresB: number): number | undefined {
  if (!(squaresA > 0 && squaresB > 0)) return undefined;
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresA) / Math.sqrt(squaresB)));
}

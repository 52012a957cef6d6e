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
  const places = new Places(sorted.subarray(0, count));
  const ranks = new Float64Array(values.length);
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? NaN;
    const rank = Number.isNaN(value) ? NaN : places.firstOf(value) + places.endOf(value) - count;
    ranks[row] = rank;
    if (!Number.isNaN(rank)) squares += rank * rank;
  }
  return { ranks, complete: count === values.length, squares };
}

/** Where values stand in a sorted list that has them: a grid says between which places to search, mostly a few. */
class Places {
  private readonly starts: Int32Array;
  private readonly low: number;
  private readonly scale: number;

  constructor(private readonly sorted: Float64Array) {
    const cells = Math.max(1, sorted.length);
    this.starts = new Int32Array(cells + 1).fill(sorted.length);
    this.low = sorted[0] ?? 0;
    const scale = (cells - 1) / ((sorted.at(-1) ?? 0) - this.low);
    this.scale = Number.isFinite(scale) ? scale : 0;
    let next = 0;
    for (let place = 0; place < sorted.length; place++) {
      const cell = this.cellOf(sorted[place] ?? 0);
      while (next <= cell) this.starts[next++] = place;
    }
  }

  /** The place of the first one that is as large as the value. */
  firstOf(value: number): number {
    return this.search(value, (other) => other >= value);
  }

  /** The place of the first one that is larger. */
  endOf(value: number): number {
    return this.search(value, (other) => other > value);
  }

  private search(value: number, isBehind: (other: number) => boolean): number {
    const cell = this.cellOf(value);
    let low = this.starts[cell] ?? 0;
    let high = this.starts[cell + 1] ?? this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBehind(this.sorted[middle] ?? NaN)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Rises with the value. */
  private cellOf(value: number): number {
    const cell = (value - this.low) * this.scale;
    return cell > 0 ? Math.min(cell, this.starts.length - 2) | 0 : 0;
  }
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
  let rows = 0;
  let sumA = 0;
  let sumB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
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

import type { Histogram } from '../profile/profile';

/** By how much two samples of the same distribution differ by chance in one of a thousand trials (Smirnov 1948). */
export function smirnovNoise(n: number, m: number): number {
  return 1.95 * Math.sqrt(1 / n + 1 / m);
}

/**
 * The largest difference of the cumulative shares of two samples on the same edges: a lower bound of the statistic of
 * Kolmogorov and Smirnov. Undefined where the edges differ or a sample is empty.
 */
export function binnedDistance(a: Histogram, b: Histogram): number | undefined {
  const sameEdges =
    a.edges.length === b.edges.length && a.edges.every((edge, at) => edge === b.edges[at]);
  const first = cumulate(a.counts);
  const second = cumulate(b.counts);
  if (!sameEdges || first === undefined || second === undefined) return undefined;
  return Math.max(0, ...first.map((share, bin) => Math.abs(share - (second[bin] ?? 0))));
}

/** How values of another scale relate to those that were counted: `factor * value + offset`, with a positive factor. */
export interface AffineMap {
  readonly factor: number;
  readonly offset: number;
}

/**
 * A lower bound of the distance of a sample from another one whose values were mapped, from the bins of both on the same
 * edges: between two edges, what was mapped may lie anywhere. Zero says only that the bins do not contradict.
 */
export function mappedDistance(
  now: Histogram,
  before: Histogram & { readonly min: number; readonly max: number },
  { factor, offset }: AffineMap,
): number {
  const shares = cumulate(now.counts);
  const past = cumulate(before.counts);
  if (shares === undefined || past === undefined) return 0;
  const distances = now.edges.map((edge, bin) => {
    const place = (edge - offset) / factor;
    const share = shares[bin] ?? 0;
    const least = shareBelow(before, past, place, 'least');
    const most = shareBelow(before, past, place, 'most');
    return Math.max(0, least - share, share - most);
  });
  return Math.max(0, ...distances);
}

/** A histogram with what lies at its ends. */
export interface EndedHistogram extends Histogram {
  readonly min: number;
  readonly max: number;
  /** Values that are the smallest one, and the largest. */
  readonly minCount: number;
  readonly maxCount: number;
}

/** At least this share of the values lies beyond a place, as the bins and the ends tell it. */
export function shareBeyond(values: EndedHistogram, side: 'min' | 'max', place: number): number {
  const { counts, min, max, minCount, maxCount } = values;
  const shares = cumulate(counts) ?? [];
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (side === 'min') {
    return min >= place
      ? 0
      : Math.max(minCount / total, shareBelow(values, shares, place, 'least'));
  }
  return max <= place
    ? 0
    : Math.max(maxCount / total, 1 - shareBelow(values, shares, place, 'most'));
}

/** The share of values up to a place, as little or as much as the bins allow. */
function shareBelow(
  { edges, min, max }: Histogram & { readonly min: number; readonly max: number },
  past: readonly number[],
  place: number,
  bound: 'least' | 'most',
): number {
  if (place < min) return 0;
  if (place >= max) return 1;
  const above = edges.findIndex((edge) => edge >= place);
  const bin = above < 0 ? edges.length : above;
  if (edges[bin] === place || bound === 'most') return past[bin] ?? 1;
  return past[bin - 1] ?? 0;
}

function cumulate(counts: readonly number[]): readonly number[] | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let sum = 0;
  return counts.map((count) => (sum += count) / total);
}

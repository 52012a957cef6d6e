import type { NumberMeasures } from './measures';
import type { Histogram } from './profile';

/** One value and how often it occurs. */
export interface ValueCount {
  readonly value: number;
  readonly count: number;
}

/** Counts values on edges: `counts[i]` in `(edges[i-1], edges[i]]`, the last one above all edges. */
export function countOnEdges(values: readonly ValueCount[], edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const { value, count } of values) {
    const above = edges.findIndex((edge) => value <= edge);
    const bin = above < 0 ? edges.length : above;
    counts[bin] = (counts[bin] ?? 0) + count;
  }
  return counts;
}

/**
 * The measures of finite values that are all known, ascending: summed in their order, so that they are the same for any
 * order of rows. Undefined where there are none.
 */
export function measureValues(
  values: readonly ValueCount[],
  edges: readonly number[],
): NumberMeasures | undefined {
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { mean, deviation, count } = momentsOf(values, first.value, last.value);
  const nextMin = values[1]?.value;
  const nextMax = values.at(-2)?.value;
  return {
    count,
    min: first.value,
    max: last.value,
    mean,
    deviation,
    minCount: first.count,
    maxCount: last.count,
    ...(nextMin === undefined ? {} : { nextMin }),
    ...(nextMax === undefined ? {} : { nextMax }),
    histogram: { edges, counts: countOnEdges(values, edges) },
  };
}

/** In halves around the smallest value: no sum is too large, and large values close together lose no digits. */
function momentsOf(values: readonly ValueCount[], min: number, max: number) {
  const count = values.reduce((sum, each) => sum + each.count, 0);
  const span = max / 2 - min / 2 || 1;
  const places = values.map(({ value, count: times }) => ({
    place: (value / 2 - min / 2) / span,
    times,
  }));
  const mean = places.reduce((sum, { place, times }) => sum + place * times, 0) / count;
  const squares = places.reduce((sum, { place, times }) => sum + times * (place - mean) ** 2, 0);
  const deviation = 2 * span * Math.sqrt(squares / count);
  return { mean: 2 * (min / 2 + mean * span), deviation, count };
}

/**
 * The measures of both, which were counted on the same edges.
 * Chan, Golub and LeVeque 1979, "Updating formulae and a pairwise algorithm for computing sample variances".
 */
export function mergeNumbers(a: NumberMeasures, b: NumberMeasures): NumberMeasures {
  const count = a.count + b.count;
  const delta = b.mean - a.mean;
  const low = joinEnds(a, b, 1);
  const high = joinEnds(a, b, -1);
  return {
    count,
    min: low.end,
    max: high.end,
    mean: a.mean + delta * (b.count / count),
    deviation: joinDeviations(a, b, delta),
    minCount: low.count,
    maxCount: high.count,
    ...(low.next === undefined ? {} : { nextMin: low.next }),
    ...(high.next === undefined ? {} : { nextMax: high.next }),
    histogram: mergeHistograms(a.histogram, b.histogram),
  };
}

/** In units of the largest part, whose square cannot be too large. */
function joinDeviations(a: NumberMeasures, b: NumberMeasures, delta: number): number {
  const unit = Math.max(a.deviation, b.deviation, Math.abs(delta)) || 1;
  const [shareA, shareB] = [a.count / (a.count + b.count), b.count / (a.count + b.count)];
  const within = shareA * (a.deviation / unit) ** 2 + shareB * (b.deviation / unit) ** 2;
  return unit * Math.sqrt(within + shareA * shareB * (delta / unit) ** 2);
}

/** The outermost value of both, how often it occurs, and what comes next; `sign` 1 for the smallest, -1 for the largest. */
function joinEnds(a: NumberMeasures, b: NumberMeasures, sign: 1 | -1) {
  const endOf = (each: NumberMeasures): number => (sign === 1 ? each.min : each.max);
  const countOf = (each: NumberMeasures): number => (sign === 1 ? each.minCount : each.maxCount);
  const nextOf = (each: NumberMeasures) => (sign === 1 ? each.nextMin : each.nextMax);
  const end = sign === 1 ? Math.min(a.min, b.min) : Math.max(a.max, b.max);
  const inner = [endOf(a), endOf(b), nextOf(a), nextOf(b)].filter(
    (value): value is number => value !== undefined && (value - end) * sign > 0,
  );
  const next = inner.length === 0 ? undefined : Math.min(...inner.map((value) => value * sign));
  return {
    end,
    count: [a, b].reduce((sum, each) => sum + (endOf(each) === end ? countOf(each) : 0), 0),
    next: next === undefined ? undefined : next * sign,
  };
}

export function mergeHistograms(a: Histogram, b: Histogram): Histogram {
  return {
    edges: a.edges,
    counts: a.counts.map((count, index) => count + (b.counts[index] ?? 0)),
  };
}

import { chooseEdges } from '../../../src/data/profile/edges';
import { countOnEdges } from '../../../src/data/profile/numbers';
import {
  LISTED_CATEGORIES,
  type CategoryCount,
  type ColumnProfile,
} from '../../../src/data/profile/profile';
import { normalQuantile, normalTail } from '../../../src/data/statistics/normal';
import { drawBinomial, drawGamma, drawMultinomial, type Uniform } from './draws';

/** Two samples of a column, of n and of m rows, as the profiles count them: the second one on the first one's edges. */
export interface ColumnPair {
  readonly reference: ColumnProfile;
  readonly current: ColumnProfile;
}

export type DrawPair = (n: number, m: number, random: Uniform) => ColumnPair;

const DECILES = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * Numbers of any continuous distribution, the second sample moved by `shift` standard deviations of a normal one. Exact
 * without a single value being drawn: the edges are order statistics of the reference, the gaps between those are
 * gamma distributed, and the current counts are multinomial with the gaps as probabilities. Without a shift all
 * continuous distributions are alike, since only ranks count.
 */
export function continuous(shift = 0): DrawPair {
  return (n, m, random) => {
    if (n <= DECILES.length + 1) return fewValues(n, m, shift, random);
    // As the inverted CDF takes them: the k-th decile is the value of this rank.
    const ranks = DECILES.map((k) => Math.ceil((k * n) / 10));
    const sizes = [...ranks, n + 1].map((rank, at) => rank - (ranks[at - 1] ?? 0));
    const gaps = sizes.map((size) => (size === 0 ? 0 : drawGamma(size, random)));
    const total = gaps.reduce((sum, gap) => sum + gap, 0);
    let below = 0;
    const bounds = gaps.map((gap) => Math.min(1, (below += gap) / total));
    bounds[bounds.length - 1] = 1;
    const moved = bounds.map((share) =>
      shift === 0 || share === 1 ? share : normalTail(shift - normalQuantile(share)),
    );
    const chances = moved.map((share, at) => Math.max(0, share - (moved[at - 1] ?? 0)));
    const counts = sizes.map((size, at) => (at === sizes.length - 1 ? size - 1 : size));
    return numberPair(DECILES, counts, drawMultinomial(m, chances, random));
  };
}

/** Where the reference has so few values that each gets a bin of its own. */
function fewValues(n: number, m: number, shift: number, random: Uniform): ColumnPair {
  const before = Array.from({ length: n }, () => ({ value: normalQuantile(random()), count: 1 }));
  const edges = chooseEdges(
    before.sort((a, b) => a.value - b.value),
    false,
  );
  const bounds = [...edges.map((edge) => normalTail(shift - edge)), 1];
  const chances = bounds.map((share, at) => Math.max(0, share - (bounds[at - 1] ?? 0)));
  return numberPair(edges, countOnEdges(before, edges), drawMultinomial(m, chances, random));
}

/** Numbers of few values, with these weights: 0, 1, 2 … */
export function ties(weights: readonly number[], integers: boolean): DrawPair {
  return (n, m, random) => {
    const before = valuesOf(drawMultinomial(n, weights, random));
    const edges = chooseEdges(before, integers);
    const now = valuesOf(drawMultinomial(m, weights, random));
    return numberPair(edges, countOnEdges(before, edges), countOnEdges(now, edges));
  };
}

function valuesOf(counts: readonly number[]): { readonly value: number; readonly count: number }[] {
  return counts.map((count, value) => ({ value, count })).filter(({ count }) => count > 0);
}

/** As another column, but only a share of the rows has a value. */
export function mostlyNull(share: number, drawPair: DrawPair): DrawPair {
  return (n, m, random) => {
    const [has, had] = [drawBinomial(m, share, random), drawBinomial(n, share, random)];
    const { reference, current } = drawPair(had, has, random);
    return { reference: { ...reference, nulls: n - had }, current: { ...current, nulls: m - has } };
  };
}

/** Categories of these weights; those of the current data may have others. */
export function categories(weights: readonly number[], changed = weights): DrawPair {
  return (n, m, random) => {
    const before = drawMultinomial(n, weights, random);
    const now = drawMultinomial(m, changed, random);
    const listed = listMostFrequent(before);
    const asked = new Set(listed.map(({ value }) => value));
    return {
      reference: { ...TEXT, distinct: countDistinct(before), categories: listed },
      current: { ...TEXT, distinct: countDistinct(now), categories: listMostFrequent(now, asked) },
    };
  };
}

function countDistinct(counts: readonly number[]) {
  return { count: counts.filter((count) => count > 0).length, error: 0 };
}

/** The most frequent ones, and those that are asked for, as the engine lists them. */
function listMostFrequent(counts: readonly number[], asked = new Set<string>()): CategoryCount[] {
  return counts
    .map((count, at) => ({ value: `v${at}`, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .filter(({ value }, at) => at < LISTED_CATEGORIES || asked.has(value));
}

const SHARED = { name: 'c', nulls: 0, nans: 0 };
const TEXT = { ...SHARED, type: 'string', nativeType: 'VARCHAR' } as const;
const NUMBER = { ...SHARED, type: 'number', nativeType: 'DOUBLE' } as const;

function numberPair(
  edges: readonly number[],
  before: readonly number[],
  now: readonly number[],
): ColumnPair {
  return {
    reference: { ...NUMBER, histogram: { edges, counts: before } },
    current: { ...NUMBER, histogram: { edges, counts: now } },
  };
}

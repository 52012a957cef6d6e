import { normalQuantile, normalTail } from './normal';
import { conditionalTail } from './saddlepoint';
import type { Cell } from './stabilityIndex';

/** How far the values of one sample lie above those of another. */
export interface LocationShift {
  /** In standard deviations of the normal scores: 0.5 where a normal distribution moved up by half a deviation. */
  readonly shift: number;
  /** Standard error of the shift. */
  readonly error: number;
  /** Two-sided, of no difference. */
  readonly p: number;
}

/**
 * The linear-by-linear trend test of two samples on ordered cells, with the normal scores of the pooled mid-ranks
 * (Cochran 1954; Armitage 1955; van der Waerden 1952 for the scores): the current sample's sum of scores, given the
 * pooled counts. The effect is the difference of the mean scores in pooled standard deviations, its standard error that
 * of Hedges and Olkin 1985.
 * @returns undefined where all values are in one cell, or a sample has none.
 */
export function locationShift(cells: readonly Cell[]): LocationShift | undefined {
  const n = cells.reduce((sum, cell) => sum + cell.reference, 0);
  const m = cells.reduce((sum, cell) => sum + cell.current, 0);
  const scores = normalScores(cells);
  const reference = momentsOf(
    scores,
    cells.map((cell) => cell.reference),
  );
  const current = momentsOf(
    scores,
    cells.map((cell) => cell.current),
  );
  const pooled = cells.map((cell) => cell.reference + cell.current);
  const all = momentsOf(scores, pooled);
  if (n === 0 || m === 0 || n + m < 4 || all.squares === 0) return undefined;
  const within = Math.sqrt((reference.squares + current.squares) / (n + m - 2));
  const difference = current.mean - reference.mean;
  // Two samples without a common cell have no deviation within: theirs together stands in.
  const shift = difference / (within > 0 ? within : Math.sqrt(all.squares / (n + m)));
  const deviation = Math.sqrt(((n * m) / (n + m) / (n + m - 1)) * all.squares);
  const standardised = Math.abs(m * (current.mean - all.mean)) / deviation;
  return {
    shift,
    error: Math.sqrt(1 / n + 1 / m + (shift * shift) / (2 * (n + m))),
    p: Math.min(1, 2 * tailOf({ scores, pooled, m, mean: current.mean, standardised })),
  };
}

/** Below this the normal approximation is as good, and cheaper. */
const FAR = 2;

function tailOf(sum: {
  readonly scores: readonly number[];
  readonly pooled: readonly number[];
  readonly m: number;
  readonly mean: number;
  readonly standardised: number;
}): number {
  if (sum.standardised < FAR) return normalTail(sum.standardised);
  return conditionalTail(sum.scores, sum.pooled, sum.m, sum.m * sum.mean);
}

/** Φ⁻¹ of each cell's mid-rank among all values, as a share. */
export function normalScores(cells: readonly Cell[]): readonly number[] {
  const total = cells.reduce((sum, cell) => sum + cell.reference + cell.current, 0);
  let below = 0;
  return cells.map((cell) => {
    const count = cell.reference + cell.current;
    const share = (below + count / 2) / total;
    below += count;
    return share > 0 && share < 1 ? normalQuantile(share) : 0;
  });
}

interface Moments {
  readonly mean: number;
  /** Sum of the squared deviations from the mean. */
  readonly squares: number;
}

function momentsOf(scores: readonly number[], counts: readonly number[]): Moments {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = sumOf(counts, (index) => scores[index] ?? 0) / total;
  return { mean, squares: sumOf(counts, (index) => ((scores[index] ?? 0) - mean) ** 2) };
}

function sumOf(counts: readonly number[], valueAt: (index: number) => number): number {
  return counts.reduce((sum, count, index) => sum + count * valueAt(index), 0);
}

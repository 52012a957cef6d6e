/** One bin or category with its counts in the reference and in the current data. */
export interface Cell {
  /** Which bins or categories it holds, by their index: several after merging. */
  readonly members: readonly number[];
  readonly reference: number;
  readonly current: number;
}

/** How far two distributions on the same cells are apart, with its uncertainty. */
export interface StabilityIndex {
  /** Population stability index less its expectation without drift: 0 on average where nothing changed. */
  readonly debiased: number;
  /** Lower confidence bound of the debiased index. */
  readonly lower: number;
  /** The expectation without drift, (1/n + 1/m)(B - 1): the noise of samples of these sizes. */
  readonly noise: number;
  /** What was compared, after merging, each with its part of the raw index. */
  readonly cells: readonly CellShare[];
}

export interface CellShare extends Cell {
  /** Share of the reference and of the current data, smoothed. */
  readonly referenceShare: number;
  readonly currentShare: number;
  readonly contribution: number;
}

const SMOOTHING = 0.5;

/**
 * The debiased population stability index of two samples of n and m values on B cells. With k = 1/n + 1/m, PSI / k is
 * chi-square distributed with B - 1 degrees of freedom where nothing changed (Yurdakul 2018, "Statistical Properties of
 * Population Stability Index"); so its expectation k (B - 1) is taken off, and the standard error
 * k sqrt(2 (B - 1) + 4 PSI / k), that of a non-central chi-square, gives a lower bound at `z`.
 * @returns undefined where a sample is empty or there is only one cell: nothing to compare.
 */
export function stabilityIndex(cells: readonly Cell[], z: number): StabilityIndex | undefined {
  const n = cells.reduce((sum, cell) => sum + cell.reference, 0);
  const m = cells.reduce((sum, cell) => sum + cell.current, 0);
  if (n === 0 || m === 0 || cells.length < 2) return undefined;
  const smoothed = SMOOTHING * cells.length;
  const shares = cells.map((cell) => {
    const referenceShare = (cell.reference + SMOOTHING) / (n + smoothed);
    const currentShare = (cell.current + SMOOTHING) / (m + smoothed);
    const contribution = (currentShare - referenceShare) * Math.log(currentShare / referenceShare);
    return { ...cell, referenceShare, currentShare, contribution };
  });
  const index = shares.reduce((sum, cell) => sum + cell.contribution, 0);
  const k = 1 / n + 1 / m;
  const freedom = cells.length - 1;
  const debiased = index - k * freedom;
  const standardError = k * Math.sqrt(2 * freedom + (4 * Math.max(debiased, 0)) / k);
  return {
    debiased,
    lower: debiased - z * standardError,
    noise: k * freedom,
    cells: shares,
  };
}

const LEAST_EXPECTED = 5;

/**
 * Neighbouring cells joined until each expects at least 5 values in the smaller sample under equal distributions, as
 * the chi-square approximation needs.
 */
export function mergeSmallCells(cells: readonly Cell[]): readonly Cell[] {
  const n = cells.reduce((sum, cell) => sum + cell.reference, 0);
  const m = cells.reduce((sum, cell) => sum + cell.current, 0);
  const rate = Math.min(n, m) / (n + m);
  const isSmall = (cell: Cell) => (cell.reference + cell.current) * rate < LEAST_EXPECTED;
  const merged: Cell[] = [];
  for (const cell of cells) {
    const last = merged.at(-1);
    if (last !== undefined && isSmall(last)) merged.splice(-1, 1, joinCells(last, cell));
    else merged.push(cell);
  }
  const [before, last] = merged.slice(-2);
  if (before !== undefined && last !== undefined && isSmall(last)) {
    merged.splice(-2, 2, joinCells(before, last));
  }
  return merged;
}

function joinCells(a: Cell, b: Cell): Cell {
  return {
    members: [...a.members, ...b.members],
    reference: a.reference + b.reference,
    current: a.current + b.current,
  };
}

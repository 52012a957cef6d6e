/**
 * How far the current counts of a column's bins are from the reference, as the population stability index
 * (PSI), bin by bin. Each cell is smoothed by 0.5. Without any change the PSI of n and m rows in B bins is
 * (1/n + 1/m)(B - 1) on average (Yurdakul 2018): the noise floor, which is taken off the sum.
 */
export interface BinShift {
  /** What each bin adds to the PSI before the noise floor is taken off. */
  readonly contributions: readonly number[];
  /** Debiased: below 0 where the bins differ less than chance alone makes them differ. */
  readonly psi: number;
  readonly noiseFloor: number;
}

/** Undefined where a side is empty, or the two do not have the same bins, at least two of them. */
export function measureShift(
  reference: readonly number[],
  current: readonly number[],
): BinShift | undefined {
  const bins = reference.length;
  const n = sum(reference);
  const m = sum(current);
  if (bins < 2 || bins !== current.length || n === 0 || m === 0) return undefined;
  const contributions = reference.map((count, index) => {
    const before = (count + 0.5) / (n + bins / 2);
    const after = ((current[index] ?? 0) + 0.5) / (m + bins / 2);
    return (after - before) * Math.log(after / before);
  });
  const noiseFloor = (1 / n + 1 / m) * (bins - 1);
  return { contributions, psi: sum(contributions) - noiseFloor, noiseFloor };
}

/** The fewest bins that make up at least half of the PSI, as their indices in order. */
export function mainBins(shift: BinShift): readonly number[] {
  const half = sum(shift.contributions) / 2;
  const marked: number[] = [];
  let covered = 0;
  const order = shift.contributions.map((_, index) => index);
  order.sort((a, b) => (shift.contributions[b] ?? 0) - (shift.contributions[a] ?? 0));
  for (const index of order) {
    if (covered >= half) break;
    covered += shift.contributions[index] ?? 0;
    marked.push(index);
  }
  return marked.sort((a, b) => a - b);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

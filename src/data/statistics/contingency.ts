import { chiSquareTail } from './chiSquare';
import type { Cell } from './stabilityIndex';

/** A test of homogeneity of two samples on the same cells. */
export interface HomogeneityTest {
  readonly statistic: number;
  readonly p: number;
}

const POWER = 2 / 3;

/**
 * The power-divergence test of a 2 x B table with the exponent 2/3 (Cressie and Read 1984, JRSS B 46:440), none of its
 * cells empty in both samples. Where 5 values are expected in a cell, its far tail is that of chi-square; Pearson's
 * statistic (exponent 1) exceeds its 1e-5 quantile several times too often there, and the likelihood ratio (0) its 1 %
 * quantile.
 */
export function homogeneityTest(cells: readonly Cell[]): HomogeneityTest {
  const n = cells.reduce((sum, cell) => sum + cell.reference, 0);
  const m = cells.reduce((sum, cell) => sum + cell.current, 0);
  const divergence = cells.reduce((sum, { reference, current }) => {
    const share = (reference + current) / (n + m);
    return sum + divergenceOf(reference, share * n) + divergenceOf(current, share * m);
  }, 0);
  const statistic = Math.max(0, (2 / (POWER * (POWER + 1))) * divergence);
  return { statistic, p: chiSquareTail(statistic, cells.length - 1) };
}

function divergenceOf(observed: number, expected: number): number {
  return observed === 0 ? 0 : observed * ((observed / expected) ** POWER - 1);
}

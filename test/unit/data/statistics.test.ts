import assert from 'node:assert/strict';
import { chiSquareCdf, chiSquareQuantile } from '../../../src/data/statistics/chiSquare';
import { homogeneityTest } from '../../../src/data/statistics/contingency';
import { exactShareTest, hypergeometricTail } from '../../../src/data/statistics/hypergeometric';
import { locationShift } from '../../../src/data/statistics/locationShift';
import { normalQuantile, normalTail } from '../../../src/data/statistics/normal';
import { conditionalTail } from '../../../src/data/statistics/saddlepoint';
import { newcombeInterval, wilsonInterval } from '../../../src/data/statistics/proportions';
import { mergeSmallCells, stabilityIndex } from '../../../src/data/statistics/stabilityIndex';

function assertClose(actual: number, expected: number, relative = 1e-12): void {
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300);
  assert.ok(actual === expected || error <= relative, `${actual} is not ${expected}`);
}

// The expected values are those of scipy 1.17.1; test/contract/dataStatistics.test.ts asks the real one.
describe('the statistics of data', () => {
  it('have the quantiles of the normal distribution', () => {
    // scipy.stats.norm.ppf(p)
    for (const [p, expected] of [
      [0.01, -2.3263478740408408],
      [0.5, 0],
      [0.975, 1.959963984540054],
      [1e-9, -5.9978070150076865],
    ] as const) {
      assertClose(normalQuantile(p), expected);
    }
  });

  it('have the distribution of chi-square', () => {
    // scipy.stats.chi2.ppf(p, d)
    for (const [p, freedom, expected] of [
      [0.99, 1, 6.6348966010212145],
      [0.99, 9, 21.665994333461924],
      [0.99, 49, 74.91947430847816],
      [0.01, 9, 2.0879007358707273],
    ] as const) {
      assertClose(chiSquareQuantile(p, freedom), expected);
    }
    // scipy.stats.chi2.cdf(x, d)
    assertClose(chiSquareCdf(3, 1), 0.9167354833364496);
    assertClose(chiSquareCdf(0.5, 9), 3.0433741161079292e-5);
    assertClose(chiSquareCdf(80, 49), 0.9965987885882704);
    assert.equal(chiSquareCdf(0, 9), 0);
  });

  it("have Wilson's interval", () => {
    // scipy.stats.binomtest(k, n).proportion_ci(0.99, 'wilson'); z is scipy.stats.norm.ppf(0.995).
    const z = 2.5758293035489004;
    for (const [count, total, lower, upper] of [
      [0, 50, 0, 0.11715209171762797],
      [3, 1000, 0.0007581012310614683, 0.011793516682924922],
      [50, 50, 0.8828479082823721, 1],
      [7, 20, 0.14639344137693885, 0.6283381789526872],
    ] as const) {
      const interval = wilsonInterval({ count, total }, z);
      assertClose(interval.lower, lower);
      assertClose(interval.upper, upper);
    }
  });

  it("have Newcombe's interval of a difference", () => {
    // Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
    for (const [a, n, b, m, lower, upper] of [
      [56, 70, 48, 80, 0.0524, 0.3339],
      [9, 10, 3, 10, 0.1705, 0.809],
      [5, 56, 0, 29, -0.0381, 0.1926],
      [10, 10, 0, 20, 0.6791, 1],
    ] as const) {
      const interval = newcombeInterval({ count: a, total: n }, { count: b, total: m }, 1.959964);
      assert.equal(Number(interval.lower.toFixed(4)), lower);
      assert.equal(Number(interval.upper.toFixed(4)), upper);
    }
  });
});

describe('the tests of drift', () => {
  it('know the exact distribution of a category in two samples', () => {
    // scipy.stats.hypergeom.sf(9, 1100, 30, 100), .cdf(3, 1100, 100, 100)
    const up = hypergeometricTail(10, { drawn: 30, n: 1000, m: 100 }, 1);
    const down = hypergeometricTail(3, { drawn: 100, n: 1000, m: 100 }, -1);
    assertClose(up, 0.00015897477977595858, 1e-9);
    assertClose(down, 0.012840859359025266, 1e-9);
    assertClose(exactShareTest({ reference: 20, current: 10, n: 1000, m: 100 }), 2 * up);
    assert.equal(hypergeometricTail(0, { drawn: 30, n: 1000, m: 100 }, 1), 1);
    assert.equal(hypergeometricTail(30, { drawn: 30, n: 1000, m: 100 }, -1), 1);
  });

  it('know the power divergence of Cressie and Read', () => {
    // scipy.stats.chi2_contingency([[100] * 4, [150, 120, 80, 50]], correction=False, lambda_=2/3)
    const currents = [150, 120, 80, 50];
    const test = homogeneityTest(currents.map((current, index) => cellOf(index, 100, current)));
    assertClose(test.statistic, 30.794277873443264);
    assertClose(test.p, 9.391938032682645e-7, 1e-10);
  });

  it('know the tail of the normal distribution', () => {
    // scipy.stats.norm.sf
    assertClose(normalTail(5), 2.866515718791933e-7, 1e-11);
    assertClose(normalTail(-1), 0.8413447460685429, 1e-11);
  });

  it('know how probable a sum of drawn scores is, far in the tail', () => {
    const [scores, counts, m] = [[0, 1, 3, 7], [30, 20, 40, 25], 20] as const;
    const points = exactSums(scores, counts, m);
    for (const sum of [80, 95, 110, 25, 15]) {
      // The approximation is of a continuous sum: half of the point itself counts.
      const upper = sum > 60;
      const beyond = points.reduce(
        (all, p, at) => all + ((upper ? at > sum : at < sum) ? p : 0),
        0,
      );
      const exact = beyond + (points[sum] ?? 0) / 2;
      assertClose(conditionalTail(scores, counts, m, sum), exact, 0.04);
    }
  });

  it('measure a shift in standard deviations', () => {
    // Deciles of a normal distribution, and the shares of one that is 0.5 higher: scipy.stats.norm.cdf.
    const moved = [
      0.037411, 0.052448, 0.062964, 0.072798, 0.082917, 0.094051, 0.107145, 0.123949, 0.149079,
      0.217239,
    ].map((share, index) => cellOf(index, 1e5, Math.round(share * 1e6)));
    const found = locationShift(moved);
    assert.ok(Math.abs((found?.shift ?? 0) - 0.5) < 0.02, `${found?.shift}`);
    assert.ok((found?.p ?? 1) < 1e-300);
    const same = locationShift([0, 1, 2].map((index) => cellOf(index, 50, 50)));
    assert.equal(same?.shift, 0);
    assertClose(same.p, 1);
    assert.equal(locationShift([cellOf(0, 5, 5), cellOf(1, 0, 0)]), undefined);
  });
});

function cellOf(member: number, reference: number, current: number) {
  return { members: [member], reference, current };
}

/** The probability of each sum of m scores drawn without replacement, by counting all ways. */
function exactSums(scores: readonly number[], counts: readonly number[], m: number): number[] {
  const most = m * Math.max(...scores) + 1;
  let ways: number[][] = [[1]];
  for (const [j, count] of counts.entries()) {
    const next = Array.from({ length: m + 1 }, () => Array.from({ length: most }, () => 0));
    let choose = 1;
    for (let taken = 0; taken <= Math.min(count, m); taken++) {
      for (const [drawn, sums] of ways.entries()) {
        for (const [sum, way] of sums.entries()) {
          const row = next[drawn + taken];
          const at = sum + taken * (scores[j] ?? 0);
          if (row !== undefined && way > 0) row[at] = (row[at] ?? 0) + way * choose;
        }
      }
      choose *= (count - taken) / (taken + 1);
    }
    ways = next;
  }
  const last = ways[m] ?? [];
  const total = last.reduce((sum, way) => sum + way, 0);
  return last.map((way) => way / total);
}

describe('the stability index', () => {
  const cell = (reference: number, current: number, ...members: number[]) => ({
    members,
    reference,
    current,
  });

  it('is the sum over the cells less its expectation', () => {
    const index = stabilityIndex([cell(50, 20), cell(50, 80)], 0);
    // By hand, smoothed by 0.5: shares 50.5/101 = 0.5 each, then 20.5/101 and 80.5/101; k = 1/100 + 1/100.
    const [a, b] = [20.5 / 101, 80.5 / 101];
    const raw = (a - 0.5) * Math.log(a / 0.5) + (b - 0.5) * Math.log(b / 0.5);
    assertClose(index?.debiased ?? 0, raw - 0.02);
    assertClose(index?.lower ?? 0, raw - 0.02);
    assertClose(index?.noise ?? 0, 0.02);
  });

  it('is not there where there is nothing to compare', () => {
    assert.equal(stabilityIndex([cell(50, 20)], 2), undefined);
    assert.equal(stabilityIndex([cell(50, 0), cell(50, 0)], 2), undefined);
  });

  it('joins neighbours until each cell expects five values', () => {
    const merged = mergeSmallCells([
      cell(1, 1, 0),
      cell(50, 50, 1),
      cell(40, 40, 2),
      cell(0, 1, 3),
    ]);
    // The smaller sample has 91 of 183 values: a pair of ones expects one of them.
    assert.deepEqual(merged, [cell(51, 51, 0, 1), cell(40, 41, 2, 3)]);
  });
});

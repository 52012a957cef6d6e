import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { chiSquareCdf, chiSquareQuantile } from '../../src/data/statistics/chiSquare';
import { homogeneityTest } from '../../src/data/statistics/contingency';
import { hypergeometricTail } from '../../src/data/statistics/hypergeometric';
import { normalQuantile } from '../../src/data/statistics/normal';
import { wilsonInterval } from '../../src/data/statistics/proportions';
import { columnOf, profileFiles, writeData } from '../unit/data/dataFixtures';

/** Asks the real scipy, numpy and pandas of the environment of test/projects/requirements.txt. */
function askPython(code: string, input: unknown): unknown {
  const bin = process.env['ML_PREFLIGHT_TEST_PYTHON'];
  assert.ok(bin, 'ML_PREFLIGHT_TEST_PYTHON must name the bin folder of the environment.');
  const program = `import json, sys\ninput = json.load(sys.stdin)\n${code}\n`;
  const output = execFileSync(join(bin, 'python'), ['-c', program], {
    input: JSON.stringify(input),
  });
  return JSON.parse(output.toString()) as unknown;
}

function assertClose(actual: number, expected: number, what: string, relative = 1e-11): void {
  const scale = Math.max(Math.abs(expected), 1e-300);
  assert.ok(
    actual === expected || Math.abs(actual - expected) / scale <= relative,
    `${what}: ${actual} is not ${expected}`,
  );
}

describe('our statistics and those of scipy', function () {
  this.timeout(60_000);

  it('agree on quantiles and distributions', () => {
    const shares = [1e-10, 0.001, 0.01, 0.2, 0.5, 0.9, 0.99, 0.9999];
    const freedoms = [1, 2, 9, 19, 49, 200];
    const expected = askPython(
      `from scipy import stats
shares, freedoms = input
print(json.dumps({
  "normal": stats.norm.ppf(shares).tolist(),
  "quantiles": [stats.chi2.ppf(shares, d).tolist() for d in freedoms],
  "cdf": [stats.chi2.cdf([d * p * 2 for p in shares], d).tolist() for d in freedoms],
}))`,
      [shares, freedoms],
    ) as { normal: number[]; quantiles: number[][]; cdf: number[][] };
    for (const [index, share] of shares.entries()) {
      assertClose(normalQuantile(share), expected.normal[index] ?? Number.NaN, `normal ${share}`);
      for (const [row, freedom] of freedoms.entries()) {
        const what = `chi-square ${share}, ${freedom}`;
        const quantile = expected.quantiles[row]?.[index] ?? Number.NaN;
        assertClose(chiSquareQuantile(share, freedom), quantile, what, 1e-9);
        const cdf = expected.cdf[row]?.[index] ?? Number.NaN;
        assertClose(chiSquareCdf(freedom * share * 2, freedom), cdf, what, 1e-9);
      }
    }
  });

  it('agree on the tests of drift', () => {
    const tables = [
      { before: [100, 100, 100, 100], now: [150, 120, 80, 50] },
      { before: [1000, 20, 5], now: [80, 9, 6] },
      { before: [100_000, 90_000], now: [101_000, 89_500] },
    ];
    const expected = askPython(
      `from scipy import stats
out = []
for each in input:
  before, now = each["before"], each["now"]
  test = stats.chi2_contingency([before, now], correction=False, lambda_=2/3)
  n, m = sum(before), sum(now)
  a, b = before[-1], now[-1]
  law = stats.hypergeom(n + m, a + b, m)
  out.append([test[0], test[1], law.sf(b - 1), law.cdf(b)])
print(json.dumps(out))`,
      tables,
    ) as [number, number, number, number][];
    for (const [index, { before, now }] of tables.entries()) {
      const cells = before.map((reference, at) => ({
        members: [at],
        reference,
        current: now[at] ?? 0,
      }));
      const [statistic, p, up, down] = expected[index] ?? [];
      const test = homogeneityTest(cells);
      assertClose(test.statistic, statistic ?? Number.NaN, 'statistic', 1e-9);
      assertClose(test.p, p ?? Number.NaN, 'p', 1e-8);
      const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
      const k = now.at(-1) ?? 0;
      const draws = { drawn: k + (before.at(-1) ?? 0), n: sum(before), m: sum(now) };
      assertClose(hypergeometricTail(k, draws, 1), up ?? Number.NaN, 'upper tail', 1e-8);
      assertClose(hypergeometricTail(k, draws, -1), down ?? Number.NaN, 'lower tail', 1e-8);
    }
  });

  it("agree on Wilson's interval", () => {
    const pairs = [
      [0, 10],
      [1, 1000],
      [500, 1000],
      [9, 9],
    ] as const;
    const [z, ...expected] = askPython(
      `from scipy import stats
out = [stats.norm.ppf(0.975)]
for k, n in input:
  ci = stats.binomtest(k, n).proportion_ci(0.95, "wilson")
  out.append([ci.low, ci.high])
print(json.dumps(out))`,
      pairs,
    ) as [number, ...[number, number][]];
    for (const [index, [count, total]] of pairs.entries()) {
      const { lower, upper } = wilsonInterval({ count, total }, z);
      assertClose(lower, expected[index]?.[0] ?? Number.NaN, `lower ${count}/${total}`);
      assertClose(upper, expected[index]?.[1] ?? Number.NaN, `upper ${count}/${total}`);
    }
  });
});

interface PandasColumn {
  readonly nulls: number;
  readonly mean: number;
  readonly std: number;
  readonly deciles: readonly number[];
  readonly counts: readonly number[];
}

describe('our profile and pandas', function () {
  this.timeout(120_000);

  it('agree on a CSV file of few and of many values with gaps', async () => {
    const path = writeData('');
    const expected = askPython(
      `import numpy as np, pandas as pd
rng = np.random.default_rng(1)
n = 50_000
frame = pd.DataFrame({"normal": rng.normal(1000, 1, n), "wild": rng.lognormal(0, 3, n),
                      "few": rng.poisson(2, n).astype(float)})
frame = frame.mask(rng.random(frame.shape) < 0.05)
frame.to_csv(input, index=False, na_rep="NA")
out = {}
for name, column in pd.read_csv(input).items():
  values = column.dropna()
  edges = np.unique(np.quantile(values, np.arange(1, 10) / 10, method="inverted_cdf"))
  counts = np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
  out[name] = {"nulls": int(column.isna().sum()), "mean": values.mean(), "std": values.std(),
               "deciles": edges.tolist(), "counts": counts.tolist()}
print(json.dumps(out))`,
      path,
    ) as Record<string, PandasColumn>;
    const profile = await profileFiles([path]);
    for (const [name, pandas] of Object.entries(expected)) {
      const column = columnOf(profile, name);
      assert.equal(column.nulls, pandas.nulls);
      assertClose(column.numeric?.mean ?? 0, pandas.mean, `mean of ${name}`);
      assertClose(column.numeric?.standardDeviation ?? 0, pandas.std, `deviation of ${name}`, 1e-8);
      const edges = column.histogram?.edges ?? [];
      assert.equal(edges.length, pandas.deciles.length);
      pandas.deciles.forEach((decile, index) =>
        assertClose(edges[index] ?? 0, decile, `decile ${index + 1} of ${name}`),
      );
      assert.deepEqual(column.histogram?.counts, pandas.counts);
    }
  });
});

import assert from 'node:assert/strict';
import { categories, continuous, mostlyNull } from '../../bench/calibration/columnPairs';
import { drawBinomial, drawGamma, makeUniform } from '../../bench/calibration/draws';
import { KINDS } from '../../bench/calibration/kinds';
import { simulateChange, simulateNull } from '../../bench/calibration/simulate';

/** A part of what `npm run calibration` writes to media/docs/drift-calibration.md, with the same bounds. */
describe('the calibration of drift on whole tables', function () {
  this.timeout(120_000);

  for (const [n, m] of [
    [50, 50],
    [50, 1_000_000],
    [1000, 100],
    [10_000, 1000],
    [1_000_000, 1_000_000],
  ] as const) {
    it(`hardly alarms without drift: ${n} against ${m} rows`, () => {
      const { tables, kinds } = simulateNull(n, m, 40);
      // At the promised rate of one in a thousand, one of the 200 tables would fail in one of five runs.
      assert.equal(tables.fails, 0);
      const warns = kinds.reduce((sum, kind) => sum + kind.warns, 0);
      const columns = kinds.reduce((sum, kind) => sum + kind.of, 0);
      assert.ok(warns <= 0.02 * columns, `${warns} of ${columns}`);
      // And no kind of its own: 200 columns, of which 2 % are 4; 11 are above that by chance once in a thousand times.
      const worst = kinds.map(({ warns }, at) => [KINDS[at]?.name, warns] as const);
      assert.deepEqual(
        worst.filter(([, warns]) => warns > 11),
        [],
      );
    });
  }

  it('sees half a standard deviation, and a rare class that is five times as frequent', () => {
    const power = (pair: Parameters<typeof simulateChange>[0], n: number, m: number) => {
      const { of, fails, warns } = simulateChange(pair, { n, m, columns: 200 });
      return { fails: fails / of, found: (fails + warns) / of };
    };
    // What the published two-tier rule reaches: fails .84, .04 and .55, finds 1, .79 and .98.
    assert.ok(power(continuous(0.5), 1000, 1000).fails > 0.95);
    const hundred = power(continuous(0.5), 1000, 100);
    assert.ok(hundred.fails > 0.35 && hundred.found > 0.9, JSON.stringify(hundred));
    assert.ok(power(continuous(1), 1000, 50).fails > 0.9);
    const rare = categories([0.998, 0.002], [0.99, 0.01]);
    assert.ok(power(rare, 10_000, 10_000).fails > 0.95);
    // All of its cells are too small for the index, which it does not need.
    assert.ok(power(rare, 10_000, 1000).found > 0.5);
  });

  it('tells nothing from numbers of which the reference has fewer than twenty', () => {
    const { fails, warns } = simulateChange(mostlyNull(0.02, continuous(3)), {
      n: 300,
      m: 1_000_000,
      columns: 50,
    });
    assert.deepEqual([fails, warns], [0, 0]);
  });
});

describe('the draws of the calibration', () => {
  it('draws gamma and binomial numbers with their means and variances', () => {
    const random = makeUniform(1);
    for (const [trials, chance] of [
      [40, 0.1],
      [1000, 0.3],
      [1_000_000, 0.9],
    ] as const) {
      const expected = { mean: trials * chance, variance: trials * chance * (1 - chance) };
      assertMoments(() => drawBinomial(trials, chance, random), expected);
    }
    for (const shape of [1, 5, 100])
      assertMoments(() => drawGamma(shape, random), { mean: shape, variance: shape });
  });
});

/** Within four standard errors, of 20,000 draws. */
function assertMoments(
  draw: () => number,
  { mean, variance }: { readonly mean: number; readonly variance: number },
): void {
  const drawn = Array.from({ length: 20_000 }, draw);
  const average = drawn.reduce((sum, each) => sum + each, 0) / drawn.length;
  const squares = drawn.reduce((sum, each) => sum + (each - average) ** 2, 0) / drawn.length;
  assert.ok(Math.abs(average - mean) < 4 * Math.sqrt(variance / drawn.length), `${average}`);
  // The kurtosis of these is at most 9.
  assert.ok(Math.abs(squares / variance - 1) < 4 * Math.sqrt(8 / drawn.length), `${squares}`);
}

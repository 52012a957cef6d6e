import assert from 'node:assert/strict';
import { BinCounter } from '../../../src/data/engine/measure/numbers/binCounter';
import { ExactSums } from '../../../src/data/engine/measure/numbers/exactSums';
import { ValueSampler } from '../../../src/data/engine/measure/numbers/valueSampler';
import { MOST_VALUES } from '../../../src/data/profile/measures';

/** As much as is added at once. */
const CHUNK = 2048;

function sumsOf(values: readonly number[]): ExactSums {
  const sums = new ExactSums();
  for (let start = 0; start < values.length; start += CHUNK) {
    const chunk = Float64Array.from(values.slice(start, start + CHUNK));
    const largest = chunk.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    sums.add(chunk, 0, chunk.length, largest);
  }
  return sums;
}

/** Numbers below 1 that are the same in every run (Park and Miller 1988). */
function drawNumbers(count: number): number[] {
  let state = 42;
  return Array.from({ length: count }, () => (state = (state * 48271) % 2147483647) / 2147483647);
}

describe('sums without rounding', () => {
  // Python 3.11: fractions.Fraction of each value, the root by decimal with 800 digits, then float().
  const cases: readonly [string, readonly number[], number, number][] = [
    ['decimal fractions', [0.1, 0.2, 0.3], 0.2, 0.0816496580927726],
    ['what cancels out', [1e100, 1, -1e100], 0.3333333333333333, 8.164965809277261e99],
    ['close together and far from 0', [1e9, 1e9 + 1, 1e9 + 2], 1000000001, 0.816496580927726],
    ['the smallest doubles', [5e-324, 5e-324, 1e-323], 5e-324, 0],
    [
      'the largest doubles',
      [1.7e308, 1.7e308, -1.7e308],
      5.666666666666667e307,
      1.6027753706895077e308,
    ],
    ['large beside small', [1, 1e-30, -1e-30, 1e30], 2.5e29, 4.3301270189221935e29],
  ];
  for (const [name, values, mean, deviation] of cases) {
    it(`has the mean and the deviation of ${name}`, () => {
      assert.deepEqual(sumsOf(values).moments(), { mean, deviation });
    });
  }

  it('is the same to the last digit in any order and in any parts', () => {
    const values = drawNumbers(10_000).map((value, at) => (value - 0.5) * 10 ** (at % 40));
    const backwards = sumsOf(values.toReversed()).moments();
    const bySize = sumsOf(values.toSorted((a, b) => a - b)).moments();
    const parts = sumsOf(values.slice(0, 3001));
    for (const value of values.slice(3001)) parts.addRepeated(value, 1);
    assert.deepEqual(backwards, sumsOf(values).moments());
    assert.deepEqual(bySize, backwards);
    assert.deepEqual(parts.moments(), backwards);
  });

  it('has no moments of nothing', () => {
    assert.equal(new ExactSums().moments(), undefined);
  });
});

describe('bins by a grid', () => {
  const edgeLists: readonly (readonly number[])[] = [
    [0],
    [0.1, 0.2, 0.5, 0.9],
    [-1e308, 0, 1e308],
    [1, 1 + 2 ** -52, 1 + 2 ** -51, 1000],
    [],
  ];
  for (const edges of edgeLists) {
    it(`puts every value into the bin that the edges [${edges.join(', ')}] say`, () => {
      const near = edges.flatMap((edge) => [edge, edge - 1e-9, edge + 1e-9, edge * (1 + 2e-16)]);
      const values = [...near, ...drawNumbers(5000), -Number.MAX_VALUE, Number.MAX_VALUE, 0];
      const counter = new BinCounter(edges);
      counter.add(Float64Array.from(values), 0, values.length);
      const expected = [...edges, Infinity].map(
        (edge, bin) =>
          values.filter((value) => value <= edge && (bin === 0 || value > (edges[bin - 1] ?? 0)))
            .length,
      );
      assert.deepEqual(counter.histogram(), { edges, counts: expected });
    });
  }
});

describe('a sample of distinct values', () => {
  function sampleOf(values: readonly number[]) {
    const memory = Float64Array.from(values);
    const words = new Uint32Array(memory.buffer);
    const sampler = new ValueSampler();
    let next = 0;
    while ((next = sampler.add(memory, words, next, memory.length)) < memory.length)
      sampler.raise();
    return sampler.sample();
  }

  it('has all values with the number of their rows, where there are few', () => {
    const values = Array.from({ length: 5000 }, (_, at) => (at % 1000) / 8);
    const { level, entries } = sampleOf(values);
    assert.equal(level, 0);
    assert.deepEqual(
      entries.map(([value, count]) => [value, count]),
      Array.from({ length: 1000 }, (_, at) => [at / 8, 5]),
    );
  });

  it('is the same for any order, and has every row of the values it has', () => {
    const values = drawNumbers(60_000).map((value) => Math.floor(value * 20_000));
    const sample = sampleOf(values);
    assert.deepEqual(sampleOf(values.toSorted((a, b) => a - b)), sample);
    assert.ok(sample.entries.length <= MOST_VALUES && sample.level > 0);
    const [value, count] = sample.entries[0] ?? [];
    assert.equal(count, values.filter((each) => each === value).length);
  });

  it('tells how many distinct values there are within four standard errors', () => {
    const kinds: readonly ((at: number) => number)[] = [
      (at) => at,
      (at) => at / 7,
      (at) => at * 2 ** 30,
      (at) => 1 + at * 2 ** -52,
      (at) => -at * 1e-300,
    ];
    for (const valueAt of kinds) {
      const { level, entries } = sampleOf(Array.from({ length: 100_000 }, (_, at) => valueAt(at)));
      const error = 4 / Math.sqrt(entries.length);
      const estimate = entries.length * 2 ** level;
      assert.ok(Math.abs(estimate / 100_000 - 1) < error, `${valueAt(3)}: ${estimate}`);
    }
  });
});

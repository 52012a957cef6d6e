import assert from 'node:assert/strict';
import { chooseEdges, countOnEdges } from '../../../src/data/engine/edges';
import { normalQuantile } from '../../../src/data/statistics/normal';
import { mergeSmallCells, stabilityIndex } from '../../../src/data/statistics/stabilityIndex';

/** A seeded generator (mulberry32): the same trials in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Draw = (random: () => number) => number;

const normal: Draw = (random) => normalQuantile(Math.max(random(), 1e-12));
const lognormal: Draw = (random) => Math.exp(1.5 * normal(random));
const poisson: Draw = (random) => {
  let product = random();
  let count = 0;
  for (; product > Math.exp(-2); count++) product *= random();
  return count;
};

/** How often drift fails and only warns: the reference of n values, then m values shifted. */
function simulate(draw: Draw, n: number, m: number, shift = 0, trials = 600) {
  const random = seeded(n * 1e6 + m);
  let fails = 0;
  let warns = 0;
  for (let trial = 0; trial < trials; trial++) {
    const reference = sample(draw, n, random);
    const current = sample((next) => draw(next) + shift, m, random);
    const edges = chooseEdges(reference, false);
    const now = countOnEdges(current, edges);
    const cells = countOnEdges(reference, edges).map((count, index) => ({
      members: [index],
      reference: count,
      current: now[index] ?? 0,
    }));
    const index = stabilityIndex(mergeSmallCells(cells), 2.33);
    if (index === undefined) continue;
    if (index.lower >= 0.1) fails++;
    else if (index.debiased >= 0.1 && index.significant) warns++;
  }
  return { fails: fails / trials, warns: warns / trials };
}

function sample(draw: Draw, size: number, random: () => number) {
  const counts = new Map<number, number>();
  for (let index = 0; index < size; index++) {
    const value = draw(random);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([value, count]) => ({ value, count }));
}

/** The published table of false alarms and power of the two-tier rule, reproduced by our own cells and edges. */
describe('the calibration of drift', function () {
  this.timeout(60_000);

  for (const [name, draw, n, m] of [
    ['normal', normal, 1000, 1000],
    ['normal', normal, 1001, 100],
    ['normal', normal, 1001, 50],
    ['lognormal', lognormal, 1001, 100],
    ['Poisson', poisson, 1001, 50],
  ] as const) {
    it(`never fails and hardly warns without drift: ${name}, ${n} against ${m}`, () => {
      const { fails, warns } = simulate(draw, n, m);
      assert.equal(fails, 0);
      assert.ok(warns <= 0.025, `${warns}`);
    });
  }

  it('sees a shift of half a standard deviation in 1,000 values', () => {
    const { fails, warns } = simulate(normal, 1000, 1000, 0.5);
    assert.ok(Math.abs(fails - 0.84) < 0.05, `${fails}`);
    assert.equal(fails + warns, 1);
  });

  it('sees a shift of one standard deviation in 100 values', () => {
    const { fails } = simulate(normal, 1000, 100, 1);
    assert.ok(fails > 0.95, `${fails}`);
  });

  it('ignores a shift of two hundredths of a standard deviation in 100,000 values', () => {
    assert.deepEqual(simulate(normal, 100_000, 100_000, 0.02, 3), { fails: 0, warns: 0 });
  });
});

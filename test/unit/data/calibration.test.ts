import assert from 'node:assert/strict';
import { drift } from '../../../src/data/checks/distribution/drift';
import { labelDrift } from '../../../src/data/checks/distribution/labelDrift';
import { chooseEdges } from '../../../src/data/profile/edges';
import { countOnEdges } from '../../../src/data/profile/numbers';
import { LISTED_CATEGORIES, type Profile } from '../../../src/data/profile/profile';
import { normalQuantile } from '../../../src/data/statistics/normal';
import { distributionChange } from '../../../src/data/statistics/distributionChange';
import { datasetOf, NOW } from './dataFixtures';
import { seeded } from './seeded';

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
    const samples = { fine: cells, coarse: cells, ordered: true, among: cells.length };
    // As in a table of 50 columns.
    const limits = { index: 0.1, points: 0.1, failing: 1e-5, warning: 0.015 };
    const verdict = distributionChange(samples, limits)?.verdict;
    if (verdict === 'fail') fails++;
    if (verdict === 'warn') warns++;
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
    // The published two-tier rule sees .84 of them.
    assert.ok(fails > 0.95, `${fails}`);
    assert.equal(fails + warns, 1);
  });

  it('sees most shifts of half a standard deviation in 100 values, and warns in 50', () => {
    // The published two-tier rule: fails .04, fails or warns .79; in 50 values .00 and .30.
    const hundred = simulate(normal, 1000, 100, 0.5);
    assert.ok(hundred.fails > 0.35, `${hundred.fails}`);
    assert.ok(hundred.fails + hundred.warns > 0.9, `${hundred.warns}`);
    const fifty = simulate(normal, 1000, 50, 0.5);
    assert.ok(fifty.fails + fifty.warns > 0.6, `${fifty.warns}`);
  });

  it('does not fail a shift of three tenths of a standard deviation in 10,000 values', () => {
    const { fails } = simulate(normal, 10_000, 10_000, 0.3, 100);
    assert.equal(fails, 0);
  });

  it('sees that a rare class is five times as frequent', () => {
    const before = categoriesOf({ ok: 9980, fraud: 20 });
    const now = categoriesOf({ ok: 9900, fraud: 100 });
    const [finding] = findDrift(before, now);
    assert.equal(finding?.severity, 'error');
    assert.match(finding.message, /"fraud" \(0\.20 % → 1\.00 %\)/);
    assert.match(finding.observed, /^4\.9\d times as frequent$/);
    // A class that is as rare as before is none.
    assert.deepEqual(findDrift(before, categoriesOf({ ok: 9975, fraud: 25 })), []);
  });

  it('judges the label by a rule of its own, from five points on', () => {
    const [before, now] = [
      categoriesOf({ yes: 5000, no: 5000 }),
      categoriesOf({ yes: 5700, no: 4300 }),
    ];
    const context = {
      dataset: datasetOf('csv', { label: 'c' }),
      current: now,
      reference: before,
      schema: { columns: [{ name: 'c' }] },
      confirmed: true,
      now: NOW,
    };
    assert.deepEqual(drift.find(context), []);
    const [finding] = labelDrift.find(context);
    assert.equal(finding?.rule, 'label-drift');
    assert.equal(finding.severity, 'error');
    assert.equal(finding.fix?.accept, 'label-drift:c');
    // As a feature, seven points are no change.
    assert.deepEqual(findDrift(before, now), []);
    assert.deepEqual(labelDrift.find({ ...context, dataset: datasetOf() }), []);
  });

  it('lets a change go that the schema accepts, whichever test found it', () => {
    const before = categoriesOf({ ok: 9980, fraud: 20 });
    const now = categoriesOf({ ok: 9900, fraud: 100 });
    const [finding] = findDrift(before, now);
    const edit = finding?.fix?.edit;
    assert.ok(edit?.action === 'set' && typeof edit.value === 'number');
    assert.deepEqual(findDrift(before, now, edit.value), []);
  });

  it('sees a shift of one standard deviation in 100 values', () => {
    const { fails } = simulate(normal, 1000, 100, 1);
    assert.ok(fails > 0.95, `${fails}`);
  });

  it('ignores a shift of two hundredths of a standard deviation in 100,000 values', () => {
    assert.deepEqual(simulate(normal, 100_000, 100_000, 0.02, 3), { fails: 0, warns: 0 });
  });

  for (const [name, weights, n, m] of [
    ['3 by Zipf', zipf(3), 1000, 1000],
    ['10 by Zipf', zipf(10), 1001, 100],
    ['50 by Zipf', zipf(50), 1001, 1000],
    ['200 by Zipf', zipf(200), 1000, 1000],
    ['500 alike', Array.from({ length: 500 }, () => 1), 1000, 1000],
    ['100,000 alike, as identifiers are', Array.from({ length: 1e5 }, () => 1), 1000, 1000],
  ] as const) {
    it(`never fails and hardly warns without drift: categories, ${name}, ${n} against ${m}`, () => {
      const { fails, warns } = simulateCategories(weights, n, m);
      assert.equal(fails, 0);
      assert.ok(warns <= 0.025, `${warns}`);
    });
  }
});

function categoriesOf(counts: Readonly<Record<string, number>>): Profile {
  const categories = Object.entries(counts).map(([value, count]) => ({ value, count }));
  const rows = categories.reduce((sum, { count }) => sum + count, 0);
  const column = { name: 'c', type: 'string', nativeType: 'VARCHAR', nulls: 0, nans: 0 } as const;
  return { rows, columns: [{ ...column, categories }], exact: true };
}

function findDrift(reference: Profile, current: Profile, limit = 0.1) {
  const schema = { columns: [{ name: 'c', drift: limit }] };
  return drift.find({
    dataset: datasetOf(),
    current,
    reference,
    schema,
    confirmed: true,
    now: NOW,
  });
}

function zipf(categories: number): readonly number[] {
  return Array.from({ length: categories }, (_, index) => 1 / (index + 1));
}

/** As `simulate`, of categories with these weights, of which profiles list the most frequent ones. */
function simulateCategories(weights: readonly number[], n: number, m: number, trials = 200) {
  const random = seeded(weights.length * 1e6 + m);
  const cumulative: number[] = [];
  for (const weight of weights) cumulative.push((cumulative.at(-1) ?? 0) + weight);
  const draw = () => {
    const at = random() * (cumulative.at(-1) ?? 0);
    let [low, high] = [0, cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return `v${low}`;
  };
  let fails = 0;
  let warns = 0;
  for (let trial = 0; trial < trials; trial++) {
    const before = categoryProfile(n, draw);
    const listed = before.categories.slice(0, LISTED_CATEGORIES);
    const reference = { rows: n, columns: [{ ...before, categories: listed }], exact: true };
    const current = { rows: m, columns: [categoryProfile(m, draw)], exact: true };
    const findings = drift.find({
      dataset: datasetOf(),
      current,
      reference,
      schema: { columns: [{ name: 'c' }] },
      confirmed: true,
      now: NOW,
    });
    if (findings.some(({ severity }) => severity === 'error')) fails++;
    if (findings.some(({ severity }) => severity === 'warning')) warns++;
  }
  return { fails: fails / trials, warns: warns / trials };
}

function categoryProfile(rows: number, draw: () => string) {
  const counts = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const value = draw();
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const categories = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count);
  return {
    name: 'c',
    type: 'string',
    nativeType: 'VARCHAR',
    nulls: 0,
    nans: 0,
    categories,
  } as const;
}

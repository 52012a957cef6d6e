import assert from 'node:assert/strict';
import type { Check } from '../../../../src/data/checks/check';
import { columnsSwapped } from '../../../../src/data/checks/values/columnsSwapped';
import { sentinelValue } from '../../../../src/data/checks/completeness/sentinelValue';
import { unitChanged } from '../../../../src/data/checks/values/unitChanged';
import { normalQuantile } from '../../../../src/data/statistics/normal';
import { seeded } from '../seeded';
import { findBy, numbersOf, profileOf } from './handMade';

type Draw = (random: () => number) => number;

const normal: Draw = (random) => normalQuantile(Math.max(random(), 1e-12));
const DRAWS: readonly Draw[] = [
  normal,
  (random) => 20 + 8 * normal(random),
  (random) => Math.exp(1.5 * normal(random)),
  (random) => -Math.log(1 - random()),
  (random) => Math.floor(1 / (1 - random()) ** 0.8),
  (random) => Math.floor(100 * random()),
  (random) => (random() < 0.9 ? 0 : Math.round(1000 * random())),
  (random) => Math.round(2 * normal(random)),
  (random) => 98 + Math.round(normal(random)),
];

const sample = (draw: Draw, size: number, random: () => number): number[] =>
  Array.from({ length: size }, () => draw(random));

const SIZES = [
  [50, 50],
  [50, 2000],
  [300, 300],
  [2000, 200],
  [2000, 2000],
] as const;
const TRIALS = 60;

/** The share of tables, of one column of each distribution, in which a rule finds anything. */
function alarms(check: Check, change: (value: number) => number = (value) => value): number {
  const random = seeded(11);
  let tables = 0;
  for (const [n, m] of SIZES) {
    for (let trial = 0; trial < TRIALS; trial++) {
      const past = DRAWS.map((draw, at) => numbersOf(`c${at}`, sample(draw, n, random)));
      const now = DRAWS.map((draw, at) =>
        numbersOf(`c${at}`, sample(draw, m, random).map(change), {}, past[at]),
      );
      const reference = profileOf(n, past);
      const current = profileOf(m, now);
      if (findBy(check, { current, reference }).length > 0) tables++;
    }
  }
  return tables / (SIZES.length * TRIALS);
}

/** The share of changes that a rule finds. */
function power(check: Check, draw: Draw, change: (values: number[]) => number[], size = 500) {
  const random = seeded(12);
  const hits = Array.from({ length: TRIALS }, () => {
    const before = numbersOf('x', sample(draw, size, random));
    const now = numbersOf('x', change(sample(draw, size, random)), {}, before);
    const made = { current: profileOf(size, [now]), reference: profileOf(size, [before]) };
    return findBy(check, made).length > 0 ? 1 : 0;
  });
  return hits.reduce<number>((sum, hit) => sum + hit, 0) / TRIALS;
}

const times =
  (factor: number, offset = 0) =>
  (values: number[]) =>
    values.map((value) => factor * value + offset);

describe('rules that no standard test covers', function () {
  this.timeout(240_000);

  it('find nothing where nothing changed', () => {
    assert.equal(alarms(unitChanged), 0);
    assert.equal(alarms(columnsSwapped), 0);
    assert.ok(alarms(sentinelValue) <= 0.01);
  });

  it('take no drift for another unit, for a swap or for a code', () => {
    assert.equal(
      alarms(unitChanged, (value) => 1.2 * value),
      0,
    );
    // Of a shift by several deviations of some columns, which is a drift at any rate.
    assert.ok(alarms(unitChanged, (value) => value + 5) <= 0.005);
    assert.equal(
      alarms(columnsSwapped, (value) => 1.2 * value),
      0,
    );
  });

  it('find units that changed', () => {
    const height: Draw = (random) => 1.7 + 0.1 * normal(random);
    for (const factor of [100, 1000, 2.54, 1 / 2.54, 1 / 0.3048, 1.609344])
      assert.equal(power(unitChanged, height, times(factor)), 1, `times ${factor}`);
    const celsius: Draw = (random) => 12 + 8 * normal(random);
    assert.equal(power(unitChanged, celsius, times(1.8, 32)), 1);
    assert.equal(power(unitChanged, celsius, times(1, 273.15)), 1);
    // Areas of hundreds that all grew by about that are no temperatures.
    assert.equal(
      power(unitChanged, (random) => 650 + 350 * normal(random), times(1, 273.15)),
      0,
    );
    const income: Draw = (random) => Math.exp(10 + 0.8 * normal(random));
    assert.ok(power(unitChanged, income, times(1 / 1000)) >= 0.95);
  });

  it('find codes in two of a hundred values', () => {
    const code = (value: number) => (values: number[]) =>
      values.map((each, at) => (at % 50 === 0 ? value : each));
    const weight: Draw = (random) => 70 + 12 * normal(random);
    assert.equal(power(sentinelValue, weight, code(-999)), 1);
    assert.equal(power(sentinelValue, weight, code(9999)), 1);
    const income: Draw = (random) => Math.exp(10 + 0.8 * normal(random));
    assert.equal(power(sentinelValue, income, code(-1), 1000), 1);
  });

  it('find columns that were swapped, of numbers', () => {
    const random = seeded(13);
    const hits = Array.from({ length: TRIALS }, () => {
      const pair = (one: string, other: string) => [
        numbersOf(
          one,
          sample((next) => 40 + 12 * normal(next), 400, random),
        ),
        numbersOf(
          other,
          sample((next) => 70 + 15 * normal(next), 400, random),
        ),
      ];
      const made = {
        current: profileOf(400, pair('weight', 'age')),
        reference: profileOf(400, pair('age', 'weight')),
      };
      return findBy(columnsSwapped, made).length;
    });
    assert.ok(hits.every((count) => count === 1));
  });
});

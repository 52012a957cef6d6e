import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/base/canonicalJson';
import { finishProfile } from '../../../src/data/profile/finishProfile';
import { mergeMeasures } from '../../../src/data/profile/mergeMeasures';
import { MOST_VALUES, type PartMeasures } from '../../../src/data/profile/measures';
import type { Profile, ProfileShape } from '../../../src/data/profile/profile';
import { columnOf, csvOf, measureFiles, writeData } from './dataFixtures';

const HEADER = ['whole', 'real', 'text', 'code', 'yes', 'day'];

const row = fc.tuple(
  fc.option(fc.integer({ min: -50, max: 50 }), { nil: '' as const }),
  fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: '' as const }),
  fc.constantFrom('red', 'green', ' blue', 'Red', '', 'n/a?', 'x@example.org'),
  fc.integer({ min: 0, max: 1e9 }).map((number) => `k${number}`),
  fc.constantFrom('true', 'false', ''),
  fc.constantFrom('2024-01-31', '2023-06-01', '1999-12-31', ''),
);
const rows = fc.array(row, { minLength: 1, maxLength: 40 });

const SHAPE: ProfileShape = new Map([
  ['whole', { edges: [-10, 0, 10], type: 'integer' }],
  ['real', { edges: [-1e5, 0, 1e5], type: 'number' }],
  ['text', { categories: ['red', 'blue', 'absent'], type: 'string' }],
  ['code', { categories: ['k1'], type: 'string', pattern: 'k[0-9]*[02468]' }],
  ['day', { type: 'date' }],
]);

const measure = (text: string, threads?: number): Promise<PartMeasures> =>
  measureFiles([writeData(text)], { shape: SHAPE, ...(threads === undefined ? {} : { threads }) });

/** Moments of a merge differ in their last digits only; everything else is the same. */
function assertSame(merged: Profile, whole: Profile): void {
  const plain = (profile: Profile) =>
    JSON.parse(
      canonicalJson({
        ...profile,
        columns: profile.columns.map(({ numeric, nativeType, ...rest }) => ({
          ...rest,
          // A part without values has another native type than one with them.
          nativeType: nativeType === '' ? '' : 'any',
          ...(numeric === undefined
            ? {}
            : {
                numeric: {
                  ...numeric,
                  mean: Number(numeric.mean.toPrecision(9)) + 0,
                  standardDeviation: Number(numeric.standardDeviation.toPrecision(9)),
                },
              }),
        })),
      }),
    ) as Profile;
  for (const column of whole.columns) {
    const other = columnOf(merged, column.name);
    const scale = Math.max(
      Math.abs(column.numeric?.min ?? 0),
      Math.abs(column.numeric?.max ?? 0),
      1e-300,
    );
    const close = (a = 0, b = 0): void => assert.ok(Math.abs(a - b) <= 1e-9 * scale, `${a} ${b}`);
    close(other.numeric?.mean, column.numeric?.mean);
    close(other.numeric?.standardDeviation, column.numeric?.standardDeviation);
  }
  const withoutMoments = (profile: Profile) => {
    const { columns } = plain(profile);
    return columns.map(({ numeric, ...rest }) => ({
      ...rest,
      range: [numeric?.min, numeric?.max],
    }));
  };
  assert.deepEqual(withoutMoments(merged), withoutMoments(whole));
}

describe('measures of parts', function () {
  this.timeout(240_000);

  it('merge into those of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (first, second) => {
        const parts = [await measure(csvOf(HEADER, first)), await measure(csvOf(HEADER, second))];
        const whole = await measure(csvOf(HEADER, [...first, ...second]));
        assertSame(finishProfile(mergeMeasures(parts, SHAPE), SHAPE), finishProfile(whole, SHAPE));
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('merge into those of the whole where a column has more values than are kept', async () => {
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => {
        const at = from + index;
        return [
          at % 3000,
          (at * 7919) % 10_007,
          at % 5 === 0 ? 'red' : 'blue',
          `k${at % 2500}`,
          '',
          '',
        ];
      });
    for (const cut of [10, 900, 3500, 5990]) {
      const parts = [
        await measure(csvOf(HEADER, many(0, cut))),
        await measure(csvOf(HEADER, many(cut, 6000))),
      ];
      const whole = await measure(csvOf(HEADER, many(0, 6000)));
      const merged = mergeMeasures(parts, SHAPE);
      assertSame(finishProfile(merged, SHAPE), finishProfile(whole, SHAPE));
      // Not only what is shown of it: the samples are the same values at the same level.
      assert.deepEqual(
        merged.columns.map(({ values }) => values),
        whole.columns.map(({ values }) => values),
      );
    }
  });

  it('are the same bytes for one, two and four threads', async () => {
    const text = csvOf(
      HEADER,
      Array.from({ length: 30_000 }, (_, at) => [
        at,
        (at * 0.37) % 1000,
        'a',
        `k${at}`,
        'true',
        '',
      ]),
    );
    const bytes = await Promise.all(
      [1, 2, 4].map(async (n) => canonicalJson(await measure(text, n))),
    );
    assert.equal(new Set(bytes).size, 1);
  });

  it('estimate distinct values within the error that they state', async () => {
    for (const distinct of [1000, 5000, 20_000, 80_000]) {
      const text = csvOf(
        ['code'],
        Array.from({ length: 80_000 }, (_, at) => [`k${at % distinct}`]),
      );
      const found = columnOf(finishProfile(await measureFiles([writeData(text)])), 'code').distinct;
      assert.ok(found !== undefined);
      if (distinct <= MOST_VALUES) assert.deepEqual(found, { count: distinct, error: 0 });
      // Three standard errors: the values are fixed, so that this is decided once and for all.
      else assert.ok(Math.abs(found.count / distinct - 1) < 3 * found.error, `${found.count}`);
    }
  });
});

import assert from 'node:assert/strict';
import { columnEmpty } from '../../../../src/data/checks/completeness/columnEmpty';
import { nanOrInfinity } from '../../../../src/data/checks/completeness/nanOrInfinity';
import { nullSpellings } from '../../../../src/data/checks/completeness/nullSpellings';
import { sentinelValue } from '../../../../src/data/checks/completeness/sentinelValue';
import { isSentinel } from '../../../../src/data/checks/completeness/sentinelValues';
import type { ColumnProfile } from '../../../../src/data/profile/profile';
import { momentsWithout } from '../../../../src/data/statistics/moments';
import { findBy, numbersOf, profileOf, tell, textsOf } from './handMade';

const even = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, at) => from + Math.round((at * (to - from)) / (count - 1)));
const times = (count: number, value: number): number[] =>
  Array.from({ length: count }, () => value);

describe('the checks of what is there', () => {
  it('find a column that lost all values', () => {
    const full = profileOf(100, [textsOf('x', { a: 50, b: 50 })]);
    const missing = profileOf(100, [textsOf('x', {}, { nulls: 100 })]);
    const blank = profileOf(100, [textsOf('x', { ' ': 100 })]);
    for (const current of [missing, blank]) {
      assert.deepEqual(tell(findBy(columnEmpty, { current, reference: full })), ['error x']);
      assert.deepEqual(tell(findBy(columnEmpty, { current })), ['info x']);
      assert.deepEqual(findBy(columnEmpty, { current, reference: missing }), []);
      const schema = { columns: [{ name: 'x', nulls: 1 }] };
      assert.deepEqual(findBy(columnEmpty, { current, reference: full, schema }), []);
    }
    const nearly = profileOf(100, [textsOf('x', { a: 1 }, { nulls: 99 })]);
    assert.deepEqual(findBy(columnEmpty, { current: nearly, reference: full }), []);
  });

  it('find new spellings of nothing, and several of them', () => {
    const judge = (now: Record<string, number>, before?: Record<string, number>) =>
      findBy(nullSpellings, {
        current: profileOf(1000, [textsOf('x', now)]),
        ...(before === undefined ? {} : { reference: profileOf(1000, [textsOf('x', before)]) }),
      });
    assert.deepEqual(judge({ red: 980, unknown: 20 }), []);
    const [first] = judge({ red: 970, unknown: 20, '-': 10 });
    assert.equal(first?.severity, 'info');
    assert.equal(
      first.message,
      '"x" says in 2 ways that there is no value: "unknown" (20 rows) and "-" (10 rows).',
    );
    assert.deepEqual(tell(judge({ red: 980, '-': 20 }, { red: 980, unknown: 20 })), ['warning x']);
    assert.deepEqual(judge({ red: 980, unknown: 20 }, { red: 999, unknown: 1 }), []);
    assert.deepEqual(judge({ red: 999, '-': 1 }, { red: 1000 }), [], 'one row may be chance');
    // Blank texts are one spelling, however long.
    assert.deepEqual(judge({ red: 970, '': 10, '  ': 20 }), []);
  });

  it('know what programs write for nothing', () => {
    for (const code of [
      -1, -9, 99, -99, 999, -999, -9999, 99999, 999.9, -888, 7777, 1e20, -1e30, 255, -32768,
    ])
      assert.ok(isSentinel(code), String(code));
    for (const number of [0, 1, 9, 10, 100, 1000, 98, 989, 11, 1.5e20, 256])
      assert.ok(!isSentinel(number), String(number));
  });

  const judgeCodes = (
    now: readonly number[],
    before?: readonly number[],
    more: Partial<ColumnProfile> = {},
  ) =>
    findBy(sentinelValue, {
      current: profileOf(now.length, [numbersOf('x', now, more)]),
      ...(before && { reference: profileOf(before.length, [numbersOf('x', before, more)]) }),
    });

  it('find codes among numbers by where they stand', () => {
    const ages = even(990, 18, 90);
    assert.deepEqual(tell(judgeCodes([...ages, ...times(10, -999)], ages)), ['error x']);
    assert.deepEqual(tell(judgeCodes([...ages, ...times(5, -999)], ages)), ['warning x']);
    assert.deepEqual(tell(judgeCodes([...ages, ...times(10, -999)])), ['info x']);
    assert.deepEqual(judgeCodes([...ages, -999], ages), [], 'once');
    assert.deepEqual(judgeCodes([...ages, ...times(10, 95)], ages), [], 'no code');
    assert.deepEqual(judgeCodes([...ages, ...times(10, 99)], ages), [], 'too near the others');
    assert.deepEqual(judgeCodes([...ages, ...times(10, -999)], [...ages, ...times(9, -999)]), []);
    assert.deepEqual(
      tell(judgeCodes([...ages, ...times(60, -999)], [...ages, ...times(9, -999)])),
      ['warning x'],
    );
    const unique = { unique: true } as const;
    assert.deepEqual(judgeCodes([...ages, ...times(10, -999)], ages, unique), [], 'a key');
  });

  it('find a first negative code where a thousand values had no sign', () => {
    const many = even(1200, 0, 100);
    assert.deepEqual(tell(judgeCodes([...many, ...times(20, -1)], many)), ['error x']);
    const few = even(500, 0, 100);
    assert.deepEqual(judgeCodes([...few, ...times(20, -1)], few), []);
  });

  it('find a negative code among few values that had no sign, though they are spread far', () => {
    // As in the areas of tumours: a code that stands no further apart than they do from each other.
    const areas = even(450, 140, 2500);
    assert.deepEqual(tell(judgeCodes([...areas, ...times(20, -999)], areas)), ['error x']);
    assert.deepEqual(judgeCodes([...areas, ...times(2, -999)], areas), [], 'may be chance');
    const signed = even(450, -500, 2500);
    assert.deepEqual(judgeCodes([...signed, ...times(20, -999)], signed), [], 'has a sign');
  });

  it('only tell of the 99999 of the census income', () => {
    // capital-gain: 92 % are zero, the others reach to 41310, 159 of 32561 are 99999.
    const gains = [...times(29_849, 0), ...even(2553, 114, 41_310), ...times(159, 99_999)];
    assert.deepEqual(tell(judgeCodes(gains)), ['info x']);
  });

  it('take values out of moments as their definition does', () => {
    // Python: statistics.mean([2, 4, 9]) = 5, statistics.variance([2, 4, 9]) = 13.
    const values = [2, 4, 9, -999, -999];
    const { numeric } = numbersOf('x', values);
    assert.ok(numeric !== undefined);
    const rest = momentsWithout({ ...numeric, count: 5 }, -999, 2);
    assert.equal(rest?.count, 3);
    assert.ok(Math.abs((rest?.mean ?? 0) - 5) < 1e-9);
    assert.ok(Math.abs((rest?.standardDeviation ?? 0) - Math.sqrt(13)) < 1e-6);
    assert.equal(momentsWithout({ ...numeric, count: 2 }, -999, 2), undefined);
  });

  it('find infinities, and values that are not a number unless they are told as missing', () => {
    const judge = (now: Partial<ColumnProfile>, before?: Partial<ColumnProfile>, rows = 10_000) =>
      tell(
        findBy(nanOrInfinity, {
          current: profileOf(rows, [numbersOf('x', [1, 2], now)]),
          ...(before && { reference: profileOf(rows, [numbersOf('x', [1, 2], before)]) }),
        }),
      );
    assert.deepEqual(judge({ infinities: 1 }), ['warning x']);
    assert.deepEqual(judge({ infinities: 1 }, {}), ['error x']);
    assert.deepEqual(judge({ infinities: 9 }, { infinities: 8 }), []);
    assert.deepEqual(judge({ infinities: 400 }, { infinities: 8 }), ['warning x']);
    assert.deepEqual(judge({ nans: 1 }), ['info x']);
    assert.deepEqual(judge({ nans: 1 }, {}), ['warning x']);
    // 5 % more of them are nulls-increased's matter.
    assert.deepEqual(judge({ nans: 500 }, {}), []);
  });
});

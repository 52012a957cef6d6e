import assert from 'node:assert/strict';
import { constantColumn } from '../../../../src/data/checks/values/constantColumn';
import { futureDate } from '../../../../src/data/checks/values/futureDate';
import { outOfRange } from '../../../../src/data/checks/values/outOfRange';
import { patternViolated } from '../../../../src/data/checks/values/patternViolated';
import { referenceMissing } from '../../../../src/data/checks/values/referenceMissing';
import { relationViolated } from '../../../../src/data/checks/values/relationViolated';
import { userRule } from '../../../../src/data/checks/values/userRule';
import type { ColumnProfile, RuleFacts } from '../../../../src/data/profile/profile';
import { relationSql } from '../../../../src/data/schema/relation';
import type { ColumnSchema, UserRule } from '../../../../src/data/schema/schema';
import { findBy, numbersOf, profileOf, tell, textsOf } from './handMade';

const datesOf = (min: string, max: string): ColumnProfile => ({
  name: 'x',
  type: 'date',
  nativeType: 'DATE',
  nulls: 0,
  nans: 0,
  range: { min, max },
});

describe('the checks of values', () => {
  const bounded = (column: ColumnProfile, demands: Omit<ColumnSchema, 'name'>) =>
    findBy(outOfRange, {
      current: profileOf(10, [column]),
      schema: { columns: [{ name: 'x', ...demands }] },
    });

  it('hold numbers to their bounds, each side alone', () => {
    const { histogram, ...column } = numbersOf('x', [-5, -5, 0, 1, 2, 3, 50, 100, 120, 150]);
    assert.ok(histogram !== undefined);
    assert.deepEqual(bounded(column, { min: -5, max: 150 }), []);
    assert.deepEqual(bounded(column, {}), []);
    const [low, high] = bounded(column, { min: 0, max: 100 });
    assert.equal(low?.message, '"x" goes down to -5, below 0, in 2 rows.');
    assert.deepEqual(low.fix?.edit, { action: 'set', path: ['columns', 'x', 'min'], value: -5 });
    assert.equal(high?.message, '"x" goes up to 150, above 100, in at least 2 rows.');
    assert.equal(high.severity, 'error');
    // With bins, an upper bound that is an edge is counted exactly.
    const binned = { ...column, histogram: { edges: [0, 100], counts: [3, 5, 2] } };
    assert.match(bounded(binned, { max: 100 })[0]?.message ?? '', /in 2 rows/);
  });

  it('hold dates to their bounds, the last day as a whole', () => {
    const column = datesOf('2020-01-31', '2024-12-31 18:00:00');
    assert.deepEqual(bounded(column, { min: '2020-01-31', max: '2024-12-31' }), []);
    assert.deepEqual(tell(bounded(column, { max: '2024-12-31 12:00:00' })), ['error x']);
    assert.deepEqual(tell(bounded(column, { min: '2020-02-01', max: '2024-12-30' })), [
      'error x',
      'error x',
    ]);
  });

  it('find a column that became constant, unless chance explains it', () => {
    const judge = (now: Record<string, number>, before?: Record<string, number>) => {
      const rows = (counts: Record<string, number>) =>
        Object.values(counts).reduce((sum, count) => sum + count, 0);
      return tell(
        findBy(constantColumn, {
          current: profileOf(rows(now), [textsOf('x', now)]),
          ...(before && { reference: profileOf(rows(before), [textsOf('x', before)]) }),
        }),
      );
    };
    assert.deepEqual(judge({ a: 100 }, { a: 50, b: 50 }), ['error x']);
    // 0.99 ** 100 = 0.37: nothing odd; 0.5 ** 13 = 0.00012 is just above the limit, 0.5 ** 14 below.
    assert.deepEqual(judge({ a: 100 }, { a: 99, b: 1 }), []);
    assert.deepEqual(judge({ a: 13 }, { a: 50, b: 50 }), []);
    assert.deepEqual(judge({ a: 14 }, { a: 50, b: 50 }), ['error x']);
    assert.deepEqual(judge({ a: 100 }, { a: 100 }), []);
    assert.deepEqual(judge({ a: 20 }), ['info x']);
    assert.deepEqual(judge({ a: 19 }), []);
    assert.deepEqual(judge({ a: 50, b: 50 }), []);
  });

  it('find dates of the future that were not there', () => {
    const judge = (last: string, before?: string, max?: string) =>
      findBy(futureDate, {
        current: profileOf(10, [datesOf('2000-01-01', last)]),
        ...(before && { reference: profileOf(10, [datesOf('2000-01-01', before)]) }),
        ...(max && { schema: { columns: [{ name: 'x', max }] } }),
      });
    // It is 2026-01-02 03:04:05.
    assert.deepEqual(judge('2026-01-03', '2025-12-31'), [], 'elsewhere it is tomorrow');
    assert.deepEqual(tell(judge('2026-01-04', '2025-12-31')), ['warning x']);
    assert.deepEqual(tell(judge('2026-01-04')), ['info x']);
    assert.deepEqual(judge('2026-02-04', '2026-03-01'), []);
    assert.match(judge('9999-12-31', '2025-12-31')[0]?.message ?? '', /stand for "no date"/);
    assert.deepEqual(judge('2026-01-04', '2025-12-31', '2030-01-01'), []);
  });

  it('tell how many values miss their pattern', () => {
    const judge = (misses: number) =>
      findBy(patternViolated, {
        current: profileOf(200, [textsOf('x', { a: 200 }, { patternMisses: misses })]),
        schema: { columns: [{ name: 'x', pattern: '[A-Z]{2}' }] },
      });
    assert.deepEqual(judge(0), []);
    assert.equal(
      judge(3)[0]?.message,
      '"x" does not match its pattern "[A-Z]{2}" in 1.50 % (3 of 200) of its values.',
    );
  });

  it('tell of values that another dataset does not have', () => {
    const current = (missing: number) =>
      profileOf(200, [textsOf('x', { a: 199, zz: 1 })], {
        facts: {
          references: [
            { column: 'x', dataset: 'shops', missing, samples: [{ value: 'zz', count: missing }] },
          ],
        },
      });
    const schema = { columns: [{ name: 'x', references: { dataset: 'shops', column: 'id' } }] };
    assert.deepEqual(findBy(referenceMissing, { current: current(0), schema }), []);
    const [found] = findBy(referenceMissing, { current: current(2), schema });
    assert.equal(
      found?.message,
      '"x" has values that "id" of "shops" does not have, in 1.00 % (2 of 200) of the rows with a value: "zz" (2 rows).',
    );
    const other = { columns: [{ name: 'x', references: { dataset: 'towns', column: 'id' } }] };
    assert.deepEqual(findBy(referenceMissing, { current: current(2), schema: other }), []);
  });

  const withRules = (rules: readonly RuleFacts[]) => profileOf(100, [], { facts: { rules } });

  it('let a rule be broken by as many rows as it tolerates', () => {
    const judge = (rule: Partial<UserRule>, failed: number) =>
      findBy(userRule, {
        current: withRules([{ sql: 'a > 0', failed, rows: 100 }]),
        schema: { columns: [], rules: [{ sql: 'a > 0', ...rule }] },
      });
    assert.deepEqual(judge({}, 0), []);
    assert.deepEqual(tell(judge({}, 1)), ['error']);
    assert.deepEqual(judge({ mostly: 0.9 }, 10), [], '1 - 0.9 is no 0.1 in doubles');
    const [found] = judge({ mostly: 0.9, severity: 'warning', name: 'positive' }, 11);
    assert.equal(found?.severity, 'warning');
    assert.equal(
      found.message,
      'The rule "positive" is broken by 11.0 % (11 of 100) of the rows; 10.0 % may.',
    );
    assert.equal(found.fix?.accept, 'user-rule:positive');
    assert.deepEqual(found.fix?.edit, {
      action: 'set',
      path: ['rules', '0', 'mostly'],
      value: 0.89,
    });
  });

  it('find a relation by the SQL that it becomes', () => {
    const sql = relationSql('a <= b');
    assert.ok(sql.ok);
    const judge = (failed: number) =>
      findBy(relationViolated, {
        current: withRules([{ sql: sql.value, failed, rows: 100 }]),
        schema: { columns: [], relations: ['a <= b'] },
      });
    assert.deepEqual(judge(0), []);
    assert.equal(judge(2)[0]?.message, '"a <= b" does not hold in 2.00 % (2 of 100) of the rows.');
  });
});

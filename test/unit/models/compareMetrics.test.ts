import assert from 'node:assert/strict';
import type { MetricRule } from '../../../src/config/config';
import { compareMetrics } from '../../../src/models/compareMetrics';
import { findRule, findUnknownRules } from '../../../src/models/metricRules';

const FILE = 'metrics.json';
const metric = (name: string, value: number, line = 1) => ({
  name,
  value,
  source: { file: FILE, line },
});

/** Compares one metric; null: that side does not have it. */
function compareOne(
  name: string,
  base: number | null,
  candidate: number | null,
  rule?: MetricRule,
  baseMissing?: { reason: string; isDoubtful: boolean },
) {
  const [compared, ...others] = compareMetrics(
    base === null ? [] : [metric(name, base, 3)],
    candidate === null ? [] : [metric(name, candidate, 7)],
    rule === undefined ? {} : { [name]: rule },
    { model: 'forest', file: FILE, ...(baseMissing === undefined ? {} : { baseMissing }) },
  );
  assert.ok(compared !== undefined);
  assert.equal(others.length, 0);
  return compared;
}

type Case = readonly [
  name: string,
  base: number | null,
  candidate: number | null,
  rule: MetricRule | undefined,
  result: string,
  method: string,
  change: string,
];

/** Worked out by hand from the rules that `judgeMetric` states. */
const CASES: readonly Case[] = [
  // Between 0 and 1 the tolerance is 0.01, and five of them are 0.05.
  ['auc', 0.95, 0.95, undefined, 'pass', 'tolerance', 'same'],
  ['auc', 0.95, 0.99, undefined, 'pass', 'tolerance', 'better'],
  ['auc', 0.95, 0.94, undefined, 'pass', 'tolerance', 'worse'],
  ['auc', 0.95, 0.9399, undefined, 'inconclusive', 'tolerance', 'worse'],
  ['auc', 0.95, 0.9, undefined, 'inconclusive', 'tolerance', 'worse'],
  ['auc', 0.95, 0.8999, undefined, 'fail', 'tolerance', 'worse'],
  ['brier', 0.1, 0.11, undefined, 'pass', 'tolerance', 'worse'],
  ['brier', 0.1, 0.12, undefined, 'inconclusive', 'tolerance', 'worse'],
  ['brier', 0.1, 0.2, undefined, 'fail', 'tolerance', 'worse'],
  ['brier', 0.2, 0.1, undefined, 'pass', 'tolerance', 'better'],
  // Elsewhere it is 1 % of the baseline.
  ['rmse', 200, 202, undefined, 'pass', 'tolerance', 'worse'],
  ['rmse', 200, 203, undefined, 'inconclusive', 'tolerance', 'worse'],
  ['rmse', 200, 211, undefined, 'fail', 'tolerance', 'worse'],
  ['rmse', 200, 100, undefined, 'pass', 'tolerance', 'better'],
  ['neg_mean_squared_error', -200, -211, undefined, 'fail', 'tolerance', 'worse'],
  ['loss', 0.99, 1.01, undefined, 'inconclusive', 'tolerance', 'worse'],
  // A margin is absolute, and takes the place of the tolerance.
  ['auc', 0.95, 0.946, { margin: 0.005 }, 'pass', 'tolerance', 'worse'],
  ['auc', 0.95, 0.945, { margin: 0.005 }, 'pass', 'tolerance', 'worse'],
  ['auc', 0.95, 0.944, { margin: 0.005 }, 'fail', 'tolerance', 'worse'],
  ['auc', 0.95, 0.951, { margin: 0 }, 'pass', 'tolerance', 'better'],
  ['auc', 0.95, 0.9499, { margin: 0 }, 'fail', 'tolerance', 'worse'],
  ['auc', 0.95, 0.5, { margin: 0.5 }, 'pass', 'tolerance', 'worse'],
  ['rmse', 200, 209, { margin: 10 }, 'pass', 'tolerance', 'worse'],
  // Limits hold for the candidate alone, whatever the baseline was.
  ['f1', 0.7, 0.79, { floor: 0.8 }, 'fail', 'floor', 'better'],
  ['f1', 0.8, 0.8, { floor: 0.8 }, 'pass', 'tolerance', 'same'],
  ['f1', null, 0.9, { floor: 0.8 }, 'pass', 'floor', 'added'],
  ['f1', null, 0.7, { floor: 0.8 }, 'fail', 'floor', 'added'],
  ['f1', 0.95, 0.85, { floor: 0.8 }, 'fail', 'tolerance', 'worse'],
  ['f1', 0.95, 0.85, { floor: 0.8, margin: 0.2 }, 'pass', 'tolerance', 'worse'],
  ['latency_ms', 30, 41, { ceiling: 40 }, 'fail', 'ceiling', 'worse'],
  ['latency_ms', 30, 39, { ceiling: 40 }, 'pass', 'ceiling', 'worse'],
  ['churned', 3, 9, { ceiling: 5 }, 'fail', 'ceiling', 'unknown'],
  ['churned', 3, 4, { ceiling: 5 }, 'pass', 'ceiling', 'unknown'],
  // Times differ from run to run.
  ['latency_ms', 30, 60, undefined, 'pass', 'none', 'worse'],
  ['latency_ms', 30, 60, { margin: 10 }, 'fail', 'tolerance', 'worse'],
  // No direction, no judgement.
  ['churned', 3, 9, undefined, 'pass', 'none', 'unknown'],
  ['churned', 3, 3, undefined, 'pass', 'none', 'same'],
  ['churned', 3, 9, { margin: 1 }, 'inconclusive', 'none', 'unknown'],
  ['churned', 3, 9, { margin: 1, direction: 'lower' }, 'fail', 'tolerance', 'worse'],
  ['churned', 3, 9, { margin: 1, direction: 'higher' }, 'pass', 'tolerance', 'better'],
  ['auc', 0.9, 0.5, { ignore: true }, 'pass', 'none', 'worse'],
  ['auc', 0.9, 0.5, { ignore: true, floor: 0.8 }, 'pass', 'none', 'worse'],
  // Metrics that come and go.
  ['auc', null, 0.5, undefined, 'pass', 'none', 'added'],
  ['auc', 0.9, null, undefined, 'warn', 'none', 'removed'],
  ['auc', 0.9, null, { margin: 1 }, 'fail', 'none', 'removed'],
  ['auc', 0.9, null, { ignore: true }, 'pass', 'none', 'removed'],
  ['latency_ms', 9, null, undefined, 'pass', 'none', 'removed'],
  ['churned', 9, null, undefined, 'pass', 'none', 'removed'],
  // What is no number can neither pass nor be compared with.
  ['loss', 0.1, NaN, undefined, 'inconclusive', 'none', 'unknown'],
  ['loss', 0.1, Infinity, { ceiling: 1 }, 'inconclusive', 'none', 'unknown'],
  ['loss', NaN, 0.1, undefined, 'warn', 'none', 'unknown'],
  ['loss', NaN, 0.1, { ceiling: 1 }, 'pass', 'ceiling', 'unknown'],
  ['loss', NaN, 2, { ceiling: 1 }, 'fail', 'ceiling', 'unknown'],
];

describe('compareMetrics', () => {
  for (const [name, base, candidate, rule, result, method, change] of CASES) {
    it(`${name} ${base} -> ${candidate} ${JSON.stringify(rule) ?? ''}: ${result}`, () => {
      const compared = compareOne(name, base, candidate, rule);
      assert.deepEqual(
        [compared.result, compared.method, compared.change],
        [result, method, change],
        compared.reason,
      );
    });
  }

  it('gives a delta only where both sides have a number, and the line of the candidate first', () => {
    const changed = compareOne('auc', 0.5, 0.75);
    assert.deepEqual([changed.delta, changed.source.line, changed.interval], [0.25, 7, null]);
    const removed = compareOne('auc', 0.5, null);
    assert.deepEqual([removed.delta, removed.candidate, removed.source.line], [null, null, 3]);
    const broken = compareOne('auc', 0.5, NaN);
    assert.deepEqual([broken.delta, broken.candidate], [null, null]);
  });

  it('says where the direction comes from', () => {
    const sources = [
      compareOne('auc', 1, 1),
      compareOne('auc', 1, 1, { direction: 'lower' }),
      compareOne('x', 1, 1),
    ];
    assert.deepEqual(
      sources.map(({ direction, directionSource }) => [direction, directionSource]),
      [
        ['higher', 'name'],
        ['lower', 'config'],
        ['unknown', 'unknown'],
      ],
    );
  });

  it('gives a reason that a reader can act on', () => {
    const reasons: readonly (readonly [ReturnType<typeof compareOne>, string])[] = [
      [
        compareOne('auc', 0.95, 0.93),
        '\u22120.0200 is worse than the tolerance of 0.01; no uncertainty is known: give a margin in preflight.yaml, or write predictions.',
      ],
      [
        compareOne('rmse', 200, 220),
        '+20 is worse by more than 10; no uncertainty is known: give a margin in preflight.yaml, or write predictions.',
      ],
      [compareOne('f1', 0.9, 0.7, { floor: 0.8 }), '0.7 is below the floor of 0.8.'],
      [
        compareOne('auc', 0.95, 0.94, { margin: 0.005 }),
        '\u22120.0100 is worse by more than the margin of 0.005.',
      ],
      [
        compareOne('auc', null, 0.9, undefined, { reason: 'Why not.', isDoubtful: false }),
        'Why not.',
      ],
    ];
    for (const [compared, reason] of reasons) assert.equal(compared.reason, reason);
  });

  it('warns where a baseline should be there but could not be read, and lets a new file pass', () => {
    const reason = 'Broken.';
    assert.equal(
      compareOne('auc', null, 0.9, undefined, { reason, isDoubtful: true }).result,
      'warn',
    );
    assert.equal(
      compareOne('x', null, 0.9, undefined, { reason, isDoubtful: true }).result,
      'pass',
    );
    assert.equal(
      compareOne('auc', null, 0.9, undefined, { reason, isDoubtful: false }).result,
      'pass',
    );
    assert.equal(
      compareOne('f1', null, 0.7, { floor: 0.8 }, { reason, isDoubtful: true }).result,
      'fail',
    );
  });

  it('keeps the order of the candidate, and puts what vanished last', () => {
    const base = [metric('gone', 1), metric('auc', 1), metric('f1', 1)];
    const candidate = [metric('f1', 1), metric('new', 1), metric('auc', 1)];
    const compared = compareMetrics(base, candidate, {}, { model: 'm', file: FILE });
    assert.deepEqual(
      compared.map(({ name }) => name),
      ['f1', 'new', 'auc', 'gone'],
    );
  });
});

describe('the rules of preflight.yaml', () => {
  it('go by the full name before the last part of it', () => {
    const rules = { auc: { margin: 1 }, 'test.auc': { margin: 2 }, 'test.f1': { margin: 3 } };
    assert.deepEqual(findRule(rules, 'test.auc'), { margin: 2 });
    assert.deepEqual(findRule(rules, 'train.auc'), { margin: 1 });
    assert.deepEqual(findRule(rules, 'auc'), { margin: 1 });
    assert.equal(findRule(rules, 'f1'), undefined);
    assert.equal(findRule(rules, 'test.toString'), undefined);
    assert.equal(findRule(rules, 'constructor'), undefined);
  });

  it('name only metrics that exist', () => {
    const problems = findUnknownRules({ auc: {}, recal: {}, zzz: {} }, ['test.auc', 'test.recall']);
    assert.deepEqual(
      problems.map(({ code, message, fix }) => [code, /"(.*)"/.exec(message)?.[1], fix]),
      [
        ['metric-unknown', 'recal', 'Did you mean "recall"?'],
        ['metric-unknown', 'zzz', 'Run the evaluation that writes it, or remove the rule.'],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import { correlationChanged } from '../../../../src/data/checks/distribution/correlationChanged';
import type { Correlations, Profile } from '../../../../src/data/profile/profile';
import { correlationChange } from '../../../../src/data/statistics/correlationChange';
import { doubledRanks, rankCorrelation } from '../../../../src/data/statistics/rankCorrelation';
import { normalQuantile } from '../../../../src/data/statistics/normal';
import { seeded } from '../seeded';
import { findBy, numbersOf, profileOf, tell } from './handMade';

/** Of the columns a, b, c: the correlations a-b, a-c, b-c. */
function profileWith(
  values: readonly (number | null)[],
  rows = 1000,
  more: Partial<Correlations> = {},
): Profile {
  const columns = ['a', 'b', 'c'].map((name) => numbersOf(name, [1, 1, 2, 3]));
  return profileOf(rows, columns, {
    facts: { correlations: { columns: ['a', 'b', 'c'], values, rows, ...more } },
  });
}

const reference = profileWith([0.8, 0.1, 0]);

describe('correlation-changed', () => {
  it('finds that two columns do not go together any more', () => {
    const [finding, ...others] = findBy(correlationChanged, {
      reference,
      current: profileWith([0.1, 0.1, 0]),
    });
    assert.deepEqual(others, []);
    assert.equal(finding?.severity, 'error');
    assert.match(finding.message, /^"a" goes together differently with "b" \(0\.80 → 0\.10\)/);
    assert.equal(finding.effect?.threshold, 0.2);
    assert.equal(finding.fix?.accept, 'correlation-changed:a');
  });

  it('names the column that several pairs have', () => {
    const found = findBy(correlationChanged, { reference, current: profileWith([0.1, 0.1, 0.7]) });
    assert.deepEqual(tell(found), ['error b']);
    assert.deepEqual(found[0]?.samples.toSorted(), ['a', 'c']);
  });

  it('warns where few rows tell it, and says nothing where they are fewer', () => {
    const few = findBy(correlationChanged, { reference, current: profileWith([0.4, 0.1, 0], 60) });
    assert.deepEqual(tell(few), ['warning a']);
    assert.match(few[0]?.message ?? '', /uncertain\.$/);
    assert.deepEqual(
      findBy(correlationChanged, { reference, current: profileWith([0.1, 0.1, 0], 49) }),
      [],
    );
    // Of the thousand rows only forty have both.
    const pairRows = [40, 1000, 1000];
    assert.deepEqual(
      findBy(correlationChanged, {
        reference,
        current: profileWith([0.1, 0.1, 0], 1000, { pairRows }),
      }),
      [],
    );
  });

  it('lets a small change of large tables go, and what is constant, missing or named by a key', () => {
    const large = profileWith([0.8, 0.1, 0], 20_000);
    assert.deepEqual(
      findBy(correlationChanged, {
        reference: large,
        current: profileWith([0.62, 0.1, 0], 20_000),
      }),
      [],
    );
    const current = profileWith([0.1, 0.1, 0]);
    for (const made of [
      { reference, current: profileWith([null, 0.1, 0]) },
      { reference: profileOf(1000, reference.columns), current },
      { reference, current, dataset: { key: 'b' } },
      { reference, current, schema: { columns: [{ name: 'a' }, { name: 'c' }] } },
      {
        reference,
        current,
        schema: {
          columns: [{ name: 'a' }, { name: 'b', allow: ['correlation-changed'] }, { name: 'c' }],
        },
      },
    ]) {
      assert.deepEqual(findBy(correlationChanged, made), []);
    }
  });

  it('finds pairs by their names, whatever else the columns are', () => {
    const added = profileWith([0.3, 0.8, 0.1], 1000, { columns: ['0', 'a', 'b'] });
    // 0-a, 0-b and a-b, which alone is in both.
    assert.deepEqual(tell(findBy(correlationChanged, { reference, current: added })), ['error a']);
  });
});

describe('the change of a correlation', () => {
  it('has the probability and the bound of its formulas', () => {
    const change = correlationChange({ value: 0.5, rows: 300 }, { value: 0.8, rows: 500 }, 1.645);
    // Calculated with numpy and scipy.stats.norm.sf from Bonett and Wright's variance and Zou's bound.
    assert.ok(Math.abs((change?.p ?? 0) / 0.0002400781770098279 - 1) < 1e-9, `${change?.p}`);
    assert.ok(Math.abs((change?.lower ?? 0) - 0.16579038499335752) < 1e-12, `${change?.lower}`);
  });

  for (const [name, correlate] of [
    ['normal', (x: number, y: number) => 0.9 * x + Math.sqrt(0.19) * y],
    ['lognormal', (x: number, y: number) => Math.exp(2 * (x + y))],
    // Most rows go together perfectly, some the other way round: of all pairs the worst.
    ['turned over in one of ten', (x: number, y: number) => (y < 1.2816 ? x : -x)],
  ] as const) {
    it(`is hardly ever found without one: ${name}`, () => {
      const random = seeded(11);
      const draw = (rows: number) => {
        const pairs = Array.from({ length: rows }, () => {
          const [x, y] = [normalQuantile(random() || 0.5), normalQuantile(random() || 0.5)];
          return [x, correlate(x, y)] as const;
        });
        const [a, b] = [0, 1].map((side) =>
          doubledRanks(Float64Array.from(pairs, (pair) => pair[side] ?? 0)),
        );
        assert.ok(a !== undefined && b !== undefined);
        return { value: rankCorrelation(a, b).value ?? 0, rows };
      };
      let found = 0;
      for (let trial = 0; trial < 1000; trial++) {
        const change = correlationChange(draw(300), draw(60), 1.645);
        if (change !== undefined && change.p <= 0.01) found++;
      }
      // One in a hundred may be; more than 20 in a thousand are an accident once in five hundred times.
      assert.ok(found <= 20, `${found}`);
    });
  }
});

import assert from 'node:assert/strict';
import { runChecks } from '../../../../src/data/checks/checks';
import { contextOf, profileOf, textsOf } from './handMade';

type Counts = Readonly<Record<string, number>>;

const BEFORE: Counts = { inland: 3200, coast: 4400, bay: 1100, island: 1300 };

/** Severity and rule of what is found in a column whose domain somebody has confirmed. */
function found(
  after: Counts,
  before: Counts = BEFORE,
  allow?: readonly string[],
): readonly string[] {
  const rows = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + n, 0);
  const context = contextOf({
    current: profileOf(rows(after), [textsOf('place', after)]),
    reference: profileOf(rows(before), [textsOf('place', before)]),
    schema: {
      columns: [
        {
          name: 'place',
          type: 'string',
          values: Object.keys(BEFORE),
          ...(allow === undefined ? {} : { allow }),
        },
      ],
    },
  });
  return runChecks(context).map(({ severity, rule }) => `${severity} ${rule}`);
}

describe('A value outside the domain that is the whole change of a distribution', () => {
  it('is an error once, where it came to what was there', () => {
    assert.deepEqual(found({ ...BEFORE, desert: 2500 }), ['error category-unknown', 'info drift']);
  });

  it('is an error once, where it took the place of a part of a known value, or of all of it', () => {
    assert.deepEqual(found({ ...BEFORE, inland: 1700, inlnd: 1500 }), [
      'error category-unknown',
      'info drift',
    ]);
    const { inland, ...others } = BEFORE;
    assert.deepEqual(found({ ...others, inlnd: inland ?? 0 }), [
      'error category-unknown',
      'info drift',
    ]);
  });

  it('is told beside the drift of known values that it does not explain', () => {
    // The coast lost to the bay what no new value has taken.
    assert.deepEqual(found({ ...BEFORE, coast: 2200, bay: 3300, desert: 2500 }), [
      'error category-unknown',
      'error drift',
    ]);
  });

  it('leaves the drift an error where the values outside the domain are allowed', () => {
    assert.deepEqual(found({ ...BEFORE, desert: 2500 }, BEFORE, ['category-unknown']), [
      'error drift',
    ]);
  });

  it('can be in the baseline already: more of it is then the change', () => {
    const before = { ...BEFORE, desert: 100 };
    assert.deepEqual(found({ ...BEFORE, desert: 2500 }, before), [
      'error category-unknown',
      'info drift',
    ]);
  });
});

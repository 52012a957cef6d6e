import assert from 'node:assert/strict';
import { runChecks } from '../../../../src/data/checks/checks';
import { classImbalance } from '../../../../src/data/checks/learning/classImbalance';
import { conflictingLabels } from '../../../../src/data/checks/learning/conflictingLabels';
import { targetLeak } from '../../../../src/data/checks/learning/targetLeak';
import { duplicateRows } from '../../../../src/data/checks/rows/duplicateRows';
import { keyNotUnique } from '../../../../src/data/checks/rows/keyNotUnique';
import { rowsSortedByLabel } from '../../../../src/data/checks/rows/rowsSortedByLabel';
import type { Finding } from '../../../../src/data/finding';
import type {
  Association,
  ColumnProfile,
  LabelFacts,
  Profile,
  RowFacts,
} from '../../../../src/data/profile/profile';
import type { Schema } from '../../../../src/data/schema/schema';
import { contextOf, findBy, profileOf, tell, textsOf } from './handMade';

function withFacts(rows: number, facts: RowFacts, columns: readonly ColumnProfile[] = []): Profile {
  return profileOf(rows, columns, { facts });
}

const SCHEMA: Schema = { columns: [] };

/** Severity and message of all findings, for short. */
function say(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, message }) => `${severity}: ${message}`);
}

describe('duplicate-rows', () => {
  const judge = (now: number, before?: number, schema?: Schema) =>
    findBy(duplicateRows, {
      current: withFacts(1000, { duplicates: now }),
      ...(before === undefined ? {} : { reference: withFacts(1000, { duplicates: before }) }),
      ...(schema && { schema }),
    });

  it('holds the limit of the schema before the past', () => {
    assert.deepEqual(judge(10, 0, { ...SCHEMA, duplicates: 0.01 }), []);
    const [found] = judge(11, 500, { ...SCHEMA, duplicates: 0.01 });
    assert.equal(
      found?.message,
      '1.10 % (11 of 1,000) of the rows are the same as an earlier one; at most 1.00 % allowed.',
    );
    assert.equal(found.severity, 'error');
    assert.deepEqual(found.fix?.edit, { action: 'set', path: ['duplicates'], value: 0.011 });
    assert.match(judge(1, 0, { ...SCHEMA, duplicates: 0 })[0]?.message ?? '', /; none allowed\.$/);
  });

  /** The lower bounds by statsmodels 0.14: `confint_proportions_2indep(method='newcomb')`, 99 %. */
  it('tells an increase that is certain and matters', () => {
    const few = judge(20, 0);
    assert.deepEqual(tell(few), ['warning']);
    assert.ok(Math.abs((few[0]?.effect?.lower ?? 0) - 0.009137) < 1e-4);
    assert.match(few[0]?.message ?? '', /; none before\.$/);
    assert.deepEqual(tell(judge(200, 100)), ['error']);
    assert.ok(Math.abs((judge(200, 100)[0]?.effect?.lower ?? 0) - 0.059131) < 1e-4);
    assert.deepEqual([...judge(2, 0), ...judge(100, 100), ...judge(0, 100)], []);
  });

  it('on a first look tells that there are some, but not of what has few different rows', () => {
    assert.deepEqual(tell(judge(3)), ['info']);
    assert.deepEqual([...judge(0), ...judge(501)], []);
    assert.deepEqual(findBy(duplicateRows, { current: profileOf(9, []) }), []);
  });
});

describe('key-not-unique', () => {
  const key = {
    columns: ['id'],
    duplicates: 3,
    nulls: 2,
    samples: [
      { value: '7', count: 3 },
      { value: '8', count: 2 },
    ],
  };

  it('tells keys that repeat and rows without one', () => {
    const found = findBy(keyNotUnique, { current: withFacts(100, { key, uniques: [key] }) });
    assert.deepEqual(say(found), [
      'error: "id" is not unique: 3.00 % (3 of 100) of the rows have one that an earlier row has: "7" (3 rows) and "8" (2 rows).',
      'error: "id" is missing in 2.00 % (2 of 100) of the rows.',
    ]);
    assert.deepEqual(found[0]?.samples, ['7', '8']);
    assert.deepEqual(found[0].where, { kind: 'repeated', columns: ['id'] });
    assert.deepEqual(found[0].fix?.edit.path, ['columns', 'id', 'allow']);
  });

  it('lets a column that is only unique have missing values', () => {
    const unique = { ...key, columns: ['code'], duplicates: 0 };
    assert.deepEqual(findBy(keyNotUnique, { current: withFacts(100, { uniques: [unique] }) }), []);
    const [found] = findBy(keyNotUnique, {
      current: withFacts(100, { uniques: [{ ...unique, duplicates: 1 }] }),
    });
    assert.deepEqual(found?.fix?.edit, { action: 'remove', path: ['columns', 'code', 'unique'] });
    assert.equal(found.fix.accept, 'key-not-unique:code');
  });

  it('names a key of several columns', () => {
    const two = { ...key, columns: ['a', 'b'], nulls: 0 };
    const [found] = findBy(keyNotUnique, { current: withFacts(100, { key: two }) });
    assert.match(found?.message ?? '', /^The key "a", "b" is not unique/);
    assert.equal(found?.column, undefined);
  });
});

describe('repeated rows of which each has a key', () => {
  const rulesOf = (duplicates: number, repeatedKeys: number): readonly string[] => {
    const key = { columns: ['id'], duplicates: repeatedKeys, nulls: 0, samples: [] };
    const current = withFacts(1000, { duplicates, key }, [textsOf('id', { a: 1000 })]);
    const reference = withFacts(1000, { duplicates: 0 }, [textsOf('id', { a: 1000 })]);
    return runChecks(contextOf({ current, reference })).map(({ rule }) => rule);
  };

  it('are told once, unless more keys repeat than rows', () => {
    assert.deepEqual(rulesOf(30, 30), ['key-not-unique']);
    assert.deepEqual(rulesOf(30, 31), ['key-not-unique', 'duplicate-rows']);
  });
});

function labelled(label: Partial<LabelFacts>): LabelFacts {
  return { column: 'y', changes: 500, conflicting: 0, associations: [], ...label };
}

const HALVES = [
  { value: 'a', count: 500 },
  { value: 'b', count: 500 },
];

describe('rows-sorted-by-label', () => {
  const profile = (changes: number, classes: LabelFacts['classes'] = HALVES) =>
    withFacts(1000, { label: labelled({ changes, ...(classes && { classes }) }) });

  /** Of two halves of 1,000 rows half of the neighbours differ: 500 changes, of which 5 % are 25. */
  it('warns where the rows became sorted', () => {
    const [found] = findBy(rowsSortedByLabel, { current: profile(1), reference: profile(490) });
    assert.equal(found?.severity, 'warning');
    assert.equal(
      found.message,
      'The rows are sorted by "y": it changes 1 time from one row to the next, where rows in a random order change about 500 times.',
    );
    assert.deepEqual(tell(findBy(rowsSortedByLabel, { current: profile(24) })), ['info y']);
    assert.deepEqual(findBy(rowsSortedByLabel, { current: profile(25) }), []);
  });

  it('only tells where they were so before, and warns where nobody knows', () => {
    const sorted = { current: profile(1), schema: SCHEMA };
    assert.deepEqual(tell(findBy(rowsSortedByLabel, sorted)), ['warning y']);
    assert.deepEqual(tell(findBy(rowsSortedByLabel, { ...sorted, reference: profile(3) })), [
      'info y',
    ]);
  });

  it('says nothing of test data, of one class, of numbers and of small tables', () => {
    const judge = (current: Profile, role: 'train' | 'test' = 'train') =>
      findBy(rowsSortedByLabel, { current, dataset: { role } });
    assert.deepEqual(judge(profile(1), 'test'), []);
    assert.deepEqual(judge(profile(0, [{ value: 'a', count: 1000 }])), []);
    assert.deepEqual(judge(withFacts(1000, { label: labelled({ changes: 0 }) })), []);
    const small = [
      { value: 'a', count: 15 },
      { value: 'b', count: 15 },
    ];
    assert.deepEqual(judge(profile(0, small)), []);
  });
});

describe('target-leak', () => {
  const judge = (
    associations: readonly Association[],
    {
      classes = HALVES,
      schema,
      role = 'train' as const,
    }: {
      classes?: LabelFacts['classes'];
      schema?: Schema;
      role?: 'train' | 'test';
    } = {},
  ) =>
    findBy(targetLeak, {
      current: withFacts(1000, { label: labelled({ associations, ...(classes && { classes }) }) }, [
        textsOf('y', { a: 500, b: 500 }),
      ]),
      ...(schema && { schema }),
      dataset: { role },
    });

  it('tells the column on a first look, and fails where it is certain', () => {
    const leak = { column: 'x', score: 0.995, auc: 0.9999 };
    assert.deepEqual(tell(judge([leak])), ['info x']);
    const [found] = judge([leak], { schema: SCHEMA });
    assert.equal(found?.severity, 'error');
    assert.equal(
      found.message,
      '"x" alone tells "y": 99.5 % of what there is to know about it, an area under the ROC curve of 0.9999. Is it known before the label is?',
    );
    assert.deepEqual(found.fix?.edit.path, ['columns', 'x', 'allow']);
  });

  it('warns where it may be an honest column', () => {
    const good = { column: 'x', score: 0.8, auc: 0.992 };
    // Hanley and McNeil: the error of 0.992 with 500 and 500 rows is 0.0029, so that the bound is below 0.99.
    assert.deepEqual(tell(judge([good], { schema: SCHEMA })), ['warning x']);
    assert.deepEqual(judge([{ column: 'x', score: 0.78, auc: 0.985 }], { schema: SCHEMA }), []);
    assert.deepEqual(judge([{ column: 'x', score: 0.3, auc: 0.995 }], { schema: SCHEMA }), []);
  });

  it('names what is missing as the cause', () => {
    const missing = { score: 0.98, auc: 0.995 };
    const [found] = judge([{ column: 'x', score: 0.99, auc: 1, missing }], { schema: SCHEMA });
    assert.match(found?.message ?? '', /^Whether "x" is missing alone tells "y"/);
    assert.deepEqual(found?.where, { kind: 'missing', column: 'x' });
  });

  it('takes the share of a label of several classes or of numbers', () => {
    const three = [...HALVES, { value: 'c', count: 5 }];
    const settings = { classes: three, schema: SCHEMA };
    assert.deepEqual(tell(judge([{ column: 'x', score: 0.93 }], settings)), ['warning x']);
    assert.deepEqual(tell(judge([{ column: 'x', score: 0.98 }], settings)), ['error x']);
    assert.deepEqual(judge([{ column: 'x', score: 0.89 }], settings), []);
  });

  it('says nothing of test data and of few rows', () => {
    const leak = { column: 'x', score: 1, auc: 1 };
    assert.deepEqual(judge([leak], { role: 'test' }), []);
    const few = [
      { value: 'a', count: 971 },
      { value: 'b', count: 29 },
    ];
    assert.deepEqual(judge([leak], { classes: few }), []);
  });
});

describe('conflicting-labels', () => {
  const profile = (conflicting: number) =>
    withFacts(1000, { label: labelled({ conflicting, classes: HALVES }) });

  it('warns where more than 1 % conflict and they became more, else tells', () => {
    const judge = (now: number, before?: number) =>
      tell(
        findBy(conflictingLabels, {
          current: profile(now),
          ...(before === undefined ? {} : { reference: profile(before) }),
        }),
      );
    assert.deepEqual(judge(30, 5), ['warning y']);
    assert.deepEqual(
      [judge(30), judge(30, 28), judge(9, 0), judge(0, 5)],
      [['info y'], ['info y'], ['info y'], []],
    );
    const numbers = withFacts(1000, { label: labelled({ conflicting: 30 }) });
    assert.deepEqual(findBy(conflictingLabels, { current: numbers }), []);
  });
});

describe('class-imbalance', () => {
  const profile = (rare: number) =>
    withFacts(1000, {
      label: labelled({
        classes: [
          { value: 'often', count: 1000 - rare },
          { value: 'rare', count: rare },
        ],
      }),
    });
  const judge = (now: number, before?: number) =>
    findBy(classImbalance, {
      current: profile(now),
      ...(before === undefined ? {} : { reference: profile(before) }),
    });

  it('warns where the rarest class has half of its share', () => {
    assert.deepEqual(say(judge(100, 250)), [
      'warning: "rare" is the rarest class of "y": 10.0 % (100 of 1,000) of the rows; 25.0 % before.',
    ]);
    assert.deepEqual(judge(130, 250), []);
    // Of 10 of 1,000 rows that became 4 nobody knows.
    assert.deepEqual(tell(judge(4, 10)), ['info y']);
    assert.deepEqual(judge(0, 250)[0]?.severity, 'warning');
  });

  it('tells a class of less than a tenth of its equal share', () => {
    assert.deepEqual(tell(judge(49)), ['info y']);
    assert.deepEqual(judge(50), []);
  });

  it('is not told where the drift of the label is', () => {
    const y = (rare: number) => textsOf('y', { often: 1000 - rare, rare });
    const findings = runChecks(
      contextOf({
        current: { ...profile(100), columns: [y(100)] },
        reference: { ...profile(250), columns: [y(250)] },
        dataset: { label: 'y' },
      }),
    );
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['label-drift'],
    );
  });
});

import assert from 'node:assert/strict';
import { groupOverlap } from '../../../../src/data/checks/learning/groupOverlap';
import { keyOverlap } from '../../../../src/data/checks/learning/keyOverlap';
import { labelUnknown } from '../../../../src/data/checks/learning/labelUnknown';
import { timeLeak } from '../../../../src/data/checks/learning/timeLeak';
import { trainServingSkew } from '../../../../src/data/checks/learning/trainServingSkew';
import { trainTestOverlap } from '../../../../src/data/checks/learning/trainTestOverlap';
import type { PairCheck, PairContext } from '../../../../src/data/checks/pairCheck';
import { runPairChecks } from '../../../../src/data/checks/checks';
import type { Finding } from '../../../../src/data/finding';
import type { OverlapFacts, PairFacts, TimeFacts } from '../../../../src/data/profile/pairFacts';
import type { Profile } from '../../../../src/data/profile/profile';
import { schemaOfReference } from '../../../../src/data/schema/inferSchema';
import { datasetOf } from '../dataFixtures';
import { seeded } from '../seeded';
import { numbersOf, profileOf, tell, textsOf } from './handMade';

const range = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

const NUMBERS = profileOf(
  1000,
  ['a', 'b', 'c'].map((name) => numbersOf(name, range(1000))),
);

interface Made extends Partial<Omit<PairContext, 'dataset' | 'train'>> {
  readonly dataset?: Partial<PairContext['dataset']>;
  readonly train?: Profile;
}

function contextOf({ dataset, train = NUMBERS, ...more }: Made): PairContext {
  const current = more.current ?? NUMBERS;
  return {
    dataset: datasetOf('csv', { name: 'test', role: 'test', ...dataset }),
    current,
    schema: schemaOfReference(current),
    train: { dataset: datasetOf('csv', { label: 'y' }), profile: train },
    facts: {},
    ...more,
  };
}

function findBy(check: PairCheck, made: Made): readonly Finding[] {
  return check.find(contextOf(made));
}

const overlapOf = (facts: Partial<OverlapFacts>): PairFacts => ({
  overlap: {
    columns: ['a', 'b', 'c'],
    rows: 0,
    of: 1000,
    train: 1000,
    once: { own: 1000, train: 1000 },
    samples: [],
    ...facts,
  },
});

describe('train-test-overlap', () => {
  const found = (facts: Partial<OverlapFacts>, train?: Profile): readonly string[] =>
    tell(findBy(trainTestOverlap, { facts: overlapOf(facts), ...(train && { train }) }));

  it('is an error from 5 % of rows on and a warning from 1 %, where that is certain', () => {
    // Newcombe's lower bounds of so many of 1000 against none of 1000, by statsmodels: at z = 3.29 0.0496 for 75 and
    // 0.0538 for 80; at z = 2.326 0.0088 for 18 and 0.0104 for 20.
    assert.deepEqual(found({ rows: 80 }), ['error']);
    assert.deepEqual(found({ rows: 75 }), ['warning']);
    assert.deepEqual(found({ rows: 20 }), ['warning']);
    assert.deepEqual(found({ rows: 18 }), []);
    assert.deepEqual(found({ rows: 0 }), []);
  });

  it('says how many rows, and how many with their label', () => {
    const samples = [{ value: '1, 2', count: 3 }];
    const [finding] = findBy(trainTestOverlap, {
      facts: overlapOf({ rows: 80, withLabel: 78, samples }),
    });
    assert.equal(
      finding?.message,
      '80 rows of 1,000 (8.00 %) are also in the training data "train", by "a", "b" and "c", 78 of them with the same label. By chance it would be none.',
    );
    assert.deepEqual(finding.samples, ['1, 2']);
    assert.deepEqual(finding.fix?.edit, {
      action: 'append',
      path: ['allow'],
      values: ['train-test-overlap'],
    });
  });

  it('expects as many rows as the training rows repeat each other', () => {
    assert.deepEqual(found({ rows: 400, once: { own: 600, train: 600 } }), []);
    assert.deepEqual(found({ rows: 600, once: { own: 600, train: 600 } }), ['error']);
  });

  it('is not deceived by training rows that were copied', () => {
    assert.deepEqual(found({ rows: 200, train: 2000, once: { own: 1000, train: 0 } }), ['error']);
  });

  it('expects few combinations to occur again, also where repetitions were taken out', () => {
    const sexes = textsOf('a', { male: 9, female: 9 });
    const classes = textsOf('b', { first: 6, second: 6, third: 6 });
    const distinct = { rows: 6, of: 6, train: 6, once: { own: 6, train: 6 } };
    assert.deepEqual(
      found({ ...distinct, columns: ['a', 'b'] }, profileOf(18, [sexes, classes])),
      [],
    );
  });

  /** A table like those of passengers or mushrooms: few values each, which depend on each other. */
  function drawTable(rows: number, columns: number, random: () => number): readonly string[] {
    return range(rows).map(() => {
      const kind = Math.floor(random() ** 2 * 5);
      return range(columns)
        .map(() => (random() < 0.7 ? kind : Math.floor(random() * 4)))
        .join();
    });
  }

  function factsOf(own: readonly string[], train: readonly string[]): Partial<OverlapFacts> {
    const counts = (rows: readonly string[]) => {
      const seen = new Map<string, number>();
      for (const row of rows) seen.set(row, (seen.get(row) ?? 0) + 1);
      return seen;
    };
    const [ownCounts, trainCounts] = [counts(own), counts(train)];
    const once = (seen: ReadonlyMap<string, number>) =>
      [...seen.values()].filter((count) => count === 1).length;
    return {
      rows: own.filter((row) => trainCounts.has(row)).length,
      of: own.length,
      train: train.length,
      once: { own: once(ownCounts), train: once(trainCounts) },
    };
  }

  it('stays silent on random divisions of tables with few values, and finds leaked rows in them', () => {
    const random = seeded(11);
    let warnings = 0;
    let errors = 0;
    let caught = 0;
    let trials = 0;
    for (const columns of [2, 4, 6, 8, 12]) {
      for (const rows of [60, 200, 1000]) {
        for (let trial = 0; trial < 40; trial += 1) {
          const all = drawTable(rows, columns, random);
          const cut = Math.round(rows * 0.8);
          const [train, own] = [all.slice(0, cut), all.slice(cut)];
          const said = found(factsOf(own, train));
          warnings += said.includes('warning') ? 1 : 0;
          errors += said.includes('error') ? 1 : 0;
          if (columns < 12 || rows < 1000) continue;
          trials += 1;
          const leaked = [...own, ...train.slice(0, Math.round(own.length / 5))];
          caught += found(factsOf(leaked, train)).length;
        }
      }
    }
    assert.equal(errors, 0);
    assert.ok(warnings <= 6, `${warnings} of 600`);
    assert.ok(caught >= 0.95 * trials, `${caught} of ${trials}`);
  });
});

describe('key-overlap and group-overlap', () => {
  const shared = {
    column: 'a',
    shared: 2,
    of: 50,
    rows: 3,
    samples: [
      { value: '7', count: 2 },
      { value: '9', count: 1 },
    ],
  };

  it('are errors that name what both have', () => {
    const [key] = findBy(keyOverlap, { facts: { keys: shared } });
    assert.equal(key?.severity, 'error');
    assert.equal(
      key.message,
      '2 keys of 50 in "a" (3 rows) are also in the training data "train": "7" and "9". The model was trained on what it is tested with.',
    );
    assert.deepEqual(key.samples, ['7', '9']);
    assert.deepEqual(key.effect, { value: 0.04, unit: 'share', threshold: 0 });
    const [group] = findBy(groupOverlap, { facts: { groups: { ...shared, shared: 1 } } });
    assert.equal(group?.severity, 'error');
    assert.match(group.message, /^1 group of 50 in "a" \(3 rows\) is also in the training data/);
  });

  it('find nothing where nothing is shared', () => {
    const none = { ...shared, shared: 0, rows: 0, samples: [] };
    assert.deepEqual(findBy(keyOverlap, { facts: { keys: none } }), []);
    assert.deepEqual(findBy(groupOverlap, { facts: { groups: none } }), []);
    assert.deepEqual(findBy(keyOverlap, { facts: {} }), []);
  });

  it('only tell that both are numbered from the same number on', () => {
    const numbered = (count: number, from = 0): Profile =>
      profileOf(count, [numbersOf('a', range(count, from), { unique: true })]);
    const told = (current: Profile, train: Profile) =>
      tell(findBy(keyOverlap, { facts: { keys: shared }, current, train }));
    assert.deepEqual(told(numbered(50), numbered(200)), ['info a']);
    assert.deepEqual(told(numbered(50, 100), numbered(200)), ['error a']);
  });
});

describe('time-leak', () => {
  const time = (facts: Partial<TimeFacts>): TimeFacts => ({
    column: 'day',
    train: { first: '2024-01-01', last: '2024-06-30' },
    own: { first: '2024-06-01', last: '2024-12-31' },
    before: 30,
    of: 300,
    trainRows: 1000,
    later: 0.98,
    ...facts,
  });
  const told = (...times: readonly TimeFacts[]) => tell(findBy(timeLeak, { facts: { times } }));

  it('warns where the data were divided in time, but not cleanly', () => {
    const [finding] = findBy(timeLeak, { facts: { times: [time({})] } });
    assert.equal(finding?.severity, 'warning');
    assert.equal(
      finding.message,
      'By "day" this dataset is what came after the training data "train", but 30 rows of 300 (10.0 %) are earlier than the last training row (2024-06-30).',
    );
  });

  it('finds nothing in a clean division, a random one, and one that small data make by chance', () => {
    assert.deepEqual(told(time({ before: 0, later: 1 })), []);
    assert.deepEqual(told(time({ before: 298, later: 0.51 })), []);
    assert.deepEqual(told(time({ before: 2, of: 3, later: 0.92 })), []);
  });

  it('looks at the column by which the data were divided', () => {
    const random = time({ column: 'birth', before: 299, later: 0.5 });
    const divided = time({ column: 'day', before: 0, later: 1 });
    const blurred = time({ column: 'edited', before: 40, later: 0.95 });
    assert.deepEqual(told(random, divided, blurred), []);
    assert.deepEqual(told(random, blurred), ['warning edited']);
  });
});

describe('label-unknown', () => {
  const labels = {
    column: 'y',
    rows: 3,
    of: 100,
    different: 1,
    samples: [{ value: 'maybe', count: 3 }],
    known: [
      { value: 'yes', count: 60 },
      { value: 'no', count: 1 },
    ],
  };

  it('is an error that names the labels and those of the training data', () => {
    const [finding] = findBy(labelUnknown, { facts: { labels } });
    assert.equal(finding?.severity, 'error');
    assert.equal(
      finding.message,
      '3 rows of 100 have a label in "y" that the training data "train" never have: "maybe" (3 rows).',
    );
    assert.equal(finding.expected, '"yes" and "no"');
    const none = { ...labels, rows: 0, different: 0, samples: [] };
    assert.deepEqual(findBy(labelUnknown, { facts: { labels: none } }), []);
  });

  it('takes whole numbers of which some occur once for amounts', () => {
    const train = profileOf(61, [numbersOf('y', range(61), { type: 'integer' })]);
    assert.deepEqual(findBy(labelUnknown, { facts: { labels }, train }), []);
    const known = labels.known.map(({ value }) => ({ value, count: 30 }));
    assert.deepEqual(
      tell(findBy(labelUnknown, { facts: { labels: { ...labels, known } }, train })),
      ['error y'],
    );
  });
});

describe('train-serving-skew', () => {
  const random = seeded(5);
  const draw = (shift: number): number[] => range(2000).map(() => random() + shift);
  const age = numbersOf('age', draw(0));
  const train = profileOf(2000, [age, textsOf('city', { bern: 1000, rome: 1000 })]);
  const production = { role: 'production' } as const;

  it('is drift from the training data, in production only', () => {
    const current = profileOf(2000, [
      numbersOf('age', draw(0.5), {}, age),
      textsOf('city', { bern: 1010, rome: 990 }),
    ]);
    const [finding, ...others] = findBy(trainServingSkew, { dataset: production, current, train });
    assert.deepEqual(others, []);
    assert.equal(finding?.severity, 'error');
    assert.match(
      finding.message,
      /^The values of "age" are distributed differently than in the training data "train": /,
    );
    assert.equal(finding.fix?.accept, 'train-serving-skew:age');
    assert.deepEqual(findBy(trainServingSkew, { current, train }), []);
    const named = { ...production, baseline: 'train' };
    assert.deepEqual(findBy(trainServingSkew, { dataset: named, current, train }), []);
  });

  it('finds nothing in more of the same', () => {
    const current = profileOf(2000, [
      numbersOf('age', draw(0), {}, age),
      textsOf('city', { bern: 990, rome: 1010 }),
    ]);
    assert.deepEqual(findBy(trainServingSkew, { dataset: production, current, train }), []);
  });

  it('warns of features that are missing or of another type, and accepts that without a new demand', () => {
    const current = profileOf(2000, [textsOf('age', { young: 1000, old: 1000 })]);
    const made = { dataset: production, current, train };
    const findings = findBy(trainServingSkew, made);
    assert.deepEqual(tell(findings), ['warning age', 'warning city']);
    assert.deepEqual(findings[1]?.fix?.edit, {
      action: 'set',
      path: ['columns', 'city'],
      value: { required: false, allow: ['train-serving-skew'] },
    });
    const columns = ['age', 'city'].map((name) => ({ name, allow: ['train-serving-skew'] }));
    assert.deepEqual(runPairChecks(contextOf({ ...made, schema: { columns } })), []);
  });
});

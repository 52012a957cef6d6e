import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoteLiteral } from '../../../src/base/escape';
import { openDatabase } from '../../../src/data/engine/database';
import { measurePair } from '../../../src/data/engine/pair/measurePair';
import type { PairAsk, PairColumn, PairKind } from '../../../src/data/profile/pairAsk';
import type { PairFacts } from '../../../src/data/profile/pairFacts';
import type { DatasetFormat } from '../../../src/project/project';
import { writeData } from './dataFixtures';

interface Side {
  readonly path: string;
  readonly format: DatasetFormat;
}

async function measure(own: Side, train: Side, ask: PairAsk, threads = 2): Promise<PairFacts> {
  const [files, others] = [own, train].map(({ path }) => [{ path, shown: path }]);
  assert.ok(files !== undefined && others !== undefined);
  const database = await openDatabase(files, threads, undefined, undefined, [others]);
  try {
    const { format } = own;
    const other = { dataset: 'train', files: others, format: train.format };
    return await measurePair(database, { format, train: other, ask }, () => {});
  } finally {
    await database.close();
  }
}

function csv(text: string): Side {
  return { path: writeData(text), format: 'csv' };
}

/** The same table as Parquet, with types of its own. */
async function parquet(select: string): Promise<Side> {
  const database = await openDatabase([]);
  const path = join(database.scratch, 'made.parquet');
  await database.connection.run(`COPY (${select}) TO ${quoteLiteral(path)} (FORMAT parquet)`);
  const kept = writeData(readFileSync(path), 'parquet');
  await database.close();
  return { path: kept, format: 'parquet' };
}

const column = (name: string, kind: PairKind = 'text'): PairColumn => ({ name, kind });

const TRAIN = csv(
  [
    'id,a,"b"";--",y,who,day',
    '1,1,x,yes,ann,2024-01-01',
    '2,1,x,no,ann,2024-01-02',
    '3,2,,yes,bob,2024-01-03',
    '4,3,z,yes,,2024-01-04',
  ].join('\n'),
);
const OWN = csv(
  [
    'day,"b"";--",a,y,id,who',
    '2024-01-03,x,1,no,9,bob', // the features of 1 and 2, the label of 2
    '2024-01-04,,2,no,3,bob', // the features and the key of 3
    '2024-01-05,x,2,maybe,8,',
    '2024-01-06,q,7,,7,eve',
    '2024-01-07,q,7,yes,,ann',
  ].join('\n'),
);
const ASK: PairAsk = {
  features: [column('a', 'integer'), column('b";--')],
  label: column('y'),
  classes: true,
  key: column('id', 'integer'),
  group: column('who'),
  times: [column('day', 'time')],
};

/** Counted by hand on the rows above. */
const FACTS: PairFacts = {
  overlap: {
    columns: ['a', 'b";--'],
    rows: 2,
    withLabel: 1,
    of: 5,
    train: 4,
    once: { own: 3, train: 2 },
    samples: [
      { value: '1, x', count: 1 },
      { value: '2, ', count: 1 },
    ],
  },
  keys: { column: 'id', shared: 1, of: 4, rows: 1, samples: [{ value: '3', count: 1 }] },
  groups: {
    column: 'who',
    shared: 2,
    of: 3,
    rows: 3,
    samples: [
      { value: 'bob', count: 2 },
      { value: 'ann', count: 1 },
    ],
  },
  times: [
    {
      column: 'day',
      train: { first: '2024-01-01 00:00:00', last: '2024-01-04 00:00:00' },
      own: { first: '2024-01-03 00:00:00', last: '2024-01-07 00:00:00' },
      before: 1,
      of: 5,
      trainRows: 4,
      // Of 20 pairs 17 are later (2, 3 and three times 4) and two are equal.
      later: (2 + 0.5 + 3 + 0.5 + 3 * 4) / 20,
    },
  ],
  labels: {
    column: 'y',
    rows: 1,
    of: 4,
    different: 1,
    samples: [{ value: 'maybe', count: 1 }],
    known: [
      { value: 'yes', count: 3 },
      { value: 'no', count: 1 },
    ],
  },
};

describe('the facts of two datasets', function () {
  this.timeout(60_000);

  for (const threads of [1, 2, 4]) {
    it(`are counted with ${threads} threads, whatever the order of the columns`, async () => {
      assert.deepEqual(await measure(OWN, TRAIN, ASK, threads), FACTS);
    });
  }

  it('are those of what was asked for', async () => {
    assert.deepEqual(await measure(OWN, TRAIN, { features: [] }), {});
    const { overlap } = await measure(OWN, TRAIN, { features: [column('a', 'integer')] });
    assert.deepEqual(overlap, {
      columns: ['a'],
      rows: 3,
      of: 5,
      train: 4,
      once: { own: 1, train: 2 },
      samples: [
        { value: '2', count: 2 },
        { value: '1', count: 1 },
      ],
    });
  });

  it('find a row again in another format, with other types of the same values', async () => {
    const text = csv(
      ['n,f,s,t,b,w', '1,0.5,0.1,2024-05-01,true,a', '2,-0.0,0.3,2024-05-02,false,b'].join('\n'),
    );
    const columnar = await parquet(`
      SELECT 1::TINYINT AS n, 0.5::DECIMAL(9, 4) AS f, 0.1::FLOAT AS s,
        TIMESTAMP '2024-05-01' AS t, true AS b, 'a'::VARCHAR AS w
      UNION ALL SELECT 2, 0, 0.3, TIMESTAMP '2024-05-02', false, 'b'`);
    const features = [
      column('n', 'integer'),
      column('f', 'number'),
      column('s', 'single'),
      column('t', 'time'),
      column('b', 'boolean'),
      column('w'),
    ];
    for (const [own, train] of [
      [text, columnar],
      [columnar, text],
    ] as const) {
      const { overlap } = await measure(own, train, { features });
      assert.equal(overlap?.rows, 2);
    }
  });

  it('have a missing value be the same as a missing one, but no key', async () => {
    const one = csv('k,a\n,1\n5,');
    const two = csv('k,a\n,\n,1');
    const facts = await measure(one, two, {
      features: [column('a', 'integer')],
      key: column('k', 'integer'),
    });
    assert.equal(facts.overlap?.rows, 2);
    assert.deepEqual(facts.keys, { column: 'k', shared: 0, of: 1, rows: 0, samples: [] });
  });
});

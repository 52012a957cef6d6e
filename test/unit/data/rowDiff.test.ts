import assert from 'node:assert/strict';
import { openDatabase } from '../../../src/data/engine/database';
import { DataError } from '../../../src/data/engine/dataError';
import { diffRows } from '../../../src/data/engine/diff/diffRows';
import type { RowDiff } from '../../../src/data/rowDiff/rowDiff';
import type { DatasetFormat } from '../../../src/project/project';
import { csvOf, writeData } from './dataFixtures';
import { seeded } from './seeded';

interface Version {
  readonly path: string;
  readonly format: DatasetFormat;
}

const csv = (text: string): Version => ({ path: writeData(text), format: 'csv' });

async function diff(
  from: Version,
  to: Version,
  key: readonly string[] = [],
  threads = 2,
): Promise<RowDiff> {
  const [files, others] = [to, from].map(({ path }) => [{ path, shown: path }]);
  assert.ok(files !== undefined && others !== undefined);
  const database = await openDatabase(files, threads, undefined, undefined, [others]);
  try {
    const past = { dataset: 'data', files: others, format: from.format };
    return await diffRows(database, { dataset: 'data', format: to.format, past, key }, () => {});
  } finally {
    await database.close();
  }
}

const BEFORE = csv(
  [
    'id,"a"";--",b,old',
    '1,x,0.5,1',
    '2,y,,1',
    '3,z,2.5,1',
    '4,z,2.5,1',
    ',n,1,1',
    '9,d,1,1',
    '9,d,1,1',
  ].join('\n'),
);
const NOW = csv(
  [
    'new,id,b,"a"";--"',
    'q,3,2.5,z', // the same
    'q,1,0.75,x', // b
    'q,2,1.5,yy', // both
    'q,5,7,w', // added; 4 was removed
    'q,,1,n', // the same, without a key
    'q,9,1,d', // one of two
    'q,9,2,d', // added, for its key repeats; the second of the two was removed
  ].join('\n'),
);

/** Counted by hand on the rows above. */
const BY_KEY: RowDiff = {
  from: 7,
  to: 7,
  key: ['id'],
  keyless: { from: 3, to: 3 },
  added: 2,
  removed: 2,
  changed: 2,
  same: 3,
  columns: { added: ['new'], removed: ['old'], retyped: [] },
  changes: [
    { column: 'b', count: 2 },
    { column: 'a";--', count: 1 },
  ],
  samples: {
    columns: ['id', 'b', 'a";--'],
    added: [
      { row: 4, values: ['5', '7.0', 'w'] },
      { row: 7, values: ['9', '2.0', 'd'] },
    ],
    removed: [
      { row: 4, values: ['4', '2.5', 'z'] },
      { row: 7, values: ['9', '1.0', 'd'] },
    ],
    changed: [
      { from: 1, to: 2, key: ['1'], values: [{ column: 'b', from: '0.5', to: '0.75' }] },
      {
        from: 2,
        to: 3,
        key: ['2'],
        values: [
          { column: 'b', from: null, to: '1.5' },
          { column: 'a";--', from: 'y', to: 'yy' },
        ],
      },
    ],
  },
};

describe('the difference of two versions', function () {
  this.timeout(120_000);

  for (const threads of [1, 2, 4]) {
    it(`finds rows again by their key with ${threads} threads`, async () => {
      assert.deepEqual(await diff(BEFORE, NOW, ['id'], threads), BY_KEY);
    });
  }

  it('compares whole rows where there is no key, or not in both', async () => {
    for (const key of [[], ['old']]) {
      const { samples, ...counts } = await diff(BEFORE, NOW, key);
      assert.deepEqual(counts, {
        from: 7,
        to: 7,
        added: 4,
        removed: 4,
        changed: 0,
        same: 3,
        columns: BY_KEY.columns,
        changes: [],
      });
      assert.deepEqual(
        samples.added.map(({ row }) => row),
        [2, 3, 4, 7],
      );
      assert.deepEqual(
        samples.removed.map(({ row }) => row),
        [1, 2, 4, 7],
      );
      assert.deepEqual(samples.changed, []);
    }
  });

  it('finds nothing in other orders of rows and columns, other formats and other types of the same values', async () => {
    const text = csv('n,day,on\n1,2024-01-01,true\n2.5,2024-01-02,\n');
    const json: Version = {
      path: writeData(
        '{"day":"2024-01-02","n":2.5,"on":null}\n{"day":"2024-01-01","n":1,"on":true}\n',
        'jsonl',
      ),
      format: 'jsonl',
    };
    const { added, removed, same, columns } = await diff(text, json);
    assert.deepEqual([added, removed, same], [0, 0, 2]);
    assert.deepEqual(columns, { added: [], removed: [], retyped: [] });
  });

  it('tells another type', async () => {
    const { columns, changes, changed, same } = await diff(
      csv('id,v\n1,10\n2,20\n'),
      csv('id,v\n1,10\n2,twenty\n'),
      ['id'],
    );
    assert.deepEqual(columns.retyped, [{ column: 'v', from: 'integer', to: 'string' }]);
    assert.deepEqual([changed, same], [1, 1]);
    assert.deepEqual(changes, [{ column: 'v', count: 1 }]);
  });

  it('has the numbers of a column as they are where one wrong text makes them texts', async () => {
    const found = await diff(
      csv('k,v\n1,35.0\n2,36.5\n3,1e3\n'),
      csv('k,v\n1,35\n2,abc\n3,1000.0\n'),
      ['k'],
    );
    assert.deepEqual(
      found.samples.changed.map(({ values }) => values),
      [[{ column: 'v', from: '36.5', to: 'abc' }]],
    );
    assert.equal(found.same, 2);
  });

  it('shows at most 20 rows of each kind, and of long values the beginning', async () => {
    const rows = (count: number, value: string) =>
      csv(
        csvOf(
          ['id', 'v'],
          Array.from({ length: count }, (_, id) => [id, value]),
        ),
      );
    const { changed, samples } = await diff(rows(30, 'a'.repeat(300)), rows(60, 'b'), ['id']);
    assert.equal(changed, 30);
    assert.deepEqual([samples.changed.length, samples.added.length], [20, 20]);
    assert.equal(samples.changed[0]?.values[0]?.from, 'a'.repeat(200));
    assert.equal(samples.added[0]?.row, 31);
  });

  it('tells the changes of wide tables, with the key of each row', async () => {
    const header = Array.from({ length: 600 }, (_, column) => `c${column}`);
    const wide = (value: number) =>
      header.map((_, column) => (column % 500 === 1 ? value : column));
    const found = await diff(csv(csvOf(header, [wide(7)])), csv(csvOf(header, [wide(8)])), [
      'c599',
    ]);
    const names = ['c1', 'c501'];
    assert.deepEqual(
      found.changes,
      names.map((column) => ({ column, count: 1 })),
    );
    assert.deepEqual(found.samples.changed, [
      {
        from: 1,
        to: 1,
        key: ['599'],
        values: names.map((column) => ({ column, from: '7', to: '8' })),
      },
    ]);
  });

  it('is a problem where no column is in both', async () => {
    await assert.rejects(diff(csv('a\n1\n'), csv('b\n1\n')), (error) => {
      assert.ok(error instanceof DataError);
      assert.equal(error.problem.code, 'columns-differ');
      return true;
    });
  });

  it('counts as a plain comparison of all rows does', async () => {
    const random = seeded(8);
    const draw = () =>
      Array.from({ length: 400 }, () => [Math.floor(random() * 500), Math.floor(random() * 3)]);
    for (let trial = 0; trial < 5; trial += 1) {
      const [before, now] = [draw(), draw()];
      const header = ['id', 'v'];
      const found = await diff(csv(csvOf(header, before)), csv(csvOf(header, now)), ['id']);
      const { changed, same, added, removed } = found;
      assert.deepEqual({ changed, same, added, removed }, compareAll(before, now));
    }
  });
});

type Row = readonly (number | undefined)[];

/** Rows with a single key one by one, then what is left as whole rows, each crossed out once. */
function compareAll(before: readonly Row[], now: readonly Row[]) {
  const having = (rows: readonly Row[], key: number | undefined) =>
    rows.filter(([id]) => id === key);
  const isPaired = ([id]: Row) => having(before, id).length === 1 && having(now, id).length === 1;
  const pairs = before.filter(isPaired).map((row) => [row, having(now, row[0])[0]]);
  const changed = pairs.filter(([a, b]) => a?.[1] !== b?.[1]).length;
  const left = now.filter((row) => !isPaired(row)).map(String);
  let removed = 0;
  for (const row of before.filter((each) => !isPaired(each))) {
    const found = left.indexOf(String(row));
    if (found < 0) removed += 1;
    else left.splice(found, 1);
  }
  const same = before.length - changed - removed;
  return { changed, same, added: left.length, removed };
}

import assert from 'node:assert/strict';
import { openDatabase, type Database } from '../../../src/data/engine/database';
import { countConflicting } from '../../../src/data/engine/facts/countConflicting';
import { countDuplicates } from '../../../src/data/engine/facts/countDuplicates';
import { measureKey } from '../../../src/data/engine/facts/measureKey';
import { openSource } from '../../../src/data/engine/openSource';
import type { SourceColumn } from '../../../src/data/engine/source';
import { writeData } from './dataFixtures';

type Measure<Value> = (database: Database, columns: readonly SourceColumn[]) => Promise<Value>;

async function onText<Value>(text: string, measure: Measure<Value>, threads = 2): Promise<Value> {
  const database = await openDatabase([{ path: writeData(text), shown: 'data.csv' }], threads);
  try {
    return await measure(database, await openSource(database, 'csv'));
  } finally {
    await database.close();
  }
}

function named(columns: readonly SourceColumn[], name: string): SourceColumn {
  const column = columns.find((each) => each.name === name);
  assert.ok(column !== undefined);
  return column;
}

/** Counted by hand. A column's name is hostile on purpose. */
const TEXT = [
  'id,"x""; DROP TABLE data; --",label',
  '1,a,yes',
  '1,a,yes',
  '1,a,no',
  '2,,no',
  '2,,no',
  ',b,yes',
  '3,c,yes',
  '3,c,',
].join('\n');

describe('the facts of rows', function () {
  this.timeout(60_000);

  for (const threads of [1, 2, 4]) {
    it(`count repeated rows, missing values among them, with ${threads} threads`, async () => {
      const count = await onText(
        TEXT,
        ({ connection }, columns) => countDuplicates(connection, columns),
        threads,
      );
      assert.equal(count, 2);
    });
  }

  it('count keys that repeat and rows without one', async () => {
    const facts = await onText(TEXT, ({ connection }, columns) =>
      measureKey(connection, [named(columns, 'id')]),
    );
    assert.deepEqual(facts, {
      columns: ['id'],
      duplicates: 4,
      nulls: 1,
      samples: [
        { value: '1', count: 3 },
        { value: '2', count: 2 },
        { value: '3', count: 2 },
      ],
    });
  });

  it('take a key of several columns together', async () => {
    const facts = await onText('a,b\n1,x\n1,y\n1,x\n,x', ({ connection }, columns) =>
      measureKey(connection, columns),
    );
    assert.deepEqual(facts, {
      columns: ['a', 'b'],
      duplicates: 1,
      nulls: 1,
      samples: [{ value: '1, x', count: 2 }],
    });
  });

  it('count rows that differ in nothing but the label, and no row without a label', async () => {
    const count = await onText(TEXT, ({ connection }, columns) =>
      countConflicting(connection, columns.slice(0, 2), named(columns, 'label')),
    );
    assert.equal(count, 3);
  });
});

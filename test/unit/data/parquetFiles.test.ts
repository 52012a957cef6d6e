import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFile } from '../../../src/data/profile/sourceFile';
import { partitionsOf } from '../../../src/data/engine/hivePath';
import { columnOf, datasetOf, problemOf, profileFiles, writeData } from './dataFixtures';

/** Written by pandas and pyarrow: see make_files.py. */
const file = (name: string): string => join(__dirname, 'files', name);
const PEOPLE = file('people.parquet');

const partitioned = (within: readonly string[]) =>
  profileFiles(
    within.map(() => PEOPLE),
    { format: 'parquet', within },
  );

describe('Parquet files', function () {
  this.timeout(30_000);

  it('have their folders as columns, with the type that all values have', async () => {
    // The same path twice would be one file to a join.
    const copy = writeData(readFileSync(PEOPLE), 'parquet');
    const profile = await profileFiles([PEOPLE, copy], {
      format: 'parquet',
      within: [
        'year=2023/kind=a%2Fb/x.parquet',
        'year=2024/kind=__HIVE_DEFAULT_PARTITION__/x.parquet',
      ],
    });
    assert.equal(profile.rows, 8);
    const year = columnOf(profile, 'year');
    assert.deepEqual([year.type, year.numeric?.min, year.numeric?.max], ['integer', 2023, 2024]);
    const kind = columnOf(profile, 'kind');
    assert.deepEqual([kind.type, kind.nulls], ['string', 4]);
    assert.deepEqual(kind.categories, [{ value: 'a/b', count: 4 }]);
  });

  it('lose a column to the partition of its name', async () => {
    const profile = await partitioned(['id=7/x.parquet']);
    assert.equal(columnOf(profile, 'id').numeric?.max, 7);
    assert.equal(profile.columns.filter(({ name }) => name === 'id').length, 1);
  });

  it('may have different columns', async () => {
    const profile = await profileFiles([PEOPLE, file('people-extra.parquet')], {
      format: 'parquet',
    });
    assert.equal(profile.rows, 5);
    assert.equal(columnOf(profile, 'extra').nulls, 4);
    assert.equal(columnOf(profile, 'name').nulls, 2);
    assert.equal(columnOf(profile, 'id').numeric?.mean, 3);
  });

  it('may have two columns of one name', async () => {
    const { columns } = await profileFiles([file('twice.parquet')], { format: 'parquet' });
    assert.deepEqual(
      columns.map(({ numeric }) => numeric?.mean),
      [1.5, 3.5],
    );
    assert.equal(new Set(columns.map(({ name }) => name)).size, 2);
  });

  it('that are cut off are told so, and those that are damaged within too', async () => {
    const bytes = readFileSync(PEOPLE);
    const cut = await problemOf(bytes.subarray(0, 700), { format: 'parquet' });
    assert.deepEqual([cut.code, cut.file], ['parquet-invalid', 'data0.parquet']);
    const damaged = Buffer.from(bytes).fill(0xff, bytes.length - 300, bytes.length - 8);
    assert.equal((await problemOf(damaged, { format: 'parquet' })).code, 'data-unreadable');
  });

  it('know the folders below a glob and a folder, and not those above', () => {
    const name = 'data/a=1/b=2/x.parquet';
    const within = (path: string) =>
      sourceFile(datasetOf('parquet', { path }), '/tmp/blob/1a2b', name);
    assert.deepEqual([...partitionsOf(within('data/a=1/**/*.parquet'))], [['b', '2']]);
    assert.deepEqual(
      [...partitionsOf(within('data'))],
      [
        ['a', '1'],
        ['b', '2'],
      ],
    );
    assert.equal(within('data').shown, name);
    assert.deepEqual([...partitionsOf(within(name))], []);
  });
});

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../../src/data/engine/sqliteDatabase';
import { toDate, toTimestamp } from '../../../src/data/engine/sqliteTimes';
import { makeTemporaryFolder } from '../../harness/temporaryFolder';
import { columnOf, problemOf, profileFiles, writeData } from './dataFixtures';

/** Written by Python's sqlite3: see make_files.py. */
const ONE = join(__dirname, 'files/one.sqlite');
const TWO = join(__dirname, 'files/two.db');

describe('a SQLite file', function () {
  this.timeout(30_000);

  it('is its only table, with the types of its values', async () => {
    const profile = await profileFiles([ONE], { format: 'sqlite' });
    assert.equal(profile.rows, 3);
    assert.deepEqual(
      profile.columns.map(({ name, type, nulls }) => [name, type, nulls]),
      [
        ['id', 'integer', 0],
        ['name', 'string', 1],
        ['height', 'number', 1],
        ['born', 'date', 0],
        ['mixed', 'string', 1],
        ['data', 'other', 1],
      ],
    );
    assert.equal(columnOf(profile, 'height').numeric?.mean, 1.75);
    assert.deepEqual(
      columnOf(profile, 'mixed')
        .categories?.map(({ value }) => value)
        .sort(),
      ['1', 'two'],
    );
  });

  it('keeps integers beyond 2^53', async () => {
    const database = await openSqlite(ONE);
    const ids = [...database.rows('SELECT id FROM people')].map(([id]) => id);
    database.close();
    assert.deepEqual(ids, [1n, 9007199254740993n, -(2n ** 63n)]);
  });

  it('is the table that is named, whatever its name', async () => {
    const profile = await profileFiles([TWO], { format: 'sqlite', member: 'odd "name' });
    assert.deepEqual([profile.rows, profile.columns.map(({ name }) => name)], [2, ['a']]);
  });

  it('of several tables needs a name', async () => {
    const bytes = readFileSync(TWO);
    const unnamed = await problemOf(bytes, { format: 'sqlite' });
    assert.equal(unnamed.code, 'table-unknown');
    assert.match(unnamed.message, /"odd "name", "people"/);
    assert.match(unnamed.fix ?? '', /data0\.sqlite::odd "name/);
    const wrong = await problemOf(bytes, { format: 'sqlite', member: 'x"; DROP TABLE people' });
    assert.equal(wrong.code, 'table-unknown');
    assert.match(wrong.message, /no table "x"; DROP TABLE people"/);
  });

  it('that is cut off or something else is a problem', async () => {
    const bytes = readFileSync(ONE);
    const cut = await problemOf(bytes.subarray(0, 4096), { format: 'sqlite' });
    assert.equal(cut.code, 'sqlite-invalid');
    const text = await problemOf('a,b\n1,2\n', { format: 'sqlite' });
    assert.equal(text.code, 'format-mismatch');
    const parquet = await problemOf('PAR1', { format: 'sqlite' });
    assert.match(parquet.message, /This is a Parquet file, not an SQLite database/);
  });

  it('is left as it is, and refused while changes are beside it', async () => {
    const folder = join(makeTemporaryFolder('sqlite'), 'data');
    mkdirSync(folder);
    const path = join(folder, 'x.db');
    copyFileSync(ONE, path);
    await profileFiles([path], { format: 'sqlite' });
    assert.deepEqual(readdirSync(folder), ['x.db']);
    assert.deepEqual(readFileSync(path), readFileSync(ONE));
    writeFileSync(`${path}-wal`, 'changes');
    await assert.rejects(profileFiles([path], { format: 'sqlite' }), /-wal/);
  });

  it('has dates only where every text is one', () => {
    // By Python: (date(2000, 2, 29) - date(1970, 1, 1)).days
    assert.equal(toDate('2000-02-29')?.days, 11_016);
    assert.equal(toDate('2001-02-29'), undefined);
    assert.equal(toTimestamp('1970-01-02 00:00:01.5')?.micros, 86_401_500_000n);
    assert.equal(toTimestamp('1970-01-01')?.micros, 0n);
    assert.equal(toTimestamp('yesterday'), undefined);
  });

  it('of several files is matched by the names of the columns', async () => {
    const profile = await profileFiles([ONE, writeData(readFileSync(ONE), 'sqlite')], {
      format: 'sqlite',
    });
    assert.equal(profile.rows, 6);
    assert.equal(columnOf(profile, 'height').numeric?.mean, 1.75);
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetFormat } from '../../../src/project/project';
import { makeTemporaryFolder } from '../../harness/temporaryFolder';
import { columnOf, problemOf, profileFiles, profileText } from './dataFixtures';

const file = (name: string): string => join(__dirname, 'files', name);

/** One file of each format that is read whole or not at all. */
const FILES: readonly (readonly [DatasetFormat, string])[] = [
  ['parquet', 'people.parquet'],
  ['arrow', 'types-lz4.feather'],
  ['sqlite', 'one.sqlite'],
  ['excel', 'book.xlsx'],
  ['numpy', 'matrix.npy'],
];

describe('bad data of any format', function () {
  this.timeout(60_000);

  for (const [format, name] of FILES) {
    it(`that is cut off anywhere is a problem and never a wrong profile: ${name}`, async () => {
      const bytes = readFileSync(file(name));
      for (let part = 0; part < 8; part++) {
        const length = Math.floor((bytes.length * part) / 8);
        const { code, file: shown } = await problemOf(bytes.subarray(0, length), { format });
        assert.equal(shown, `data0.${format}`, code);
      }
    });

    it(`under another name is told what it is: ${name}`, async () => {
      const bytes = readFileSync(file(name));
      for (const [other] of FILES) {
        if (other === format) continue;
        const { message } = await problemOf(bytes, { format: other });
        assert.match(message, /Parquet|Arrow|SQLite|NumPy|zip archive/, `${format} as ${other}`);
      }
      const { code } = await problemOf(bytes, { format: 'csv' });
      assert.equal(code, 'format-mismatch');
    });

    it(`that is a folder, not there, or a pointer is a problem: ${name}`, async () => {
      const folder = join(makeTemporaryFolder('bad'), 'data');
      mkdirSync(folder);
      await assert.rejects(profileFiles([folder], { format }), /folder/);
      rmSync(folder, { recursive: true });
      await assert.rejects(profileFiles([folder], { format }), /not there/);
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\n`;
      assert.equal((await problemOf(pointer, { format })).code, 'data-pointer');
    });
  }

  it('may have names that are SQL, HTML, line breaks or the same', async () => {
    const names = ['a"; DROP TABLE data; --', '<img src=x>', 'two\nlines', '💥', "it's", 'x', 'x'];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    const profile = await profileText(`${header}\n1,2,3,4,5,6,7\n`);
    assert.deepEqual(
      profile.columns.map(({ name }) => name),
      [...names.slice(0, -1), 'x.1'],
    );
    assert.deepEqual(
      profile.columns.map(({ numeric }) => numeric?.min),
      [1, 2, 3, 4, 5, 6, 7],
    );
  });

  it('may have 2,000 columns', async () => {
    const row = Array.from({ length: 2000 }, (_, index) => index);
    const text = `${row.map((index) => `n${index}`).join(',')}\n${row.join(',')}\n`;
    const profile = await profileText(text);
    assert.equal(profile.columns.length, 2000);
    assert.equal(columnOf(profile, 'n1999').numeric?.max, 1999);
  });

  it('may have numbers beyond 2^53, dates of the first years, no values, or one row', async () => {
    const profile = await profileText('big,day,none\n9007199254740993,0001-01-01,\n');
    assert.equal(profile.rows, 1);
    assert.equal(columnOf(profile, 'big').type, 'integer');
    assert.deepEqual(columnOf(profile, 'day').range, { min: '0001-01-01', max: '0001-01-01' });
    assert.equal(columnOf(profile, 'none').nulls, 1);
  });
});

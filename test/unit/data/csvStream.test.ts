import assert from 'node:assert/strict';
import { canonicalJson } from '../../../src/base/canonicalJson';
import { prepareCsv } from '../../../src/data/engine/csvFile';
import { isLarge, streamCsv } from '../../../src/data/engine/csvStream';
import { openDatabase } from '../../../src/data/engine/database';
import { DataError } from '../../../src/data/engine/dataError';
import { measureData } from '../../../src/data/engine/measure/measureData';
import { finishProfile } from '../../../src/data/profile/finishProfile';
import { profileFiles, writeData } from './dataFixtures';

/** As a large file is read, whatever the size of these. */
async function profileStreamed(paths: readonly string[]) {
  const database = await openDatabase(
    paths.map((path, index) => ({ path, shown: `data${index}.csv` })),
  );
  try {
    const prepared = [];
    for (const file of database.files) prepared.push(await prepareCsv(database, file, 'csv'));
    const names = [...new Set(prepared.flatMap(({ columns }) => columns))];
    const types = await streamCsv(database, prepared, names, false);
    const columns = names.map((name, index) => ({
      id: `c${index}`,
      name,
      nativeType: types[index] ?? '',
    }));
    const request = { format: 'csv', shape: undefined, onProgress: () => {} } as const;
    return finishProfile(await measureData(database, columns, request), undefined);
  } finally {
    await database.close();
  }
}

describe('a large CSV file', function () {
  this.timeout(30_000);

  it('comes to the same profile as a small one', async () => {
    const first = writeData('id,price,when,word\n1,0.5,2024-01-01,a\n2,,2024-02-01,"b, c"\n');
    const second = writeData('word,more,id\nd,true,3\n,false,4\n');
    const streamed = await profileStreamed([first, second]);
    assert.equal(streamed.rows, 4);
    assert.deepEqual(JSON.parse(canonicalJson(streamed)), await profileFiles([first, second]));
  });

  it('tells the file and the line of a row that does not fit', async () => {
    const good = writeData('a,b\n1,2\n');
    const bad = writeData('a,b\n1,2\n3\n');
    await assert.rejects(profileStreamed([good, bad]), (error: unknown) => {
      assert.ok(error instanceof DataError);
      const { code, file, line } = error.problem;
      assert.deepEqual([code, file, line], ['csv-invalid', 'data1.csv', 3]);
      return true;
    });
  });

  it('is read from a copy where the line endings change far below', async () => {
    const text = `a,b\n${'1,2\n'.repeat(300_000)}3,4\r5,6\r\n`;
    const profile = await profileStreamed([writeData(text)]);
    assert.equal(profile.rows, 300_002);
  });

  it('is one by its size, and by what it unpacks to', async () => {
    const small = { path: writeData('a\n1\n'), shown: 'a.csv' };
    assert.equal(await isLarge([small]), false);
    assert.equal(await isLarge([{ path: process.execPath, shown: 'node.csv.gz' }]), true);
  });
});

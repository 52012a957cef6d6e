import assert from 'node:assert/strict';
import { readFileSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { columnsOfFooter } from '../../../src/data/footer/footerColumn';
import { profileFooters } from '../../../src/data/footer/footerProfile';
import { parseFooter } from '../../../src/data/footer/parseFooter';
import { ThriftError } from '../../../src/data/footer/thriftCursor';
import type { Problem } from '../../../src/base/problem';
import { problemOf, writeData } from './dataFixtures';
import { seeded } from './seeded';

const TYPES = readFileSync(join(__dirname, 'files', 'types.parquet'));

/** What is wrong with the bytes of a file. */
async function footerProblem(bytes: Uint8Array | string): Promise<Problem> {
  return problemOfFile(writeData(bytes, 'parquet'));
}

async function problemOfFile(path: string): Promise<Problem> {
  const profile = await profileFooters([{ path, shown: 'data0.parquet' }]);
  assert.ok(!profile.ok, 'it was read');
  return profile.problem;
}

/** The length of the metadata is written before the sign at the end. */
function withLength(length: number): Buffer {
  const bytes = Buffer.from(TYPES);
  bytes.writeUInt32LE(length, bytes.length - 8);
  return bytes;
}

describe('a footer that cannot be read', function () {
  this.timeout(60_000);

  it('has the problem that the file has for the engine', async () => {
    const encrypted = Buffer.concat([
      Buffer.from('PARE'),
      TYPES.subarray(4, -4),
      Buffer.from('PARE'),
    ]);
    const cases: readonly (readonly [string, Uint8Array | string])[] = [
      ['data-empty', ''],
      ['parquet-invalid', 'id,name\n1,a\n'],
      ['parquet-invalid', TYPES.subarray(0, 5000)],
      ['parquet-invalid', TYPES.subarray(1)],
      ['parquet-encrypted', encrypted],
      ['data-pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'],
    ];
    for (const [code, bytes] of cases) {
      const problem = await footerProblem(bytes);
      assert.equal(problem.code, code);
      assert.deepEqual(problem, await problemOf(bytes, { format: 'parquet' }));
    }
    assert.equal((await footerProblem('PAR1')).code, 'parquet-invalid');
    assert.equal((await problemOfFile('/nowhere/data.parquet')).code, 'file-missing');
    assert.equal((await problemOfFile(__dirname)).code, 'file-is-folder');
  });

  it('lies about its length', async () => {
    for (const length of [TYPES.length, 2 ** 32 - 1]) {
      const { code, message, file } = await footerProblem(withLength(length));
      assert.deepEqual([code, file], ['parquet-invalid', 'data0.parquet']);
      assert.match(message, /it says that it is .* bytes long, in a file of/);
    }
    assert.equal((await footerProblem(withLength(0))).code, 'parquet-invalid');
    assert.equal((await footerProblem(withLength(100))).code, 'parquet-invalid');
  });

  it('is as long as it says, which would take all memory', async () => {
    const path = writeData('PAR1', 'parquet');
    // A hole, which takes no room on the disk.
    truncateSync(path, 6 * 2 ** 30);
    const end = Buffer.alloc(8);
    end.writeUInt32LE(2 ** 32 - 1, 0);
    end.write('PAR1', 4, 'latin1');
    const handle = await open(path, 'r+');
    await handle.write(end, 0, 8, 6 * 2 ** 30 - 8);
    await handle.close();
    const before = process.memoryUsage().rss;
    assert.match((await problemOfFile(path)).message, /which is not read/);
    assert.ok(process.memoryUsage().rss - before < 200 * 2 ** 20);
    truncateSync(path, 0);
  });

  it('speaks of data that are not there', async () => {
    // The end of a file, behind half of its data.
    const half = Buffer.concat([TYPES.subarray(0, 1000), TYPES.subarray(3000)]);
    const { code, message } = await footerProblem(half);
    assert.equal(code, 'parquet-invalid');
    assert.match(message, /data beyond the end of the file/);
  });

  it('has wrong bytes anywhere: told, or other numbers, and never a crash', () => {
    const length = TYPES.readUInt32LE(TYPES.length - 8);
    const start = TYPES.length - 8 - length;
    const random = seeded(7);
    let broken = 0;
    for (let run = 0; run < 2000; run++) {
      const bytes = Buffer.from(TYPES.subarray(start, -8));
      for (let change = 0; change < 1 + (run % 3); change++)
        bytes[Math.floor(random() * length)] = Math.floor(random() * 256);
      try {
        columnsOfFooter(parseFooter(bytes));
      } catch (error) {
        assert.ok(error instanceof ThriftError, String(error));
        broken++;
      }
    }
    assert.ok(broken > 200 && broken < 2000, `${broken} were told`);
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLock } from '../../../src/pipeline/ledger/fileLock';
import { readProcessStart } from '../../../src/pipeline/run/processIdentity';

describe('FileLock', function () {
  this.timeout(30_000);
  let folder = '';
  let path = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'preflight-lock-'));
    path = join(folder, 'a.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const isTaken = async () => {
    const lock = await FileLock.tryAcquire(path);
    if (lock instanceof FileLock) await lock.release();
    return !(lock instanceof FileLock);
  };

  it('is had once, and free again afterwards', async () => {
    const lock = await FileLock.acquire(path);
    const second = await FileLock.tryAcquire(path);
    assert.ok(!(second instanceof FileLock));
    assert.equal(second.pid, process.pid);
    await lock.release();
    assert.equal(await isTaken(), false);
    assert.deepEqual(await readdir(folder), []);
  });

  it('is taken over from a process that has gone, and from one whose number another has got', async () => {
    const child = spawn('sleep', ['60']);
    const pid = child.pid ?? NaN;
    const start = await readProcessStart(pid);
    await writeFile(path, JSON.stringify({ pid, start }));
    assert.equal(await isTaken(), true);
    child.kill();
    await once(child, 'exit');
    assert.equal(await isTaken(), false);
    await writeFile(path, JSON.stringify({ pid: process.pid, start: 'another boot:1' }));
    assert.equal(await isTaken(), false);
  });

  it('is held while its maker is writing it, and free where it was killed doing so', async () => {
    await writeFile(path, '');
    assert.equal(await isTaken(), true);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(path, longAgo, longAgo);
    assert.equal(await isTaken(), false);
  });

  it('is had by one at a time, where many take a stale one over at once', async () => {
    for (let round = 0; round < 30; round++) {
      await writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, start: 'gone' }));
      let holders = 0;
      const work = async () => {
        const lock = await FileLock.acquire(path);
        holders++;
        assert.equal(holders, 1);
        await new Promise(setImmediate);
        holders--;
        await lock.release();
      };
      await Promise.all(Array.from({ length: 8 }, work));
      assert.equal(existsSync(path), false);
    }
  });
});

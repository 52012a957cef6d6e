import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readRuns } from '../../../src/pipeline/runLedger';

describe('a run whose host was killed', function () {
  this.timeout(60_000);

  it('goes on, keeps its output, is running as long as it does, and lost afterwards', async () => {
    const root = await mkdtemp(join(tmpdir(), 'preflight-killed-'));
    try {
      const command = 'echo up; while [ ! -e stop ]; do sleep 0.05; done; echo still here';
      const script = join(__dirname, 'runningHost.ts');
      const host = spawn(process.execPath, ['--import=tsx', script, root, command]);
      const last = async () => (await readRuns(join(root, '.state'))).at(-1);
      const until = async (condition: () => Promise<boolean>) => {
        const deadline = Date.now() + 30_000;
        while (!(await condition())) {
          assert.ok(Date.now() < deadline, 'nothing happened for 30 s');
          await setTimeout(30);
        }
      };
      await until(async () => (await last())?.status === 'running');
      host.kill('SIGKILL');
      await once(host, 'exit');
      assert.equal((await last())?.status, 'running');
      await writeFile(join(root, 'stop'), '');
      await until(async () => (await last())?.status === 'lost');
      const run = await last();
      assert.equal(await readFile(run?.log ?? '', 'utf8'), 'up\nstill here\n');
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactLedger } from '../../../src/pipeline/ledger/compactLedger';
import type { FinishedEvent, StartedEvent } from '../../../src/pipeline/ledger/ledgerEvent';
import { appendToLedger, ledgerPath } from '../../../src/pipeline/ledger/ledgerFile';
import { readRuns } from '../../../src/pipeline/ledger/runLedger';

describe('compactLedger', function () {
  this.timeout(60_000);
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'preflight-compact-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const start = (run: string, parts: Partial<StartedEvent> = {}) =>
    appendToLedger(folder, {
      event: 'started',
      run,
      stage: 'train',
      time: 1,
      pid: null,
      processStart: null,
      command: 'true',
      cwd: folder,
      log: `logs/${run}.log`,
      inputs: {
        command: 'true',
        dependencies: { 'in.txt': `digest of ${run}` },
        parameters: { lr: 3 },
      },
      ...parts,
    });
  const finish = (run: string, status: FinishedEvent['status'], stage = 'train') =>
    appendToLedger(folder, {
      event: 'finished',
      run,
      stage,
      time: 2,
      status,
      exitCode: status === 'succeeded' ? 0 : 1,
      seconds: 1,
      outputs: { 'out.txt': `output of ${run}` },
    });

  it('keeps the newest runs, the last success, and what goes on', async () => {
    await start('good');
    await finish('good', 'succeeded');
    await start('open');
    await start('lonely', { stage: 'other' });
    await finish('lonely', 'failed', 'other');
    await start('set', { set: { lr: '5' } });
    await finish('set', 'succeeded');
    for (let run = 0; run < 60; run++) {
      await start(`bad${run}`);
      await finish(`bad${run}`, 'failed');
    }
    const before = await readRuns(folder);
    const { size } = await stat(ledgerPath(folder));
    await compactLedger(folder, 0);
    const runs = await readRuns(folder);
    assert.ok((await stat(ledgerPath(folder))).size < size / 2);
    const kept = Array.from({ length: 20 }, (_, run) => `bad${run + 40}`);
    assert.deepEqual(
      runs.map(({ run }) => run),
      ['good', 'open', 'lonely', ...kept],
    );
    const good = runs.find(({ run }) => run === 'good');
    assert.deepEqual(
      good,
      before.find(({ run }) => run === 'good'),
    );
    const old = runs.find(({ run }) => run === 'bad50');
    assert.deepEqual(old?.inputs, { command: 'true', dependencies: {}, parameters: { lr: 3 } });
    assert.equal(old.exitCode, 1);
  });

  it('leaves a small one as it is', async () => {
    for (let run = 0; run < 60; run++) await start(`r${run}`);
    await compactLedger(folder);
    assert.equal((await readRuns(folder)).length, 60);
  });

  it('loses nothing that two other processes add meanwhile', async () => {
    const writers = ['a', 'b'].map((name) =>
      spawn(process.execPath, ['--import=tsx', join(__dirname, 'ledgerWriter.ts'), folder, name]),
    );
    let running = writers.length;
    const ends = writers.map(async (writer) => {
      const [code] = await once(writer, 'exit');
      running--;
      assert.equal(code, 0);
    });
    let rounds = 0;
    for (;;) {
      if (running === 0) break;
      await compactLedger(folder, 0);
      rounds++;
    }
    await Promise.all(ends);
    assert.ok(rounds > 3);
    const runs = await readRuns(folder);
    // Every stage is another one, so that nothing may be dropped.
    assert.equal(runs.length, 300);
    assert.ok(runs.every((run) => run.status === 'succeeded'));
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FinishedEvent, StartedEvent } from '../../../src/pipeline/ledger/ledgerEvent';
import { isProcessAlive, readProcessStart } from '../../../src/pipeline/run/processIdentity';
import { appendToLedger, ledgerPath } from '../../../src/pipeline/ledger/ledgerFile';
import { readRuns } from '../../../src/pipeline/ledger/runLedger';
import { readStatus } from '../../../src/pipeline/status/status';
import { makeProject, makeStage } from './makeStage';

describe('the run ledger', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'preflight-ledger-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const started = (run: string, parts: Partial<StartedEvent> = {}): StartedEvent => ({
    event: 'started',
    run,
    stage: 'train',
    time: 1_000_000,
    pid: null,
    processStart: null,
    command: 'python train.py',
    cwd: '/project',
    log: `logs/${run}.log`,
    inputs: { command: 'python train.py', dependencies: {}, parameters: {} },
    ...parts,
  });
  const finished = (run: string, parts: Partial<FinishedEvent> = {}): FinishedEvent => ({
    event: 'finished',
    run,
    stage: 'train',
    time: 1_002_500,
    status: 'succeeded',
    exitCode: 0,
    seconds: 2.5,
    outputs: {},
    ...parts,
  });
  const states = async () => (await readRuns(folder)).map((run) => `${run.run} ${run.status}`);
  /** A process that lives until it is told to end. */
  const startProcess = async () => {
    const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(child, 'spawn');
    const { pid } = child;
    assert.ok(pid !== undefined);
    const end = async () => {
      child.stdin.end();
      await once(child, 'exit');
    };
    return { pid, end };
  };

  it('is empty where there is none', async () => {
    assert.deepEqual(await readRuns(join(folder, 'nowhere')), []);
  });

  it('joins start and end', async () => {
    await appendToLedger(folder, started('r1'));
    await appendToLedger(folder, finished('r1', { status: 'failed', exitCode: 7, reason: 'why' }));
    const [run] = await readRuns(folder);
    assert.deepEqual(
      [
        run?.run,
        run?.stage,
        run?.status,
        run?.started,
        run?.exitCode,
        run?.seconds,
        run?.log,
        run?.reason,
      ],
      ['r1', 'train', 'failed', 1_000_000, 7, 2.5, join(folder, 'logs/r1.log'), 'why'],
    );
  });

  it('tolerates a line that a kill cut short, and loses nothing that follows', async () => {
    await appendToLedger(folder, started('r1'));
    await appendToLedger(folder, finished('r1'));
    const whole = await readFile(ledgerPath(folder));
    for (const cut of [1, 20, 100]) {
      await writeFile(ledgerPath(folder), whole.subarray(0, whole.length - cut));
      assert.equal((await states()).length, 1);
      await appendToLedger(folder, started('r2'));
      await appendToLedger(folder, finished('r2'));
      assert.ok((await states()).includes('r2 succeeded'));
    }
  });

  it('leaves out what it does not know', async () => {
    await mkdir(folder, { recursive: true });
    const lines = [
      '',
      'null',
      '[]',
      '{"event":"paused","run":"x","stage":"y","time":1}',
      '{"event":"started","run":3}',
    ];
    await appendFile(ledgerPath(folder), `${lines.join('\n')}\n`);
    await appendToLedger(folder, { ...started('r1'), note: 'of a later version' } as StartedEvent);
    await appendToLedger(folder, finished('r1'));
    assert.deepEqual(await states(), ['r1 succeeded']);
  });

  it('keeps the lines of two windows apart', async () => {
    const runs = Array.from({ length: 200 }, (_, n) => `r${n}`);
    const long = { x: 'y'.repeat(10_000) };
    await Promise.all(
      runs.map(async (run) => {
        await appendToLedger(
          folder,
          started(run, { inputs: { ...started(run).inputs, dependencies: long } }),
        );
        await appendToLedger(folder, finished(run));
      }),
    );
    const found = await readRuns(folder);
    assert.equal(found.length, 200);
    assert.ok(found.every((run) => run.status === 'succeeded'));
  });

  it('is running as long as its process is there, and lost afterwards', async () => {
    const { pid, end } = await startProcess();
    await appendToLedger(folder, started('r1', { pid, processStart: await readProcessStart(pid) }));
    assert.deepEqual(await states(), ['r1 running']);
    await end();
    assert.deepEqual(await states(), ['r1 lost']);
  });

  it('is lost where another process has got the number', async () => {
    const start = await readProcessStart(process.pid);
    assert.ok(start !== null);
    assert.equal(await isProcessAlive(process.pid, start), true);
    assert.equal(await isProcessAlive(process.pid, `${start}0`), false);
    await appendToLedger(folder, started('r1', { pid: process.pid, processStart: `${start}0` }));
    assert.deepEqual(await states(), ['r1 lost']);
  });

  it('says how long a lost run gave signs of life', async () => {
    await mkdir(join(folder, 'logs'));
    await writeFile(join(folder, 'logs/r1.log'), 'epoch 1');
    await utimes(join(folder, 'logs/r1.log'), 1042, 1042);
    await appendToLedger(folder, started('r1'));
    assert.equal((await readRuns(folder))[0]?.seconds, 42);
  });

  it('makes a lost run a failure, with the reason, and never running for ever', async () => {
    const project = makeProject(folder, [makeStage('train')]);
    await appendToLedger(folder, started('r1', { pid: 2 ** 22 + 1, processStart: 'x:1' }));
    assert.deepEqual(await readStatus(project, folder), [
      {
        id: 'train',
        status: 'failed',
        reasons: [
          'the last run was lost: its end was never recorded: the program that ran it was stopped',
        ],
      },
    ]);
  });
});

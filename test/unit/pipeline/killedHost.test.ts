import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readRuns } from '../../../src/pipeline/ledger/runLedger';
import { runStages } from '../../../src/pipeline/run/runStages';
import type { RunEvent } from '../../../src/pipeline/run/stageRun';
import { readStatus } from '../../../src/pipeline/status/status';
import { makeProject, makeStage } from './makeStage';

const WAIT = 'echo up; while [ ! -e stop ]; do sleep 0.05; done; ';

describe('a run whose host was killed', function () {
  this.timeout(60_000);
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'preflight-killed-'));
    await writeFile(join(root, 'in.txt'), 'a');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const last = async () => (await readRuns(join(root, '.state'))).at(-1);
  const until = async (condition: () => boolean | Promise<boolean>) => {
    const deadline = Date.now() + 30_000;
    while (!(await condition())) {
      assert.ok(Date.now() < deadline, 'nothing happened for 30 s');
      await setTimeout(30);
    }
  };
  const startHost = (command: string): ChildProcess => {
    const script = join(__dirname, 'runningHost.ts');
    return spawn(process.execPath, ['--import=tsx', script, root, command]);
  };
  const stageOf = (command: string) =>
    makeStage('train', { command, dependencies: ['in.txt'], outputs: ['out.txt'] });
  /** Starts a host, and kills it as soon as its stage runs. */
  const orphan = async (command: string) => {
    const host = startHost(command);
    await until(async () => (await last())?.status === 'running' && existsSync(join(root, 'up')));
    host.kill('SIGKILL');
    await once(host, 'exit');
    assert.equal((await last())?.status, 'running');
  };
  const run = (command: string, events: RunEvent[] = [], signal = new AbortController().signal) =>
    runStages({
      project: makeProject(root, [stageOf(command)]),
      stages: [stageOf(command)],
      stateFolder: join(root, '.state'),
      jobs: 1,
      force: false,
      signal,
      graceMilliseconds: 300,
      environment: undefined,
      onEvent: (event) => void events.push(event),
    });
  const status = async (command: string) =>
    (await readStatus(makeProject(root, [stageOf(command)]), join(root, '.state')))[0];

  it('goes on, keeps its output, and has its real end without anybody to see it', async () => {
    const command = `touch up; ${WAIT} echo still here; echo b > out.txt`;
    await orphan(command);
    await writeFile(join(root, 'stop'), '');
    await until(async () => (await last())?.status !== 'running');
    const ended = await last();
    assert.equal(ended?.status, 'succeeded');
    assert.equal(ended.exitCode, 0);
    assert.equal(ended.isRecorded, false);
    assert.equal(await readFile(ended.log, 'utf8'), 'up\nstill here\n');
    assert.deepEqual(await status(command), { id: 'train', status: 'fresh', reasons: [] });
    const [next] = await run(command);
    assert.equal(next?.reason, 'fresh');
    const recorded = await last();
    assert.equal(recorded?.isRecorded, true);
    assert.equal(recorded.status, 'succeeded');
    assert.equal(typeof recorded.outputs['out.txt'], 'string');
    assert.ok(Math.abs((recorded.seconds ?? 0) - (ended.seconds ?? 0)) < 0.01);
    await writeFile(join(root, 'out.txt'), 'other');
    assert.deepEqual((await status(command))?.reasons, ['output out.txt changed']);
  });

  it('is stale where its outputs were changed after its end, before anybody looked', async () => {
    const command = `touch up; ${WAIT} echo b > out.txt`;
    await orphan(command);
    await writeFile(join(root, 'stop'), '');
    await until(async () => (await last())?.status !== 'running');
    await setTimeout(20);
    await writeFile(join(root, 'out.txt'), 'c');
    assert.deepEqual((await status(command))?.reasons, ['output out.txt changed']);
  });

  it('has failed with its exit code', async () => {
    const command = `touch up; ${WAIT} exit 7`;
    await orphan(command);
    await writeFile(join(root, 'stop'), '');
    await until(async () => (await last())?.status === 'failed');
    assert.equal((await last())?.exitCode, 7);
    assert.deepEqual((await status(command))?.reasons, ['the last run failed with exit code 7']);
  });

  it('is followed by the next run, which takes over its end', async () => {
    const command = `touch up; ${WAIT} echo still here; echo x >> ran; exit 3`;
    await orphan(command);
    const events: RunEvent[] = [];
    const next = run(command, events);
    await until(() => events.some((event) => event.type === 'output'));
    await writeFile(join(root, 'stop'), '');
    const [result] = await next;
    assert.equal(result?.status, 'failed');
    assert.equal(result.exitCode, 3);
    assert.equal(await readFile(join(root, 'ran'), 'utf8'), 'x\n');
    const text = events.map((event) => (event.type === 'output' ? event.data : '')).join('');
    assert.equal(text, 'up\nstill here\n');
    assert.equal((await readRuns(join(root, '.state'))).length, 1);
    assert.equal((await last())?.isRecorded, true);
  });

  it('is stopped by whoever has taken it over', async () => {
    const command = `trap "" INT; echo $$ > up; ${WAIT}`;
    await orphan(command);
    const controller = new AbortController();
    const events: RunEvent[] = [];
    const next = run(command, events, controller.signal);
    await until(() => events.some((event) => event.type === 'output'));
    controller.abort();
    assert.equal((await next)[0]?.status, 'cancelled');
    assert.equal((await last())?.status, 'cancelled');
    const pid = Number(await readFile(join(root, 'up'), 'utf8'));
    await until(() => !existsSync(`/proc/${pid}/cmdline`));
  });

  it('is lost where it was killed with its host, and is then run again', async () => {
    const command = `touch up; [ -e stop ] || { ${WAIT} }`;
    await orphan(command);
    process.kill(-((await last())?.pid ?? NaN), 'SIGKILL');
    await until(async () => (await last())?.status === 'lost');
    assert.equal((await status(command))?.status, 'failed');
    await writeFile(join(root, 'stop'), '');
    assert.equal((await run(command))[0]?.status, 'succeeded');
    assert.deepEqual(
      (await readRuns(join(root, '.state'))).map((one) => `${one.status} ${one.isRecorded}`),
      ['lost true', 'succeeded true'],
    );
  });

  /** Kills the shell that stands for the stage; its command goes on. */
  const killShell = async () => {
    const shell = (await last())?.pid ?? NaN;
    process.kill(shell, 'SIGKILL');
    await until(() => !existsSync(`/proc/${shell}`));
  };

  it('runs on while anything goes on that it started, and the next run waits for that', async () => {
    const command = `echo $$ > up; [ -e stop ] || { ${WAIT} }; echo x >> ran`;
    await orphan(command);
    await killShell();
    const pid = Number(await readFile(join(root, 'up'), 'utf8'));
    assert.deepEqual(await status(command), {
      id: 'train',
      status: 'running',
      reasons: [`process ${pid} is running it`],
    });
    const next = run(command);
    await setTimeout(500);
    assert.equal(existsSync(join(root, 'ran')), false);
    await writeFile(join(root, 'stop'), '');
    assert.equal((await next)[0]?.status, 'succeeded');
    // Whether the first one succeeded, nobody knows: it was run again, after it.
    assert.equal(await readFile(join(root, 'ran'), 'utf8'), 'x\nx\n');
    assert.deepEqual(
      (await readRuns(join(root, '.state'))).map((one) => one.status),
      ['lost', 'succeeded'],
    );
  });

  it('is stopped without its shell as well', async () => {
    const command = `(setsid sh -c 'trap "" INT; echo $$ > up; while :; do sleep 0.05; done' &); ${WAIT}`;
    await orphan(command);
    process.kill(-((await last())?.pid ?? NaN), 'SIGKILL');
    const pid = Number(await readFile(join(root, 'up'), 'utf8'));
    await until(async () => (await last())?.pid === pid);
    assert.equal((await last())?.status, 'running');
    const controller = new AbortController();
    const events: RunEvent[] = [];
    const next = run(command, events, controller.signal);
    await until(() => events.some((event) => event.type === 'started'));
    controller.abort();
    assert.equal((await next)[0]?.status, 'cancelled');
    assert.equal((await last())?.status, 'cancelled');
    await until(() => !existsSync(`/proc/${pid}/cmdline`));
  });

  it('is started once where two hosts start it at the same time', async () => {
    const command = 'echo x >> ran; sleep 0.3; cp in.txt out.txt';
    const hosts = [startHost(command), startHost(command), startHost(command)];
    const codes = await Promise.all(hosts.map(async (host) => (await once(host, 'exit'))[0]));
    assert.deepEqual(codes, [0, 0, 0]);
    assert.equal(await readFile(join(root, 'ran'), 'utf8'), 'x\n');
    assert.equal((await readRuns(join(root, '.state'))).length, 1);
  });
});

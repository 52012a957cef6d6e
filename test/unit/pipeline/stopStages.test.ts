import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readRuns } from '../../../src/pipeline/ledger/runLedger';
import type { RunOptions } from '../../../src/pipeline/run/runStages';
import type { StageRun } from '../../../src/pipeline/run/stageRun';
import type { Stage } from '../../../src/project/project';
import { makeStage } from './makeStage';
import { StageRuns } from './stageRuns';

describe('runStages when aborted', function () {
  this.timeout(60_000);
  const suite = new StageRuns();
  const { run, output } = suite;
  const write = (path: string, content: string) => writeFile(join(suite.root, path), content);
  const summary = (runs: readonly StageRun[]) =>
    runs.map(({ stage, status, exitCode }) => `${stage} ${status} ${exitCode}`);
  const started = () =>
    suite.events.flatMap((event) => (event.type === 'started' ? [event.stage] : []));
  const until = async (condition: () => boolean) => {
    const deadline = Date.now() + 20_000;
    while (!condition()) {
      assert.ok(Date.now() < deadline, 'nothing happened for 20 s');
      await setTimeout(20);
    }
  };
  const isAlive = (pid: number) => existsSync(`/proc/${pid}/cmdline`) || canSignal(pid);
  const canSignal = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  /** Runs until the first stage has printed this many lines, then aborts; the lines. */
  const abortAfter = async (
    lines: number,
    stages: readonly Stage[],
    options: Partial<RunOptions> = {},
  ) => {
    const controller = new AbortController();
    const running = run(stages, {
      signal: controller.signal,
      graceMilliseconds: 300,
      ...options,
    });
    const first = stages[0]?.id ?? '';
    await until(() => output(first).split('\n').length > lines);
    controller.abort();
    return { runs: await running, lines: output(first).trim().split('\n') };
  };

  it('interrupts first: a stage that saves its work on Ctrl+C can do so', async () => {
    const stage = makeStage('train', {
      command: 'trap "echo saved; exit 5" INT; echo up; while :; do sleep 0.05; done',
    });
    const { runs, lines } = await abortAfter(1, [stage], { graceMilliseconds: 20_000 });
    assert.deepEqual(summary(runs), ['train cancelled 5']);
    assert.equal(lines.at(-1), 'saved');
  });

  it('cancels what has not started, and starts nothing where it was aborted before', async () => {
    const next = makeStage('next', { command: 'touch next.ran' });
    const { runs } = await abortAfter(1, [
      makeStage('first', { command: 'echo up; sleep 60' }),
      next,
    ]);
    assert.deepEqual(
      runs.map((one) => one.status),
      ['cancelled', 'cancelled'],
    );
    assert.deepEqual(summary(await run([next], { signal: AbortSignal.abort() })), [
      'next cancelled null',
    ]);
    assert.equal(existsSync(join(suite.root, 'next.ran')), false);
    assert.deepEqual(started(), ['first']);
  });

  it('kills a stage that ignores interrupt and terminate', async () => {
    const stage = makeStage('deaf', {
      command: 'trap "" INT TERM; echo $$; while :; do sleep 0.05; done',
    });
    const { runs, lines } = await abortAfter(1, [stage]);
    assert.deepEqual(summary(runs), ['deaf cancelled null']);
    await until(() => !isAlive(Number(lines[0])));
  });

  it('kills children in the background, deaf children of a stage that has ended, and those in a session of their own', async () => {
    const command =
      'sleep 61 & echo $!; sh -c \'trap "" INT TERM; echo $$; while :; do sleep 0.05; done\' & ' +
      "setsid sh -c 'echo $$; sleep 62' & wait";
    const { runs, lines } = await abortAfter(3, [makeStage('family', { command })]);
    assert.deepEqual(
      runs.map((one) => one.status),
      ['cancelled'],
    );
    assert.equal(lines.length, 3);
    for (const pid of lines) await until(() => !isAlive(Number(pid)));
  });

  it('ends a daemon that has left the tree, and leaves that of another run alone', async () => {
    // The subshell ends at once: its child belongs to nobody, in a session of its own.
    const daemon = (name: string) =>
      `(setsid sh -c 'echo $$ > ${name}; exec sleep 63' &); until [ -s ${name} ]; do sleep 0.02; done; `;
    const pidIn = (name: string) => Number(readFileSync(join(suite.root, name), 'utf8'));
    await run([makeStage('other', { command: daemon('other') })]);
    const stage = makeStage('daemon', { command: `${daemon('own')} echo up; sleep 64` });
    const { runs } = await abortAfter(1, [stage]);
    assert.deepEqual(
      runs.map((one) => one.status),
      ['cancelled'],
    );
    await until(() => !isAlive(pidIn('own')));
    assert.equal(isAlive(pidIn('other')), true);
    process.kill(pidIn('other'));
  });

  it('records it as cancelled, so that it is run again', async () => {
    await write('in.txt', 'a');
    const stage = makeStage('slow', {
      command: '[ -e fast ] || { echo up; sleep 60; }',
      dependencies: ['in.txt'],
    });
    await abortAfter(1, [stage]);
    const [recorded] = await readRuns(suite.stateFolder);
    assert.equal(recorded?.status, 'cancelled');
    await write('fast', '');
    assert.deepEqual(summary(await run([stage])), ['slow succeeded 0']);
  });

  it('ends the whole stage where the process that stands for it is killed', async () => {
    const command = 'echo $$; kill -9 $PPID; exec sleep 100';
    const [result] = await run([makeStage('orphan', { command })]);
    assert.deepEqual([result?.status, result?.exitCode], ['failed', null]);
    const pid = Number(output('orphan'));
    assert.ok(pid > 0);
    await until(() => !isAlive(pid));
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { planRun } from '../../../src/pipeline/graph/graph';
import type { PythonEnvironment } from '../../../src/pipeline/environment/pythonEnvironment';
import { readRuns } from '../../../src/pipeline/ledger/runLedger';
import type { RunEvent, StageRun } from '../../../src/pipeline/run/stageRun';
import { readStatus } from '../../../src/pipeline/status/status';
import { makeProject, makeStage } from './makeStage';
import { StageRuns } from './stageRuns';

describe('runStages', function () {
  this.timeout(60_000);
  const suite = new StageRuns();
  const { run, output } = suite;
  const write = async (path: string, content: string) => {
    await mkdir(join(suite.root, path, '..'), { recursive: true });
    await writeFile(join(suite.root, path), content);
  };
  const read = (path: string) => readFile(join(suite.root, path), 'utf8');
  const summary = (runs: readonly StageRun[]) =>
    runs.map(({ stage, status, exitCode }) => `${stage} ${status} ${exitCode}`);

  it('runs a chain in order, in its folders, and tells what it does', async () => {
    await mkdir(join(suite.root, 'sub folder'));
    const stages = [
      makeStage('one', {
        command: 'pwd > ../one.txt; echo first; echo second >&2',
        cwd: 'sub folder',
        outputs: ['one.txt'],
      }),
      makeStage('two', { command: 'cat one.txt', dependencies: ['one.txt'] }),
    ];
    const runs = await run(stages);
    assert.deepEqual(summary(runs), ['one succeeded 0', 'two succeeded 0']);
    assert.equal(output('one'), 'first\nsecond\n');
    assert.equal(output('two').trim(), join(suite.root, 'sub folder'));
    assert.deepEqual(
      suite.events.map((event) => event.type).filter((type) => type !== 'output'),
      ['started', 'finished', 'started', 'finished'],
    );
    assert.equal(await readFile(runs[0]?.log ?? '', 'utf8'), 'first\nsecond\n');
  });

  it('stops at the first failure, with its exit code', async () => {
    const stages = [
      makeStage('one', { outputs: ['1'] }),
      makeStage('two', { command: 'exit 3', dependencies: ['1'], outputs: ['2'] }),
      makeStage('three', { command: 'touch three.ran', dependencies: ['2'] }),
      makeStage('other', { command: 'touch other.ran' }),
    ];
    const runs = await run(stages);
    assert.deepEqual(summary(runs), [
      'one succeeded 0',
      'two failed 3',
      'three skipped null',
      'other skipped null',
    ]);
    assert.equal(runs[2]?.reason, 'blocked: two failed');
    assert.equal(runs[3]?.reason, 'not started: two failed');
    assert.equal(existsSync(join(suite.root, 'three.ran')), false);
    assert.equal(existsSync(join(suite.root, 'other.ran')), false);
  });

  it('with keepGoing, still runs what does not need the failed one', async () => {
    const stages = [
      makeStage('two', { command: 'exit 3', outputs: ['2'] }),
      makeStage('three', { command: 'touch three.ran', dependencies: ['2'] }),
      makeStage('other', { command: 'touch other.ran' }),
    ];
    assert.deepEqual(summary(await run(stages, { keepGoing: true })), [
      'two failed 3',
      'three skipped null',
      'other succeeded 0',
    ]);
    assert.equal(existsSync(join(suite.root, 'three.ran')), false);
  });

  it('runs independent stages at once, up to the number of jobs', async () => {
    // Each waits for the other's file: they can only succeed together.
    const meet = (own: string, other: string) =>
      `touch ${own}; for i in $(seq 200); do [ -e ${other} ] && exit 0; sleep 0.05; done; exit 1`;
    const stages = [
      makeStage('a', { command: meet('a.here', 'b.here') }),
      makeStage('b', { command: meet('b.here', 'a.here') }),
    ];
    assert.deepEqual(summary(await run(stages, { jobs: 2 })), ['a succeeded 0', 'b succeeded 0']);
    const alone = ['x', 'y', 'z'].map((id) =>
      makeStage(id, { command: 'mkdir busy && sleep 0.1 && rmdir busy' }),
    );
    assert.deepEqual(summary(await run(alone, { jobs: 1 })), [
      'x succeeded 0',
      'y succeeded 0',
      'z succeeded 0',
    ]);
  });

  it('says that a command does not exist', async () => {
    const [result] = await run([makeStage('gone', { command: 'no-such-program-here --x' })]);
    assert.equal(result?.status, 'failed');
    assert.equal(result.exitCode, 127);
    assert.equal(result.reason, 'a command was not found');
    assert.match(output('gone'), /no-such-program-here/);
  });

  it('says that the folder does not exist', async () => {
    const [result] = await run([makeStage('lost', { cwd: 'nowhere' })]);
    assert.equal(result?.status, 'failed');
    assert.equal(result.exitCode, null);
    assert.match(result.reason ?? '', /nowhere does not exist/);
    assert.match(output('lost'), /^preflight\.yaml:1: /);
  });

  it('runs a stage of DVC by dvc itself, and says where dvc was looked for', async () => {
    const bin = join(suite.root, 'bin');
    await write('pipes/dvc.yaml', 'stages: {}\n');
    await write('bin/python3', '#!/bin/sh\n');
    const environment: PythonEnvironment = {
      python: join(bin, 'python3'),
      bin,
      prefix: suite.root,
      kind: 'system',
      evidence: 'test',
    };
    const stage = makeStage('pipes/dvc.yaml:fit $(touch pwned)', {
      name: 'fit $(touch pwned)',
      tool: 'dvc',
      source: { file: 'pipes/dvc.yaml', line: 2 },
    });
    const path = process.env['PATH'];
    process.env['PATH'] = '/usr/bin:/bin';
    try {
      const [missing] = await run([stage], { environment });
      assert.equal(missing?.status, 'failed');
      assert.equal(missing.exitCode, 127);
      assert.match(
        output(stage.id),
        /^pipes\/dvc\.yaml:2: dvc was not found in .*bin or the 2 other folders of PATH\. Install it with `pip install dvc`/,
      );
      await write('bin/dvc', '#!/bin/sh\npwd\nfor word; do echo "<$word>"; done\n');
      await chmod(join(bin, 'dvc'), 0o755);
      suite.events = [];
      assert.deepEqual(summary(await run([stage], { environment, force: true })), [
        `${stage.id} succeeded 0`,
      ]);
    } finally {
      process.env['PATH'] = path;
    }
    assert.deepEqual(output(stage.id).trim().split('\n'), [
      join(suite.root, 'pipes'),
      '<--wait-for-lock>',
      '<repro>',
      '<--single-item>',
      '<--force>',
      '<-->',
      '<fit $(touch pwned)>',
    ]);
    assert.equal(existsSync(join(suite.root, 'pipes', 'pwned')), false);
  });

  it('puts the Python environment first on PATH, unbuffered', async () => {
    const bin = join(suite.root, 'env', 'bin');
    await write('env/bin/greet', '#!/bin/sh\necho hello from the environment\n');
    await chmod(join(bin, 'greet'), 0o755);
    const environment: PythonEnvironment = {
      python: join(bin, 'python'),
      bin,
      prefix: join(suite.root, 'env'),
      kind: 'venv',
      evidence: 'test',
    };
    const stage = makeStage('greet', {
      command: 'greet; echo $PYTHONUNBUFFERED $VIRTUAL_ENV "[$ELECTRON_RUN_AS_NODE]"',
    });
    process.env['ELECTRON_RUN_AS_NODE'] = '1';
    try {
      await run([stage], { environment });
    } finally {
      delete process.env['ELECTRON_RUN_AS_NODE'];
    }
    assert.equal(output('greet'), `hello from the environment\n1 ${join(suite.root, 'env')} []\n`);
  });

  it('skips what is fresh, and runs it again when forced, changed or interrupted', async () => {
    await write('in.txt', 'a');
    const copy = makeStage('copy', {
      command: 'cp in.txt out.txt; echo ran',
      dependencies: ['in.txt'],
      outputs: ['out.txt'],
    });
    const last = makeStage('last', { command: 'cat out.txt', dependencies: ['out.txt'] });
    const stages = [copy, last];
    assert.deepEqual(summary(await run(stages)), ['copy succeeded 0', 'last succeeded 0']);
    const again = await run(stages);
    assert.deepEqual(
      again.map((one) => one.reason),
      ['fresh', 'fresh'],
    );
    assert.deepEqual(summary(again), ['copy skipped null', 'last skipped null']);
    assert.deepEqual(summary(await run(stages, { force: true, targets: ['copy'] })), [
      'copy succeeded 0',
      'last skipped null',
    ]);
    assert.deepEqual(summary(await run(stages, { force: true })), [
      'copy succeeded 0',
      'last succeeded 0',
    ]);
    await write('in.txt', 'b');
    assert.deepEqual(summary(await run(stages)), ['copy succeeded 0', 'last succeeded 0']);
    await write('out.txt', 'edited by hand');
    assert.deepEqual(summary(await run(stages)), ['copy succeeded 0', 'last skipped null']);
  });

  it('keeps what a name or an output holds as text: nothing of it is executed', async () => {
    const id = 'it\'s "odd" $(touch pwned) `touch pwned`; touch pwned / ../../x\nnew';
    const [result] = await run([makeStage(id, { command: 'echo done' })]);
    assert.equal(result?.status, 'succeeded');
    assert.equal(existsSync(join(suite.root, 'pwned')), false);
    const logs = await readdir(join(suite.stateFolder, 'logs'));
    assert.equal(logs.length, 1);
    assert.match(logs[0] ?? '', /^[\w.@-]+\.log$/);
    assert.equal(result.log, join(suite.stateFolder, 'logs', logs[0] ?? ''));
    assert.equal((await readRuns(suite.stateFolder))[0]?.stage, id);
  });

  it('hands on bytes that are cut between two reads as the characters they are', async () => {
    const text = 'ä€😀'.repeat(40_000);
    await write('text.txt', text);
    await run([makeStage('print', { command: 'cat text.txt' })]);
    assert.equal(output('print'), text);
  });

  it('does not wait for a daemon that a stage leaves behind', async () => {
    const stage = makeStage('serve', { command: 'sleep 60 & echo $!; echo up' });
    const began = Date.now();
    const [result] = await run([stage]);
    assert.equal(result?.status, 'succeeded');
    assert.ok(Date.now() - began < 30_000);
    assert.match(output('serve'), /up\n$/);
    process.kill(Number(output('serve').split('\n')[0]));
  });

  it('has the end of a stage that closes its output, and of one whose folder vanishes', async () => {
    await mkdir(join(suite.root, 'gone'));
    const stages = [
      makeStage('mute', { command: 'exec >&- 2>&-; exit 3' }),
      makeStage('gone', { command: 'echo up; rmdir "$PWD"; exit 4', cwd: 'gone' }),
      makeStage('after', { command: 'true', cwd: 'gone' }),
    ];
    const runs = await run(stages, { keepGoing: true });
    assert.deepEqual(summary(runs), ['mute failed 3', 'gone failed 4', 'after failed null']);
    assert.match(runs[2]?.reason ?? '', /gone does not exist/);
    assert.deepEqual(
      (await readRuns(suite.stateFolder)).map((one) => one.isRecorded),
      [true, true, true],
    );
  });

  it('leaves variables of the environment as they are, and tells a signal by its number', async () => {
    process.env['c'] = 'kept';
    try {
      const stage = makeStage('signal', { command: 'echo "[$c]"; kill -9 $$' });
      const [result] = await run([stage]);
      assert.equal(output('signal').split('\n')[0], '[kept]');
      // POSIX, sh: 128 and the number of the signal.
      assert.equal(result?.exitCode, 137);
      assert.equal(result.reason, 'ended by SIGKILL, perhaps for lack of memory');
    } finally {
      delete process.env['c'];
    }
  });

  it('waits for a stage that another window is running, follows it, and takes over its end', async () => {
    const stage = makeStage('slow', {
      command: 'echo up; while [ ! -e stop ]; do sleep 0.05; done; echo x >> ran',
    });
    const first = run([stage]);
    const deadline = Date.now() + 20_000;
    while (!output('slow').includes('up')) {
      assert.ok(Date.now() < deadline);
      await setTimeout(20);
    }
    const heard: RunEvent[] = [];
    const second = run([stage], { onEvent: (event) => void heard.push(event) });
    while (!heard.some((event) => event.type === 'output')) {
      assert.ok(Date.now() < deadline);
      await setTimeout(20);
    }
    await write('stop', '');
    assert.deepEqual(summary(await first), ['slow succeeded 0']);
    assert.deepEqual(summary(await second), ['slow succeeded 0']);
    assert.equal(await read('ran'), 'x\n');
    const told = heard.find((event) => event.type === 'started');
    assert.ok(told?.type === 'started' && told.attached !== undefined);
    assert.equal((await readRuns(suite.stateFolder)).length, 1);
  });

  it('keeps the newest ten logs of each stage', async () => {
    await mkdir(join(suite.stateFolder, 'logs'), { recursive: true });
    const old = Array.from({ length: 14 }, (_, n) => `200001${10 + n}T000000Z-0a0b0c-one.log`);
    const others = ['20000101T000000Z-0a0b0c-other-one.log', 'note.txt'];
    for (const name of [...old, ...others]) await write(`.state/logs/${name}`, '');
    const [result] = await run([makeStage('one')]);
    const kept = await readdir(join(suite.stateFolder, 'logs'));
    const newest = (result?.log ?? '').slice(join(suite.stateFolder, 'logs').length + 1);
    assert.deepEqual(kept.sort(), [...others, ...old.slice(5), newest].sort());
  });

  it('runs a stage one of whose dependencies cannot be read', async () => {
    await mkdir(join(suite.root, 'data'));
    await symlink('nowhere', join(suite.root, 'data', 'broken'));
    const stage = makeStage('one', { dependencies: ['data'] });
    assert.deepEqual(summary(await run([stage])), ['one succeeded 0']);
    const project = makeProject(suite.root, [stage]);
    assert.deepEqual(await readStatus(project, suite.stateFolder), [
      { id: 'one', status: 'stale', reasons: ['data cannot be read'] },
    ]);
  });

  it('fails a stage whose log cannot be written, with the reason', async () => {
    await write('.state', 'a file where the folder should be');
    const [result] = await run([makeStage('one')]);
    assert.equal(result?.status, 'failed');
    assert.match(result.reason ?? '', /ENOTDIR|EEXIST/);
    await rm(join(suite.root, '.state'));
  });

  it('runs a plan of many stages in parallel without losing one', async () => {
    const stages = Array.from({ length: 40 }, (_, n) =>
      makeStage(`s${n}`, {
        command: `echo ${n} > out${n}`,
        outputs: [`out${n}`],
        dependencies: n < 4 ? [] : [`out${n - 4}`, `out${Math.floor(n / 2)}`],
      }),
    );
    const plan = planRun(stages.toReversed(), [], { upstream: false, downstream: false });
    assert.ok(plan.ok);
    const runs = await run(plan.value, { jobs: 4 });
    assert.deepEqual(new Set(runs.map((one) => one.status)), new Set(['succeeded']));
    assert.equal(runs.length, 40);
    assert.equal(await read('out39'), '39\n');
    assert.equal((await readRuns(suite.stateFolder)).length, 40);
  });
});

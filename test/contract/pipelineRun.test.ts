import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { planRun } from '../../src/pipeline/graph/graph';
import { findPythonEnvironment } from '../../src/pipeline/environment/findPythonEnvironments';
import { prepareSetting } from '../../src/pipeline/parameters/prepareSetting';
import { readRuns } from '../../src/pipeline/ledger/runLedger';
import { runStages, type RunOptions } from '../../src/pipeline/run/runStages';
import type { RunEvent } from '../../src/pipeline/run/stageRun';
import { readStatus } from '../../src/pipeline/status/status';
import { detectProject } from '../../src/project/detectProject';
import type { Project } from '../../src/project/project';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { ensurePythonEnvironment } from '../harness/pythonEnvironment';
import { copySample, makeEmptyProject, type SampleProject } from '../harness/sampleProject';

/** Stages of DVC, run by the real dvc, and scripts, run by the real Python. */
describe('running the stages of a project', function () {
  this.timeout(240_000);
  let sample: SampleProject;
  let project: Project;
  let stateFolder = '';
  let python = '';

  before(async () => {
    python = join(await ensurePythonEnvironment(), 'python');
  });
  afterEach(() => sample.dispose());

  const open = async (opened: SampleProject) => {
    sample = opened;
    stateFolder = join(sample.root, '.git', 'preflight');
    const files = await openWorktreeFiles(sample.root, {});
    assert.ok(files.ok);
    project = await detectProject(files.value, {});
  };
  const run = async (targets: readonly string[], options: Partial<RunOptions> = {}) => {
    const plan = planRun(project.stages, targets, { upstream: true, downstream: false });
    assert.ok(plan.ok);
    const runs = await runStages({
      project,
      stages: plan.value,
      stateFolder,
      jobs: 1,
      force: false,
      signal: new AbortController().signal,
      onEvent: () => undefined,
      environment: await findPythonEnvironment(sample.root, { ML_PREFLIGHT_PYTHON: python }),
      ...options,
    });
    return Object.fromEntries(
      runs.map((one) => [one.stage, one.reason ?? `${one.status} ${one.exitCode}`]),
    );
  };
  const status = async () =>
    Object.fromEntries((await readStatus(project, stateFolder)).map((one) => [one.id, one.status]));

  it('of tumours: what DVC made is fresh, for DVC too', async () => {
    await open(await copySample('tumours'));
    assert.deepEqual(await run([]), {
      prepare: 'succeeded 0',
      train: 'succeeded 0',
      evaluate: 'fresh',
    });
    assert.deepEqual(await status(), { prepare: 'fresh', train: 'fresh', evaluate: 'fresh' });
    assert.equal((await sample.run('dvc', 'status', '--json')).trim(), '{}');
    assert.equal(await sample.run('git', 'status', '--porcelain'), '');

    await sample.edit('src/train.py', (text) => `${text}raise SystemExit(9)\n`);
    const failed = await run([]);
    assert.equal(failed['prepare'], 'fresh');
    assert.match(failed['train'] ?? '', /^failed [1-9]/);
    assert.equal(failed['evaluate'], 'blocked: train failed');
    assert.deepEqual(await status(), { prepare: 'fresh', train: 'failed', evaluate: 'blocked' });

    // Mended and run by hand: our own record of the failure is out of date.
    await sample.edit('src/train.py', (text) =>
      text.replace('raise SystemExit(9)\n', '# mended\n'),
    );
    await sample.run('dvc', 'repro', '--quiet');
    assert.deepEqual(await status(), { prepare: 'fresh', train: 'fresh', evaluate: 'fresh' });
    await sample.edit('params.yaml', (text) => text.replace(/n_estimators: .*/, 'n_estimators: 9'));
    assert.deepEqual(await status(), { prepare: 'fresh', train: 'stale', evaluate: 'blocked' });
  });

  it('of admissions: every script in its order, all fresh afterwards', async () => {
    await open(await copySample('admissions'));
    const runs = await run([], { jobs: 2 });
    assert.deepEqual(new Set(Object.values(runs)), new Set(['succeeded 0']));
    assert.ok(Object.keys(runs).length >= 4, JSON.stringify(runs));
    const after = await status();
    for (const stage of Object.keys(runs)) assert.equal(after[stage], 'fresh', stage);
    assert.deepEqual(new Set(Object.values(await run([]))), new Set(['fresh']));
  });

  it('of DVC at once: two stages that need nothing of each other, without a fight for its lock', async () => {
    const command = (own: string, other: string) =>
      `touch ${own}.here; for i in $(seq 600); do [ -e ${other}.here ] && exec touch ${own}; sleep 0.05; done; exit 1`;
    await open(await makeDvcProject({ a: command('a', 'b'), b: command('b', 'a') }));
    assert.deepEqual(await run([], { jobs: 2 }), { a: 'succeeded 0', b: 'succeeded 0' });
    assert.deepEqual(await status(), { a: 'fresh', b: 'fresh' });
  });

  it('of DVC, interrupted: nothing goes on behind, and the next run works', async () => {
    await open(await makeDvcProject({ a: 'echo up; [ -e quick ] || sleep 120; touch a' }));
    const controller = new AbortController();
    let output = '';
    const onEvent = (event: RunEvent) => {
      if (event.type === 'output') output += event.data;
    };
    const running = run(['a'], { signal: controller.signal, onEvent });
    const deadline = Date.now() + 60_000;
    while (!output.includes('\nup\n')) {
      assert.ok(Date.now() < deadline, output);
      await setTimeout(50);
    }
    const began = Date.now();
    controller.abort();
    assert.deepEqual(await running, { a: 'interrupted' });
    assert.ok(Date.now() - began < 60_000);
    assert.equal((await readRuns(stateFolder)).at(-1)?.status, 'cancelled');
    assert.equal(existsSync(join(sample.root, 'a')), false);
    await sample.edit('quick', () => 'x');
    assert.deepEqual(await run(['a']), { a: 'succeeded 0' });
  });

  it('of DVC with values of its own: an experiment, which leaves the work tree and its status as they are', async () => {
    await open(await copySample('tumours'));
    await run([]);
    const before = await status();
    const train = project.stages.find((stage) => stage.id === 'train');
    assert.ok(train !== undefined);
    const values = [{ key: 'n_estimators', text: '3' }];
    const setting = await prepareSetting(train, sample.root, values);
    assert.ok(setting.ok);
    assert.deepEqual(await run(['train'], { setting: setting.value }), {
      prepare: 'fresh',
      train: 'succeeded 0',
    });
    assert.equal(await sample.run('git', 'status', '--porcelain'), '');
    assert.deepEqual(await status(), before);
    const shown = await sample.run('dvc', 'exp', 'show', '--json');
    // What DVC itself says of its experiments: one of them was run with our value.
    assert.match(shown, /"n_estimators": 3\b/);
    const last = (await readRuns(stateFolder)).at(-1);
    assert.deepEqual(Object.values(last?.set ?? {}), ['3']);
  });

  /** A repository of DVC whose stages each write the file of their name. */
  async function makeDvcProject(
    commands: Readonly<Record<string, string>>,
  ): Promise<SampleProject> {
    const made = await makeEmptyProject();
    const bin = await ensurePythonEnvironment();
    await made.run('git', 'init', '-q');
    await made.run(join(bin, 'dvc'), 'init', '-q');
    const stages = Object.entries(commands).map(([name, command]) => [
      name,
      { cmd: command, outs: [name] },
    ]);
    await made.edit('dvc.yaml', () => JSON.stringify({ stages: Object.fromEntries(stages) }));
    return made;
  }
});

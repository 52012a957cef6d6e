import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runStages } from '../../../src/pipeline/run/runStages';
import { joinStatus, readStatus } from '../../../src/pipeline/status/status';
import type { OwnStatus } from '../../../src/pipeline/status/ownStatus';
import type { Stage } from '../../../src/project/project';
import { makeProject, makeStage } from './makeStage';

describe('readStatus of stages that no tool keeps a lock for', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'preflight-status-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  const state = () => join(root, '.git', 'preflight');
  const run = (stages: readonly Stage[], signal = new AbortController().signal) =>
    runStages({
      project: makeProject(root, stages),
      stages,
      stateFolder: state(),
      jobs: 1,
      force: true,
      signal,
      environment: undefined,
      onEvent: () => undefined,
    });
  const statusOf = async (...stages: readonly Stage[]) =>
    (await readStatus(makeProject(root, stages), state())).map(({ status, reasons }) => [
      status,
      ...reasons,
    ]);

  it('is never-run before the first run, and fresh after it', async () => {
    await write('in.csv', '1');
    const stage = makeStage('s', {
      command: 'cp in.csv out.csv',
      dependencies: ['in.csv'],
      outputs: ['out.csv'],
    });
    assert.deepEqual(await statusOf(stage), [['never-run', 'no run of it is recorded here']]);
    await run([stage]);
    assert.deepEqual(await statusOf(stage), [['fresh']]);
  });

  it('says that a run was cancelled, and that there was no other', async () => {
    const stage = makeStage('s', { command: 'sleep 100', dependencies: ['in.csv'] });
    const controller = new AbortController();
    await runStages({
      project: makeProject(root, [stage]),
      stages: [stage],
      stateFolder: state(),
      jobs: 1,
      force: false,
      signal: controller.signal,
      environment: undefined,
      onEvent: ({ type }) => {
        if (type === 'started') controller.abort();
      },
    });
    assert.deepEqual(await statusOf(stage), [
      ['never-run', 'the last run was cancelled, and none has succeeded here'],
    ]);
  });

  it('is never fresh where what the stage reads is not known', async () => {
    const stage = makeStage('s', { outputs: ['out.csv'] });
    await run([stage]);
    assert.deepEqual(await statusOf(stage), [
      ['unknown', 'it has run, but what it reads is not known'],
    ]);
  });

  it('is never fresh where an output was not made, or a dependency is not there', async () => {
    await write('in.csv', '1');
    const one = makeStage('s', { dependencies: ['in.csv'], outputs: ['out.csv'] });
    const two = makeStage('t', { dependencies: ['in.csv', 'gone.csv'] });
    await run([one, two]);
    assert.deepEqual(await statusOf(one, two), [
      ['stale', 'output out.csv was not made by the last run'],
      ['stale', 'gone.csv is missing'],
    ]);
  });

  it('names what has changed: command, parameters, dependencies, outputs', async () => {
    await write('in.csv', '1');
    await write('params.yaml', 'train: {lr: 0.1, layers: [8, 4]}\nother: 1\n');
    const stage = makeStage('s', {
      command: 'cp in.csv out.csv; cp in.csv kept.csv',
      dependencies: ['in.csv'],
      outputs: ['out.csv', 'kept.csv'],
      parameters: ['params.yaml:train'],
    });
    await run([stage]);
    await write('params.yaml', 'train: {lr: 0.3, layers: [8]}\nother: 2\n');
    await write('in.csv', '2');
    await rm(join(root, 'out.csv'));
    await write('kept.csv', 'edited');
    const edited = { ...stage, command: 'cp in.csv out.csv' };
    assert.deepEqual(await statusOf(edited), [
      [
        'stale',
        'the command changed: cp in.csv out.csv; cp in.csv kept.csv -> cp in.csv out.csv',
        'params.yaml: train.lr 0.1 -> 0.3',
        'params.yaml: train.layers [8,4] -> [8]',
        'in.csv changed',
        'output out.csv is missing',
        'output kept.csv changed',
      ],
    ]);
  });

  it('sees the value of a key that has dots in itself', async () => {
    await write('in.csv', '1');
    await write('catalog.yml', 'shop.sales:\n  save: a\n');
    await write('model.yml', 'fit.rate: 1\n');
    const stage = makeStage('s', {
      command: 'cp in.csv out.csv',
      dependencies: ['in.csv'],
      outputs: ['out.csv'],
      parameters: ['catalog.yml:shop.sales', 'model.yml:fit.rate'],
    });
    await run([stage]);
    assert.deepEqual(await statusOf(stage), [['fresh']]);
    await write('catalog.yml', 'shop.sales:\n  save: b\n');
    await write('model.yml', 'fit.rate: 2\n');
    assert.deepEqual(await statusOf(stage), [
      ['stale', 'catalog.yml: shop.sales.save a -> b', 'model.yml: fit.rate 1 -> 2'],
    ]);
  });

  it('looks at content, not at times', async () => {
    await write('in.csv', 'same');
    const stage = makeStage('s', { dependencies: ['in.csv'] });
    await run([stage]);
    await utimes(join(root, 'in.csv'), new Date(), new Date(2000, 1, 1));
    assert.deepEqual(await statusOf(stage), [['fresh']]);
    await write('in.csv', 'SAME');
    assert.deepEqual(await statusOf(stage), [['stale', 'in.csv changed']]);
  });

  it('sees a change that leaves size and time as they were', async () => {
    const old = new Date(2000, 1, 1);
    await write('in.csv', 'aaaa');
    await utimes(join(root, 'in.csv'), old, old);
    const stage = makeStage('s', { dependencies: ['in.csv'] });
    await run([stage]);
    await statusOf(stage);
    await write('in.csv', 'bbbb');
    await utimes(join(root, 'in.csv'), old, old);
    assert.deepEqual(await statusOf(stage), [['stale', 'in.csv changed']]);
  });

  it("sees changes in folders and in what a glob matches, but not the stage's own outputs there", async () => {
    await write('data/a.csv', '1');
    await write('logs/1.jsonl', '1');
    const stage = makeStage('s', {
      command: 'echo 1 > data/out.csv',
      dependencies: ['data', 'logs/*.jsonl'],
      outputs: ['data/out.csv'],
    });
    await run([stage]);
    assert.deepEqual(await statusOf(stage), [['fresh']]);
    await write('data/b/c.csv', '2');
    assert.deepEqual(await statusOf(stage), [['stale', 'data changed']]);
    await rm(join(root, 'data/b'), { recursive: true });
    await write('data/__pycache__/x.pyc', 'nobody reads this');
    assert.deepEqual(await statusOf(stage), [['fresh']]);
    await write('logs/2.jsonl', '2');
    assert.deepEqual(await statusOf(stage), [['stale', 'logs/*.jsonl changed']]);
  });

  it('is fresh after changing a file in place, until somebody else changes it', async () => {
    await write('store.db', '0');
    const stage = makeStage('s', {
      command: 'echo more >> store.db',
      dependencies: ['store.db', 's.py'],
      outputs: ['store.db'],
    });
    await write('s.py', 'code');
    await run([stage]);
    assert.deepEqual(await statusOf(stage), [['fresh']]);
    await write('store.db', 'reset');
    assert.deepEqual(await statusOf(stage), [['stale', 'output store.db changed']]);
  });

  it('is failed after a failure, with the exit code, until a run succeeds', async () => {
    await write('in.csv', '1');
    const stage = makeStage('s', { command: '[ -e good ] || exit 4', dependencies: ['in.csv'] });
    await run([stage]);
    assert.deepEqual(await statusOf(stage), [['failed', 'the last run failed with exit code 4']]);
    await write('good', '');
    await run([stage]);
    assert.deepEqual(await statusOf(stage), [['fresh']]);
  });

  it('treats hostile paths as paths', async () => {
    const name = 'it\'s $(touch pwned) "x"\n.csv';
    await write(name, '1');
    const stage = makeStage('s', { dependencies: [name] });
    await run([stage]);
    assert.deepEqual(await statusOf(stage), [['fresh']]);
    await write(name, '2');
    assert.deepEqual(await statusOf(stage), [['stale', `${name} changed`]]);
  });

  it('blocks what is downstream of a stage that is not fresh', async () => {
    await write('in.csv', '1');
    const first = makeStage('first', {
      command: 'cp in.csv a.csv',
      dependencies: ['in.csv'],
      outputs: ['a.csv'],
    });
    const second = makeStage('second', {
      command: 'cp a.csv b.csv',
      dependencies: ['a.csv'],
      outputs: ['b.csv'],
    });
    const third = makeStage('third', { dependencies: ['b.csv'] });
    await run([first, second, third]);
    await write('in.csv', '2');
    assert.deepEqual(await statusOf(third, second, first), [
      ['blocked', 'second is blocked'],
      ['blocked', 'first is stale'],
      ['stale', 'in.csv changed'],
    ]);
  });
});

describe('joinStatus', () => {
  const fresh: OwnStatus = { status: 'fresh', reasons: [] };

  it('lets notebooks block nothing', () => {
    const notebook = makeStage('n.ipynb', { tool: 'notebook', outputs: ['a.csv'] });
    const reader = makeStage('reader', { dependencies: ['a.csv'] });
    const own = new Map<string, OwnStatus>([
      ['n.ipynb', { status: 'never-run', reasons: [] }],
      ['reader', fresh],
    ]);
    assert.equal(joinStatus([notebook, reader], own)[1]?.status, 'fresh');
  });

  it('knows nothing of a cycle and what follows it, but all of the rest', () => {
    const stages = [
      makeStage('start', { outputs: ['s'] }),
      makeStage('a', { dependencies: ['s', 'b.out'], outputs: ['a.out'] }),
      makeStage('b', { dependencies: ['a.out'], outputs: ['b.out'] }),
      makeStage('after', { dependencies: ['b.out'] }),
    ];
    const joined = joinStatus(stages, new Map(stages.map((stage) => [stage.id, fresh])));
    assert.deepEqual(
      joined.map((one) => one.status),
      ['fresh', 'unknown', 'unknown', 'unknown'],
    );
    assert.match(joined[1]?.reasons[0] ?? '', /a needs b needs a/);
  });
});

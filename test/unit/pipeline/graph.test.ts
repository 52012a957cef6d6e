import assert from 'node:assert/strict';
import fc from 'fast-check';
import { orderStages, planRun } from '../../../src/pipeline/graph/graph';
import { previewRun } from '../../../src/pipeline/run/previewRun';
import { buildGraph } from '../../../src/pipeline/graph/stageGraph';
import type { Stage } from '../../../src/project/project';
import { makeStage } from './makeStage';

const PREPARE = makeStage('prepare', { dependencies: ['raw.csv'], outputs: ['data'] });
const TRAIN = makeStage('train', {
  dependencies: ['data/train.csv'],
  outputs: ['model.bin'],
  parameters: ['params.yaml:train.lr'],
});
const EVALUATE = makeStage('evaluate', {
  dependencies: ['model.bin', 'data/test.csv'],
  metrics: ['metrics.json'],
});
const REPORT = makeStage('report', { dependencies: ['metrics.json'] });
const DEPLOY = makeStage('deploy', {
  kind: 'deploy',
  dependencies: ['model.bin'],
  outputs: ['live'],
});
const SMOKE_TEST = makeStage('smoke-test', { dependencies: ['live/url.txt'] });
const NOTEBOOK = makeStage('look.ipynb', { tool: 'notebook', dependencies: ['data'] });
const ALL = [SMOKE_TEST, REPORT, EVALUATE, DEPLOY, NOTEBOOK, TRAIN, PREPARE];

function idsOf(result: ReturnType<typeof planRun>): readonly string[] {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.map((stage) => stage.id);
}

const ALONE = { upstream: false, downstream: false };
const UPSTREAM = { upstream: true, downstream: false };
const DOWNSTREAM = { upstream: false, downstream: true };

describe('buildGraph', () => {
  const upstreamOf = (reader: Partial<Stage>, writer: Partial<Stage>) =>
    buildGraph([makeStage('reader', reader), makeStage('writer', writer)]).upstream.get('reader');

  it('joins what is written with what is read: the same path, a folder around it, a path inside it', () => {
    assert.deepEqual(upstreamOf({ dependencies: ['a/b'] }, { outputs: ['a/b'] }), ['writer']);
    assert.deepEqual(upstreamOf({ dependencies: ['a/b/c.csv'] }, { outputs: ['a'] }), ['writer']);
    assert.deepEqual(upstreamOf({ dependencies: ['a'] }, { outputs: ['a/b/c.csv'] }), ['writer']);
    assert.deepEqual(upstreamOf({ dependencies: ['./a/'] }, { outputs: ['a'] }), ['writer']);
    assert.deepEqual(upstreamOf({ dependencies: ['m.json'] }, { metrics: ['m.json'] }), ['writer']);
    assert.deepEqual(upstreamOf({ parameters: ['p.yaml:lr'] }, { outputs: ['p.yaml'] }), [
      'writer',
    ]);
  });

  it('does not join names that only begin alike, or that a shell would read as something else', () => {
    assert.deepEqual(upstreamOf({ dependencies: ['data2'] }, { outputs: ['data'] }), []);
    assert.deepEqual(upstreamOf({ dependencies: ['a/b'] }, { outputs: ['a/c'] }), []);
    assert.deepEqual(upstreamOf({ dependencies: ['a.b'] }, { outputs: ['aXb'] }), []);
  });

  it('joins globs with what they match', () => {
    assert.deepEqual(
      upstreamOf({ dependencies: ['m/model.v*.bin'] }, { outputs: ['m/model.v2.bin'] }),
      ['writer'],
    );
    assert.deepEqual(
      upstreamOf({ dependencies: ['m/model.v2.bin'] }, { outputs: ['m/model.v*.bin'] }),
      ['writer'],
    );
    assert.deepEqual(
      upstreamOf({ dependencies: ['logs/**/x.csv'] }, { outputs: ['logs/a/b/x.csv'] }),
      ['writer'],
    );
    assert.deepEqual(upstreamOf({ dependencies: ['m/*.csv'] }, { outputs: ['m/*.bin'] }), []);
    assert.deepEqual(upstreamOf({ dependencies: ['m/a*.csv'] }, { outputs: ['m/*.csv'] }), [
      'writer',
    ]);
  });

  it('gives a stage that changes a file in place no edge to itself', () => {
    const graph = buildGraph([makeStage('clean', { dependencies: ['x.csv'], outputs: ['x.csv'] })]);
    assert.deepEqual(graph.upstream.get('clean'), []);
    assert.deepEqual(graph.downstream.get('clean'), []);
  });
});

describe('planRun', () => {
  it('runs the whole pipeline in order, without notebooks, deployments and what follows a deployment', () => {
    assert.deepEqual(idsOf(planRun(ALL, [], ALONE)), ['prepare', 'train', 'evaluate', 'report']);
  });

  it('runs a deployment, or a notebook, only where it is named', () => {
    assert.deepEqual(idsOf(planRun(ALL, ['deploy'], UPSTREAM)), ['prepare', 'train', 'deploy']);
    assert.deepEqual(idsOf(planRun(ALL, ['look.ipynb'], ALONE)), ['look.ipynb']);
    assert.deepEqual(idsOf(planRun(ALL, ['smoke-test'], UPSTREAM)), ['smoke-test']);
    assert.deepEqual(idsOf(planRun(ALL, ['train'], DOWNSTREAM)), ['train', 'evaluate', 'report']);
  });

  it('runs one stage alone, or with what it needs', () => {
    assert.deepEqual(idsOf(planRun(ALL, ['evaluate'], ALONE)), ['evaluate']);
    assert.deepEqual(idsOf(planRun(ALL, ['evaluate'], UPSTREAM)), ['prepare', 'train', 'evaluate']);
  });

  it('with both, brings what the downstream stages need too', () => {
    const other = makeStage('features', { outputs: ['features.csv'] });
    const join = makeStage('join', { dependencies: ['data', 'features.csv'] });
    const plan = planRun([join, other, PREPARE], ['prepare'], { upstream: true, downstream: true });
    assert.deepEqual([...idsOf(plan)].sort(), ['features', 'join', 'prepare']);
    assert.equal(idsOf(plan).at(-1), 'join');
  });

  it('finds a stage by name, and says which ones share it', () => {
    const a = makeStage('a/dvc.yaml:train', { name: 'train' });
    const b = makeStage('b/dvc.yaml:train', { name: 'train' });
    assert.deepEqual(idsOf(planRun([a], ['train'], ALONE)), ['a/dvc.yaml:train']);
    const ambiguous = planRun([a, b], ['train'], ALONE);
    assert.ok(!ambiguous.ok);
    assert.equal(ambiguous.problem.code, 'stage-ambiguous');
    assert.match(ambiguous.problem.fix ?? '', /a\/dvc\.yaml:train, b\/dvc\.yaml:train/);
  });

  it('answers an unknown name with the nearest one', () => {
    const near = planRun(ALL, ['trian'], ALONE);
    assert.ok(!near.ok);
    assert.equal(near.problem.code, 'stage-unknown');
    assert.equal(near.problem.fix, 'Did you mean "train"?');
    const far = planRun([TRAIN], ['zzzzzzzz'], ALONE);
    assert.ok(!far.ok);
    assert.equal(far.problem.fix, 'The stages are: train.');
  });

  it('names a cycle, where the plan has one, and only there', () => {
    const a = makeStage('a', {
      dependencies: ['c.out'],
      outputs: ['a.out'],
      source: { file: 'dvc.yaml', line: 7 },
    });
    const b = makeStage('b', { dependencies: ['a.out'], outputs: ['b.out'] });
    const c = makeStage('c', { dependencies: ['b.out'], outputs: ['c.out'] });
    const plan = planRun([PREPARE, a, b, c], [], ALONE);
    assert.ok(!plan.ok);
    assert.equal(plan.problem.code, 'stage-cycle');
    assert.equal(plan.problem.message, 'Stages need each other: a needs c needs b needs a.');
    assert.equal(plan.problem.line, 7);
    assert.deepEqual(idsOf(planRun([PREPARE, a, b, c], ['prepare'], UPSTREAM)), ['prepare']);
  });
});

describe('orderStages', () => {
  it('puts every stage after what it reads from, and loses none', () => {
    const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 });
    fc.assert(
      fc.property(
        edges,
        fc.shuffledSubarray([...Array(12).keys()], { minLength: 12 }),
        (pairs, places) => {
          // Edges only from lower to higher numbers, so that there is no cycle; the order given is any.
          const stages = places.map((number) =>
            makeStage(`s${number}`, {
              outputs: [`out/${number}`],
              dependencies: pairs
                .filter(([a, b]) => Math.max(a, b) === number && a !== b)
                .map(([a, b]) => `out/${Math.min(a, b)}`),
            }),
          );
          const ordered = orderStages(stages);
          assert.ok(ordered.ok);
          const ids = ordered.value.map((stage) => stage.id);
          assert.deepEqual([...ids].sort(), stages.map((stage) => stage.id).sort());
          for (const [a, b] of pairs) {
            if (a !== b)
              assert.ok(ids.indexOf(`s${Math.min(a, b)}`) < ids.indexOf(`s${Math.max(a, b)}`));
          }
        },
      ),
    );
  });

  it('follows a chain of any length', () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, n) =>
      makeStage(`s${n}`, { dependencies: [`o/${n + 1}`], outputs: [`o/${n}`] }),
    );
    const ordered = orderStages(chain);
    assert.ok(ordered.ok);
    assert.equal(ordered.value[0]?.id, `s${length - 1}`);
    assert.equal(ordered.value.at(-1)?.id, 's0');
  });
});

describe('previewRun', () => {
  it('says what would run, what would not, and what may have to', () => {
    const preview = previewRun(
      [PREPARE, TRAIN, EVALUATE, REPORT],
      [
        { id: 'prepare', status: 'fresh', reasons: [] },
        { id: 'train', status: 'stale', reasons: ['train.py changed'] },
        { id: 'evaluate', status: 'blocked', reasons: ['train is stale'] },
        { id: 'report', status: 'fresh', reasons: [] },
      ],
      (stage) => stage.id === 'report',
    );
    assert.deepEqual(preview, [
      { stage: 'prepare', action: 'skip', reasons: ['fresh'] },
      { stage: 'train', action: 'run', reasons: ['train.py changed'] },
      { stage: 'evaluate', action: 'maybe', reasons: ['train is stale'] },
      { stage: 'report', action: 'run', reasons: ['forced'] },
    ]);
  });
});

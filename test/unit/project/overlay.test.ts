import assert from 'node:assert/strict';
import { detectIn, lineOf, stageOf } from './makeProject';

const SCRIPT =
  'import pandas as pd, joblib\nrows = pd.read_csv("data/train.csv")\njoblib.dump(rows, "models/model.joblib")\n';

describe('preflight.yaml', () => {
  it('names what was detected, and adds what was not', async () => {
    const config = `datasets:
  people: { path: data/train.csv, key: id }
  live: { path: "logs/*.jsonl", baseline: people }
  later: { path: data/not-there.parquet, role: test }
models:
  churn: { path: models/model.joblib, metrics: [out/scores.json] }
stages:
  learn: { run: python train.py }
  deploy: { run: ./deploy.sh, cwd: ops, dependencies: [models/model.joblib], kind: deploy }
`;
    const project = await detectIn({
      'preflight.yaml': config,
      'train.py': SCRIPT,
      'data/train.csv': 'a\n',
      'logs/2024.jsonl': '{}\n',
      'logs/2025.jsonl': '{}\n',
      'metrics.json': '{}\n',
    });
    assert.deepEqual(
      project.datasets.map(({ name, path, role, key, baseline }) => [
        name,
        path,
        role,
        key,
        baseline,
      ]),
      [
        ['later', 'data/not-there.parquet', 'test', undefined, undefined],
        ['people', 'data/train.csv', 'train', 'id', undefined],
        ['live', 'logs/*.jsonl', 'production', undefined, 'people'],
      ],
    );
    assert.deepEqual(project.datasets[1]?.evidence, [
      { file: 'preflight.yaml', line: lineOf(config, 'people:') },
      { file: 'train.py', line: 2 },
      { file: 'data/train.csv', line: 1 },
    ]);
    assert.deepEqual(
      project.models.map(({ name, path, metrics }) => [name, path, metrics]),
      [['churn', 'models/model.joblib', ['out/scores.json']]],
    );
    assert.deepEqual(
      project.metrics.map((metrics) => metrics.path),
      ['metrics.json', 'out/scores.json'],
    );
    // The script is not a stage besides the stage that runs it, which takes from it what is not written.
    assert.deepEqual(
      project.stages.map((stage) => stage.id),
      ['learn', 'deploy'],
    );
    const learn = stageOf(project, 'learn');
    assert.deepEqual(learn.source, { file: 'preflight.yaml', line: lineOf(config, 'learn:') });
    assert.deepEqual(learn.outputs, ['models/model.joblib']);
    assert.deepEqual(learn.dependencies, ['train.py', 'data/train.csv']);
    assert.deepEqual(
      [stageOf(project, 'deploy').cwd, stageOf(project, 'deploy').kind],
      ['ops', 'deploy'],
    );
  });

  it('wins over a stage of the same name, and keeps what it does not say', async () => {
    const project = await detectIn({
      'dvc.yaml':
        'stages:\n  train:\n    cmd: python train.py\n    deps: [a.csv]\n    outs: [m.pkl]\n',
      'preflight.yaml': 'stages:\n  train: { run: make train, outputs: [n.pkl] }\n',
    });
    const train = stageOf(project, 'train');
    assert.deepEqual(
      [train.tool, train.command, train.dependencies, train.outputs, train.kind],
      ['preflight', 'make train', ['a.csv'], ['n.pkl'], 'train'],
    );
    assert.equal(project.stages.length, 1);
  });

  it('that is wrong is a problem with its place, and the rest is detected', async () => {
    const config = 'datasets:\n  train: { path: data/train.csv }\n  odd: { pth: x.csv }\n';
    const project = await detectIn({ 'preflight.yaml': config, 'data/train.csv': 'a\n' });
    assert.ok(project.problems.length > 0);
    assert.ok(project.problems.every((problem) => problem.file === 'preflight.yaml'));
    assert.ok(project.problems.some((problem) => problem.line === lineOf(config, 'odd:')));
    assert.deepEqual(
      project.datasets.map((dataset) => dataset.path),
      ['data/train.csv'],
    );
  });

  it('may not lead out of the project, to a file of no known format, or to no model', async () => {
    const config = `datasets:
  outside: { path: ../secret.csv }
  odd: { path: data/x.rds }
models:
  ghost: { metrics: [metrics.json] }
`;
    const project = await detectIn({ 'preflight.yaml': config });
    assert.deepEqual(
      project.problems.map(({ code, line }) => [code, line]),
      [
        ['path-outside-project', lineOf(config, 'outside:')],
        ['dataset-format-unknown', lineOf(config, 'odd:')],
        ['model-path-missing', lineOf(config, 'ghost:')],
      ],
    );
    assert.deepEqual(project.datasets, []);
  });
});

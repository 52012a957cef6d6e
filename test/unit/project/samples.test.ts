import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Project } from '../../../src/project/project';
import { detectAt, lineOf, stageOf } from './makeProject';

const SAMPLES = join(__dirname, '../../projects');

/** A copy without what a run leaves behind, so that the tests do not depend on what was run before. */
async function detectSample(name: string, leftOut: readonly string[]): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'preflight-sample-'));
  try {
    await cp(join(SAMPLES, name), folder, { recursive: true });
    for (const path of leftOut) await rm(join(folder, path), { recursive: true, force: true });
    return await detectAt(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function placeIn(sample: string, file: string, part: string, nth = 1) {
  return { file, line: lineOf(readFileSync(join(SAMPLES, sample, file), 'utf8'), part, nth) };
}

describe('detection of tumours', () => {
  let project: Project;
  const at = (file: string, part: string, nth?: number) => placeIn('tumours', file, part, nth);
  before(async () => {
    project = await detectSample('tumours', ['data/train.parquet', 'data/test.parquet', 'models']);
  });

  it('finds the three stages of dvc.yaml, in their order', () => {
    const found = project.stages.map(({ id, kind, tool, command, cwd }) => [
      id,
      kind,
      tool,
      command,
      cwd,
    ]);
    assert.deepEqual(found, [
      ['prepare', 'prepare', 'dvc', 'python src/prepare.py', '.'],
      ['train', 'train', 'dvc', 'python src/train.py', '.'],
      ['evaluate', 'evaluate', 'dvc', 'python src/evaluate.py', '.'],
    ]);
  });

  it('says what each reads, writes and is steered by', () => {
    const evaluate = stageOf(project, 'evaluate');
    assert.deepEqual(evaluate.dependencies, [
      'data/test.parquet',
      'models/model.joblib',
      'src/evaluate.py',
    ]);
    assert.deepEqual(evaluate.outputs, ['out/predictions.csv', 'metrics.json']);
    assert.deepEqual(evaluate.metrics, ['metrics.json']);
    assert.deepEqual(evaluate.parameters, ['params.yaml:evaluate']);
    assert.deepEqual(evaluate.source, at('dvc.yaml', '  evaluate:'));
    assert.deepEqual(evaluate.evidence, [
      at('dvc.yaml', '  evaluate:'),
      at('src/evaluate.py', 'if __name__'),
    ]);
  });

  it('takes names and roles from preflight.yaml, and no predictions for data', () => {
    const found = project.datasets.map(({ name, path, role, format, label }) => [
      name,
      path,
      role,
      format,
      label,
    ]);
    assert.deepEqual(found, [
      ['test', 'data/test.parquet', 'test', 'parquet', 'diagnosis'],
      ['train', 'data/train.parquet', 'train', 'parquet', 'diagnosis'],
      ['tumours', 'data/tumours.csv', 'other', 'csv', 'diagnosis'],
    ]);
    assert.deepEqual(project.datasets[0]?.evidence.slice(0, 3), [
      at('preflight.yaml', '  test:'),
      at('dvc.yaml', '- data/test.parquet'),
      at('dvc.yaml', '- data/test.parquet', 2),
    ]);
  });

  it('finds the model and its metrics although the model is not there before the first run', () => {
    assert.equal(project.models.length, 1);
    const [model] = project.models;
    assert.deepEqual(
      [model?.name, model?.path, model?.metrics],
      ['tumours', 'models/model.joblib', ['metrics.json']],
    );
    assert.deepEqual(model?.evidence[0], at('preflight.yaml', '  tumours:', 2));
    assert.deepEqual(
      project.metrics.map((metrics) => metrics.path),
      ['metrics.json'],
    );
    assert.deepEqual(
      project.tools.map((tool) => tool.tool),
      ['dvc', 'preflight'],
    );
    assert.deepEqual(project.problems, []);
  });
});

describe('detection of admissions', () => {
  let project: Project;
  const at = (file: string, part: string, nth?: number) => placeIn('admissions', file, part, nth);
  before(async () => {
    project = await detectSample('admissions', [
      'warehouse',
      'out/candidate.joblib',
      'out/test.csv',
    ]);
  });

  it('finds the steps among the scripts, and neither the services nor anything else', () => {
    const found = project.stages.map(({ id, kind, tool, command }) => [id, kind, tool, command]);
    assert.deepEqual(found, [
      [
        'data-ingestion/check_rows.py',
        'validate',
        'scripts',
        'python data-ingestion/check_rows.py',
      ],
      [
        'data-ingestion/load_warehouse.py',
        'ingest',
        'scripts',
        'python data-ingestion/load_warehouse.py',
      ],
      ['notebooks/explore.ipynb', 'other', 'notebook', 'jupyter execute notebooks/explore.ipynb'],
      ['train-eval-deploy/deploy.py', 'deploy', 'scripts', 'python train-eval-deploy/deploy.py'],
      [
        'train-eval-deploy/evaluate.py',
        'evaluate',
        'scripts',
        'python train-eval-deploy/evaluate.py',
      ],
      ['train-eval-deploy/train.py', 'train', 'scripts', 'python train-eval-deploy/train.py'],
    ]);
    assert.ok(project.stages.every((stage) => stage.cwd === '.'));
  });

  it('reads what they depend on and write in their source and their configuration', () => {
    const files = project.stages.map(({ name, dependencies, outputs, parameters }) => ({
      name,
      dependencies: dependencies.slice(1),
      outputs,
      parameters,
    }));
    const parameters = ['config/config.yaml'];
    assert.deepEqual(files, [
      {
        name: 'check_rows',
        dependencies: ['data/admissions.csv', 'data/requests.jsonl'],
        outputs: [],
        parameters,
      },
      {
        name: 'load_warehouse',
        dependencies: ['data/admissions.csv'],
        outputs: ['warehouse/admissions.db'],
        parameters,
      },
      {
        name: 'explore',
        dependencies: ['data/admissions.csv', 'models/model.v1.joblib'],
        outputs: [],
        parameters: [],
      },
      {
        name: 'deploy',
        dependencies: ['metrics.json', 'out/candidate.joblib'],
        outputs: ['models/model.v*.joblib'],
        parameters,
      },
      {
        name: 'evaluate',
        dependencies: ['out/test.csv', 'out/candidate.joblib'],
        outputs: ['out/predictions.csv', 'metrics.json'],
        parameters,
      },
      {
        name: 'train',
        dependencies: ['warehouse/admissions.db'],
        outputs: ['out/test.csv', 'out/candidate.joblib'],
        parameters,
      },
    ]);
    for (const stage of project.stages) assert.equal(stage.dependencies[0], stage.id);
  });

  it('names the lines that it rests on', () => {
    const file = 'train-eval-deploy/train.py';
    const train = stageOf(project, file);
    assert.deepEqual(train.source, at(file, 'if __name__'));
    assert.deepEqual(
      new Set(train.evidence),
      new Set([
        at(file, 'if __name__'),
        at(file, 'yaml.safe_load'),
        at(file, 'sqlite3.connect'),
        at(file, 'test.to_csv'),
        at(file, 'joblib.dump'),
        at('azure-pipelines.yml', 'train.py'),
      ]),
    );
  });

  it('says which CI job runs which stage', () => {
    const [LOADING, TRAINING] = ['Check and load the applications', 'Train and evaluate'];
    const jobs = project.stages.map((stage) => [stage.name, stage.ciJobs]);
    const tool = 'azure-pipelines';
    const pipeline = (part: string, job: string) => [
      { ...at('azure-pipelines.yml', part), tool, job },
    ];
    assert.deepEqual(jobs, [
      ['check_rows', pipeline('check_rows.py', LOADING)],
      ['load_warehouse', pipeline('load_warehouse.py', LOADING)],
      ['explore', []],
      ['deploy', pipeline('deploy.py', TRAINING)],
      ['evaluate', pipeline('evaluate.py', TRAINING)],
      ['train', pipeline('train.py', TRAINING)],
    ]);
  });

  it('finds the data by its readers and by its files, and no predictions among it', () => {
    const found = project.datasets.map(({ name, path, role, format }) => [
      name,
      path,
      role,
      format,
    ]);
    assert.deepEqual(found, [
      ['admissions', 'data/admissions.csv', 'other', 'csv'],
      ['requests', 'data/requests.jsonl', 'production', 'jsonl'],
      ['test', 'out/test.csv', 'test', 'csv'],
    ]);
    const requests = project.datasets.find((dataset) => dataset.name === 'requests');
    assert.deepEqual(requests?.evidence, [
      at('data-ingestion/check_rows.py', 'pd.read_json'),
      { file: 'data/requests.jsonl', line: 1 },
    ]);
    const admissions = project.datasets.find((dataset) => dataset.name === 'admissions');
    assert.ok(
      admissions?.evidence.some(
        ({ file, line }) =>
          file === 'notebooks/explore.ipynb' && line === at(file, 'pd.read_csv').line,
      ),
    );
  });

  it('sees one model in the candidate and in all its deployed versions', () => {
    assert.deepEqual(
      project.models.map(({ name, path, metrics }) => [name, path, metrics]),
      [['model', 'models/model.v*.joblib', ['metrics.json']]],
    );
    const evidence = project.models[0]?.evidence ?? [];
    for (const place of [
      at('train-eval-deploy/deploy.py', 'shutil.copyfile'),
      at('train-eval-deploy/train.py', 'joblib.dump'),
      { file: 'models/model.v1.joblib', line: 1 },
    ]) {
      assert.ok(evidence.some((one) => one.file === place.file && one.line === place.line));
    }
    assert.deepEqual(
      project.tools.map((tool) => tool.tool),
      ['azure-pipelines', 'docker', 'notebook', 'scripts'],
    );
    assert.deepEqual(project.problems, []);
  });
});

import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckReport } from '../../src/gate/checkReport';
import type { Comparison } from '../../src/models/comparison';
import type { ModelHistory } from '../../src/models/version';
import type { StageRun } from '../../src/pipeline/run/stageRun';
import type { StageStatus } from '../../src/pipeline/status/stageStatus';
import type { ValidationReport } from '../../src/data/report';
import { copySample, type SampleProject } from '../harness/sampleProject';
import { preflight, preflightJson, spawnIn } from './commandLine';

/** The main job from end to end, on the DVC sample: what a newcomer does, in that order. */
describe('the main job on tumours', function () {
  this.timeout(180_000);
  let project: SampleProject;
  before(async () => {
    project = await copySample('tumours');
  });
  after(() => project.dispose());

  const statusOf = async (stage: string): Promise<string | undefined> => {
    const { json } = await preflightJson<{ stages: StageStatus[] }>(project, 'status');
    return json.stages.find((candidate) => candidate.id === stage)?.status;
  };

  it('runs the pipeline with DVC, in order, and keeps a log of each stage', async () => {
    const { code, json, stderr } = await preflightJson<{ runs: StageRun[] }>(project, 'run');
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      json.runs.map((run) => run.stage),
      ['prepare', 'train', 'evaluate'],
    );
    const ran = json.runs.filter((run) => run.status === 'succeeded');
    assert.ok(ran.length >= 2, 'prepare and train have no outputs in a fresh clone');
    for (const run of ran) await access(run.log ?? '');
    await access(join(project.root, 'models', 'model.joblib'));
    assert.equal(await statusOf('train'), 'fresh');
  });

  it('validates the data against the last commit and finds nothing wrong', async () => {
    const { code, json } = await preflightJson<ValidationReport>(project, 'validate');
    assert.equal(code, 0);
    const tumours = json.datasets.find((dataset) => dataset.name === 'tumours');
    assert.equal(tumours?.rows, 569);
    assert.deepEqual(tumours?.findings, []);
  });

  it('writes schemas and baselines on request, small and the same again', async () => {
    const { code, stderr } = await preflight(project, 'validate', '--write-baseline');
    assert.equal(code, 0, stderr);
    const schema = await readFile(join(project.root, '.preflight/schemas/tumours.yaml'), 'utf8');
    assert.match(schema, /diagnosis/);
    const baseline = await readFile(
      join(project.root, '.preflight/baselines/tumours.json'),
      'utf8',
    );
    await preflight(project, 'validate', '--write-baseline');
    assert.equal(
      await readFile(join(project.root, '.preflight/baselines/tumours.json'), 'utf8'),
      baseline,
    );
    await project.commit('Write down what the data looks like');
  });

  it('compares a worse model with the last commit', async () => {
    await project.edit('params.yaml', (text) =>
      text.replace('n_estimators: 60', 'n_estimators: 2').replace('max_depth: 5', 'max_depth: 1'),
    );
    assert.equal(await statusOf('train'), 'stale');
    assert.equal(await statusOf('evaluate'), 'blocked');
    assert.equal((await preflight(project, 'run')).code, 0);
    const { code, json } = await preflightJson<Comparison>(project, 'compare');
    assert.equal(code, 1);
    const recall = json.metrics.find((metric) => metric.name === 'recall');
    assert.equal(recall?.direction, 'higher');
    assert.equal(recall?.change, 'worse');
    assert.equal(recall?.result, 'fail');
  });

  it('refuses the commit of the worse model and leaves everything as it was', async () => {
    assert.equal((await preflight(project, 'hook', 'install')).code, 0);
    await project.run('git', 'add', '-A');
    const before = await project.run('git', 'status', '--porcelain=v2');
    const commit = await spawnIn(project, 'git', ['commit', '-m', 'A worse model']);
    assert.notEqual(commit.code, 0);
    const [first] = commit.stderr.split('\n');
    assert.match(
      first ?? '',
      /^ML Preflight FAILED: .*(recall|f1|accuracy|roc_auc|precision|log_loss|brier_score)/,
    );
    assert.equal(await project.run('git', 'status', '--porcelain=v2'), before);
    assert.match(await project.run('git', 'log', '-1', '--format=%s'), /Write down/);
  });

  it('lets the better model through', async () => {
    await project.edit('params.yaml', (text) =>
      text.replace('n_estimators: 2', 'n_estimators: 60').replace('max_depth: 1', 'max_depth: 5'),
    );
    assert.equal((await preflight(project, 'run')).code, 0);
    await project.edit('README.md', (text) => `${text}\nRetrained.\n`);
    await project.run('git', 'add', '-A');
    const commit = await spawnIn(project, 'git', ['commit', '-m', 'Back to the good model']);
    assert.equal(commit.code, 0, commit.stderr);
  });

  it('refuses a broken column with the values that caused it', async () => {
    await project.edit('data/tumours.csv', (text) => text.replaceAll(',irregular,', ',iregular,'));
    await project.run('git', 'add', '-A');
    const { code, json } = await preflightJson<CheckReport>(project, 'check', '--staged');
    assert.equal(code, 1);
    assert.equal(json.verdict, 'fail');
    const finding = json.findings.find((candidate) => candidate.rule === 'category-unknown');
    assert.equal(finding?.column, 'contour_category');
    assert.ok(finding?.samples.some((sample) => sample.includes('iregular')));
    const commit = await spawnIn(project, 'git', ['commit', '-m', 'A broken column']);
    assert.equal(commit.code, 1);
    assert.match(commit.stderr.split('\n')[0] ?? '', /contour_category/);
  });

  it('accepts the new category where the user says so', async () => {
    const { code, stderr } = await preflight(
      project,
      'validate',
      'tumours',
      '--accept',
      'category-unknown:contour_category',
    );
    assert.equal(code, 0, stderr);
    await project.run('git', 'add', '-A');
    const { json } = await preflightJson<CheckReport>(project, 'check', '--staged');
    assert.deepEqual(
      json.findings.filter((finding) => finding.rule === 'category-unknown'),
      [],
    );
    await project.run('git', 'checkout', '-q', 'HEAD', '--', '.');
  });

  it('lists every commit that changed the metrics', async () => {
    const { json } = await preflightJson<{ models: ModelHistory[] }>(project, 'models');
    const [model] = json.models;
    assert.equal(model?.name, 'tumours');
    assert.ok((model?.versions.length ?? 0) >= 1);
    const committed = JSON.parse(
      await readFile(join(project.root, 'metrics.json'), 'utf8'),
    ) as Record<string, number>;
    assert.equal(model?.versions[0]?.metrics.accuracy, committed.accuracy);
  });

  it('takes the hook out again', async () => {
    assert.equal((await preflight(project, 'hook', 'uninstall')).code, 0);
    const { json } = await preflightJson<{ installed: boolean }>(project, 'hook', 'status');
    assert.equal(json.installed, false);
  });
});

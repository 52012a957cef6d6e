import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCheck } from '../../../src/gate/runCheck';
import { ENGINE } from '../data/dataFixtures';
import { TempFolder } from '../git/tempRepository';
import { BROKEN, GateProject, patients, PREFLIGHT } from './gateProject';

describe('the gate on what is staged', function () {
  this.timeout(30_000);
  let folder: TempFolder;
  let project: GateProject;

  beforeEach(() => {
    folder = new TempFolder();
    project = GateProject.begin(folder.path);
  });
  afterEach(() => folder.dispose());

  it('passes at once where nothing staged concerns data or models', async () => {
    const nothing = await project.check();
    project.stage({ 'README.md': 'y\n' });
    const readme = await project.check();
    for (const report of [nothing, readme]) {
      assert.equal(
        report.headline,
        'ML Preflight passed: nothing staged that concerns data or models',
      );
      assert.deepEqual([report.verdict, report.blocks, report.judged], ['pass', false, []]);
    }
  });

  it('fails a dataset that lost a column, and names it', async () => {
    project.stage({ 'data/patients.csv': BROKEN });
    const report = await project.check();
    assert.equal(report.verdict, 'fail');
    assert.ok(report.blocks && !report.unjudged);
    assert.match(report.headline, /^ML Preflight FAILED: data\/patients\.csv: .*radius/);
    assert.deepEqual(report.judged, ['data/patients.csv']);
    assert.deepEqual(report.comparisons, []);
  });

  it('judges the index, not the work tree', async () => {
    project.write('data/patients.csv', BROKEN);
    assert.equal((await project.check()).verdict, 'pass');
    project.git('add', '--all');
    project.write('data/patients.csv', patients());
    assert.equal((await project.check()).verdict, 'fail');
  });

  it('fails a model that became worse by more than its margin', async () => {
    project.stage({ 'metrics.json': '{ "accuracy": 0.85 }\n' });
    const report = await project.check();
    assert.equal(report.verdict, 'fail');
    assert.match(report.headline, /^ML Preflight FAILED: model: accuracy/);
    assert.deepEqual([report.datasets, report.judged], [[], ['metrics.json']]);
    assert.deepEqual([report.reasons[0]?.file, report.reasons[0]?.line], ['metrics.json', 1]);
  });

  it('passes a better model and more data of the same kind', async () => {
    project.stage({ 'metrics.json': '{ "accuracy": 0.93 }\n', 'data/patients.csv': patients(370) });
    const { headline } = await project.check();
    assert.equal(headline, 'ML Preflight passed: 1 dataset, 1 model, nothing speaks against it');
  });

  it('judges everything again where the configuration changes', async () => {
    project.stage({ 'preflight.yaml': PREFLIGHT.replace('margin: 0.01', 'floor: 0.95') });
    const report = await project.check();
    assert.match(report.headline, /^ML Preflight FAILED: model: accuracy.*floor/);
    assert.deepEqual(report.judged, ['data/patients.csv', 'metrics.json']);
  });

  it('judges test data again where the training data change', async () => {
    const roles = 'role: train, key: id }\n  held-out: { path: held-out.csv, role: test }';
    const [header = '', ...lines] = patients().trim().split('\n');
    project.commit('test data', {
      'preflight.yaml': PREFLIGHT.replace('key: id }', roles),
      'data/patients.csv': [header, ...lines.slice(0, 250)].join('\n'),
      'held-out.csv': [header, ...lines.slice(260)].join('\n'),
    });
    project.stage({ 'data/patients.csv': [header, ...lines.slice(0, 270)].join('\n') });
    const report = await project.check();
    assert.match(report.headline, /^ML Preflight FAILED: held-out.*10 keys of 40 in "id"/);
    assert.deepEqual(report.judged, ['data/patients.csv', 'held-out.csv']);
  });

  const UNREADABLE: readonly (readonly [string, string, RegExp])[] = [
    ['preflight.yaml', 'gate:\n  polcy: {}\n', /JUDGE: preflight\.yaml:2:3: .*polcy/],
    ['dvc.yaml', 'stages:\n  a:\n    cmd: "x\n', /JUDGE: dvc\.yaml:\d+:\d+: /],
    ['dvc.lock', 'stages:\n  a: {\n', /JUDGE: dvc\.lock:\d+:\d+: /],
    ['metrics.json', '{ "accuracy": \n', /JUDGE: metrics\.json:\d+:\d+: /],
    ['data/patients.csv', 'id,radius,group\n1,2,a\n2,"3', /JUDGE: data\/patients\.csv/],
  ];
  for (const [path, content, headline] of UNREADABLE) {
    it(`cannot judge with a broken ${path}, and says where`, async () => {
      project.stage({ [path]: content });
      const report = await project.check();
      assert.match(report.headline, headline);
      assert.deepEqual(
        [report.verdict, report.blocks, report.unjudged],
        ['inconclusive', true, true],
      );
    });
  }

  it('lets others commit while a pipeline that they did not touch is broken, and says so', async () => {
    project.commit('broken', { 'dvc.yaml': 'stages:\n  a:\n    cmd: "x\n' });
    project.stage({ 'README.md': 'y\n' });
    assert.equal((await project.check()).verdict, 'pass');
    project.stage({ 'data/patients.csv': patients(370) });
    const report = await project.check();
    assert.deepEqual([report.verdict, report.blocks], ['warn', false]);
    assert.match(report.headline, /^ML Preflight passed with 1 warning: dvc\.yaml:\d/);
  });

  it('warns where a dataset is taken out of git, and judges the rest', async () => {
    project.git('rm', '--quiet', '--cached', 'data/patients.csv');
    const report = await project.check();
    assert.deepEqual([report.verdict, report.blocks], ['warn', false]);
    assert.match(report.headline, /data\/patients\.csv: .*"patients".*preflight\.yaml:3/);
  });

  it('judges a first commit by what can be judged without a past', async () => {
    const fresh = new TempFolder();
    try {
      const other = new GateProject(fresh.path);
      other.stage({ 'data/patients.csv': patients(), 'metrics.json': '{ "accuracy": 0.9 }' });
      const report = await other.check();
      assert.equal(report.verdict, 'pass', report.headline);
      assert.ok(report.judged.includes('data/patients.csv'));
      other.stage({ 'data/patients.csv': '' });
      assert.equal((await other.check()).verdict, 'inconclusive');
    } finally {
      fresh.dispose();
    }
  });

  it('judges each project of a repository, with one verdict', async () => {
    project.commit('second project', {
      'tumours/preflight.yaml': 'datasets:\n  cells: { path: cells.csv }\n',
      'tumours/cells.csv': patients(),
    });
    project.stage({ 'tumours/cells.csv': BROKEN });
    const report = await project.check();
    assert.match(report.headline, /^ML Preflight FAILED: tumours\/cells\.csv: .*radius/);
    assert.deepEqual(report.judged, ['tumours/cells.csv']);
    const inner = await project.check({ folder: join(project.root, 'tumours') });
    assert.match(inner.headline, /^ML Preflight FAILED: cells\.csv: .*radius/);
  });

  it('compares a branch with where it left the default branch', async () => {
    project.git('checkout', '--quiet', '-b', 'feature');
    project.commit('worse, past the gate', { 'metrics.json': '{ "accuracy": 0.8 }\n' });
    project.stage({ 'metrics.json': '{ "accuracy": 0.801 }\n' });
    const report = await project.check();
    assert.equal(report.verdict, 'fail');
    assert.match(report.comparisons[0]?.base ?? '', /^merge base with main/);
  });

  it('takes the schema from the index, whatever the work tree has', async () => {
    const schema = 'version: 1\ncolumns:\n  id: { type: integer }\n  extra: { type: string }\n';
    project.stage({ '.preflight/schemas/patients.yaml': schema });
    project.write('.preflight/schemas/patients.yaml', 'broken: [');
    const report = await project.check();
    assert.equal(report.unjudged, false, report.headline);
    assert.match(report.headline, /FAILED: data\/patients\.csv: .*extra/);
  });

  it('leaves the index and the work tree as they were', async () => {
    project.stage({ 'data/patients.csv': BROKEN, 'metrics.json': '{ "accuracy": 0.1 }' });
    project.write('README.md', 'not staged');
    const before = project.fingerprint();
    await project.check();
    assert.equal(project.fingerprint(), before);
  });

  it('is cancelled without a verdict', async () => {
    project.stage({ 'data/patients.csv': patients(301) });
    const controller = new AbortController();
    const checked = await runCheck({
      folder: project.root,
      scope: 'staged',
      engine: ENGINE,
      signal: controller.signal,
      onProgress: ({ what }) => {
        if (what.includes('patients')) controller.abort();
      },
    });
    assert.equal(checked.ok ? '' : checked.problem.code, 'cancelled');
    assert.equal(project.stateFile('check-cache.json'), undefined);
  });
});

describe('the gate on the work tree', function () {
  this.timeout(30_000);
  let folder: TempFolder;
  beforeEach(() => {
    folder = new TempFolder();
  });
  afterEach(() => folder.dispose());

  it('judges everything as it is now', async () => {
    const project = GateProject.begin(folder.path);
    project.write('metrics.json', '{ "accuracy": 0.8 }\n');
    const report = await project.check({ scope: 'worktree' });
    assert.match(report.headline, /^ML Preflight FAILED: model: accuracy/);
    assert.deepEqual(report.judged, ['data/patients.csv', 'metrics.json']);
  });

  it('judges the data of a folder without git', async () => {
    mkdirSync(join(folder.path, 'data'));
    writeFileSync(join(folder.path, 'data/train.csv'), patients());
    const worktree = await runCheck({ folder: folder.path, scope: 'worktree', engine: ENGINE });
    assert.ok(worktree.ok);
    assert.equal(worktree.value.verdict, 'pass');
    const staged = await runCheck({ folder: folder.path, scope: 'staged', engine: ENGINE });
    assert.equal(staged.ok ? '' : staged.problem.code, 'not-a-repository');
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, type CompareRequest } from '../../../src/models/compareVersions';
import type { Comparison } from '../../../src/models/comparison';
import { TempFolder, TempRepository, withEnvironment } from '../git/tempRepository';
import { makeProject } from './modelProject';

const METRICS = 'out/mé trics.json';

describe('compareVersions', () => {
  let folder: TempFolder;
  let temp: TempRepository;

  beforeEach(() => {
    folder = new TempFolder();
    temp = new TempRepository(folder.path);
  });
  afterEach(() => folder.dispose());

  const request = async (options: Partial<CompareRequest> = {}) =>
    compareVersions({
      project: makeProject(temp.root, [METRICS], { forest: [METRICS] }),
      repository: await temp.open(),
      ...options,
    });

  const compare = async (options: Partial<CompareRequest> = {}): Promise<Comparison> => {
    const compared = await request(options);
    assert.ok(compared.ok, JSON.stringify(compared));
    return compared.value;
  };

  const numbersOf = ({ metrics }: Comparison) =>
    Object.fromEntries(metrics.map(({ name, base, candidate }) => [name, [base, candidate]]));

  const problemOf = async (options: Partial<CompareRequest>) => {
    const compared = await request(options);
    assert.ok(!compared.ok);
    return compared.problem.code;
  };

  it('compares the work tree with HEAD, with the lines of the numbers', async () => {
    const head = temp.commit('base', { [METRICS]: '{"auc": 0.95, "n_rows": 10}' });
    temp.write(METRICS, '{\n  "n_rows": 11,\n  "auc": 0.85\n}');
    const comparison = await compare();
    assert.deepEqual(
      [comparison.base, comparison.candidate],
      [`HEAD (${head.slice(0, 7)})`, 'worktree'],
    );
    assert.equal(comparison.verdict, 'fail');
    assert.deepEqual(comparison.problems, []);
    const [worst] = comparison.metrics;
    assert.deepEqual(
      { ...worst, reason: '', delta: worst?.delta?.toFixed(2) },
      {
        model: 'forest',
        file: METRICS,
        name: 'auc',
        base: 0.95,
        candidate: 0.85,
        delta: '-0.10',
        direction: 'higher',
        directionSource: 'name',
        change: 'worse',
        interval: null,
        method: 'tolerance',
        result: 'fail',
        reason: '',
        source: { file: METRICS, line: 3 },
      },
    );
  });

  it('compares the index, not the work tree, and honours GIT_INDEX_FILE', async () => {
    temp.commit('base', { [METRICS]: '{"auc": 0.1}' });
    const other = join(temp.root, '.git', 'next-index-7.lock');
    writeFileSync(other, readFileSync(join(temp.root, '.git', 'index')));
    temp.write(METRICS, '{"auc": 0.2}');
    temp.git('add', '.');
    temp.write(METRICS, '{"auc": 0.3}');
    temp.gitWith({ GIT_INDEX_FILE: other }, 'add', '.');
    temp.write(METRICS, '{"auc": 0.4}');
    const indexed = () => compare({ candidate: 'index' }).then(numbersOf);
    assert.deepEqual(await indexed(), { auc: [0.1, 0.2] });
    assert.deepEqual(await withEnvironment({ GIT_INDEX_FILE: other }, indexed), {
      auc: [0.1, 0.3],
    });
    assert.deepEqual(numbersOf(await compare()), { auc: [0.1, 0.4] });
    assert.deepEqual(numbersOf(await compare({ base: 'index' })), { auc: [0.2, 0.4] });
  });

  it('compares any two commits, tags and branches, also from a detached HEAD', async () => {
    const first = temp.commit('1', { [METRICS]: '{"auc": 0.1}' });
    temp.git('tag', 'admissions@v1.0.0');
    temp.commit('2', { [METRICS]: '{"auc": 0.2}' });
    temp.git('branch', 'old');
    temp.commit('3', { [METRICS]: '{"auc": 0.3}' });
    temp.git('checkout', '--quiet', '--detach');
    const base = 'admissions@v1.0.0';
    assert.deepEqual(numbersOf(await compare({ base, candidate: 'old' })), { auc: [0.1, 0.2] });
    const comparison = await compare({ base: first.slice(0, 9), candidate: 'HEAD' });
    assert.deepEqual(numbersOf(comparison), { auc: [0.1, 0.3] });
    assert.equal(comparison.base, first.slice(0, 7));
  });

  it('compares a branch with where it left main', async () => {
    const fork = temp.commit('fork', { [METRICS]: '{"auc": 0.1}' });
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.commit('side', { [METRICS]: '{"auc": 0.2}' });
    temp.write(METRICS, '{"auc": 0.3}');
    const comparison = await compare();
    assert.deepEqual(numbersOf(comparison), { auc: [0.1, 0.3] });
    assert.equal(comparison.base, `merge base with main (${fork.slice(0, 7)})`);
  });

  it('compares in a linked work tree, and in a project below the root of the repository', async () => {
    temp.commit('base', { 'churn/m.json': '{"auc": 0.1}', 'm.json': '{"auc": 0.5}' });
    temp.git('worktree', 'add', '--quiet', 'linked tree', '-b', 'side');
    const linked = new TempRepository(join(temp.root, 'linked tree'), { isNew: false });
    linked.write('churn/m.json', '{"auc": 0.2}');
    linked.git('add', '.');
    linked.write('churn/m.json', '{"auc": 0.3}');
    const project = makeProject(join(linked.root, 'churn'), ['m.json']);
    const repository = await linked.open();
    assert.deepEqual(numbersOf(await compare({ project, repository })), { auc: [0.1, 0.3] });
    const staged = await compare({ project, repository, candidate: 'index' });
    assert.deepEqual(numbersOf(staged), { auc: [0.1, 0.2] });
    assert.equal(staged.metrics[0]?.model, 'm.json');
  });

  it('passes before the first commit, whatever base is configured, and keeps the limits', async () => {
    temp.write(METRICS, '{"auc": 0.9}');
    for (const base of [undefined, 'main', 'HEAD']) {
      const comparison = await compare(base === undefined ? {} : { base });
      assert.deepEqual([comparison.verdict, comparison.base], ['pass', 'nothing (no commits yet)']);
      assert.deepEqual(comparison.metrics[0]?.reason, 'There is no commit to compare with yet.');
      assert.equal(comparison.metrics[0]?.change, 'added');
    }
    assert.equal((await compare({ rules: { auc: { floor: 0.95 } } })).verdict, 'fail');
  });

  it('passes metrics that are new, and warns of those that vanish', async () => {
    temp.commit('without', { other: '' });
    temp.write(METRICS, '{"auc": 0.9}');
    const added = await compare();
    assert.equal(added.verdict, 'pass');
    assert.equal(added.metrics[0]?.reason, 'The baseline does not have this file.');
    temp.commit('with');
    rmSync(join(temp.root, METRICS));
    const removed = await compare();
    assert.deepEqual([removed.verdict, removed.metrics[0]?.change], ['warn', 'removed']);
    assert.equal((await compare({ rules: { auc: {} } })).verdict, 'fail');
  });

  it('never says pass where the candidate cannot be read, and shows the other files', async () => {
    const project = makeProject(temp.root, [METRICS, 'other.yaml']);
    temp.commit('base', { [METRICS]: '{"auc": 0.9}', 'other.yaml': 'f1: 0.8' });
    temp.write(METRICS, '{"auc": 0.9,\n<<<<<<< HEAD\n}');
    const comparison = await compare({ project, rules: { auc: { floor: 0.1 } } });
    assert.equal(comparison.verdict, 'inconclusive');
    assert.deepEqual(numbersOf(comparison), { f1: [0.8, 0.8] });
    assert.deepEqual(
      comparison.problems.map(({ code, file, line, column }) => [code, file, line, column]),
      [['metrics-invalid', METRICS, 2, 1]],
    );
    rmSync(join(temp.root, METRICS));
    mkdirSync(join(temp.root, METRICS));
    const unreadable = await compare({ project });
    assert.deepEqual(
      unreadable.problems.map(({ code, file }) => [code, file]),
      [['file-unreadable', METRICS]],
    );
  });

  it('refuses a file of 50 MB politely, in the work tree and in the index', async () => {
    temp.commit('base', { [METRICS]: '{"auc": 0.9}' });
    temp.write(METRICS, Buffer.alloc(50 * 1024 * 1024, ' '));
    temp.git('add', '.');
    for (const candidate of ['worktree', 'index']) {
      const { problems, verdict } = await compare({ candidate });
      assert.deepEqual(
        problems.map(({ code, file }) => [code, file]),
        [['metrics-too-large', METRICS]],
      );
      assert.equal(verdict, 'inconclusive');
    }
  });

  it('names a metric that is not finite, and compares the others', async () => {
    temp.commit('base', { [METRICS]: '{"loss": 0.1, "auc": 0.9}' });
    temp.write(METRICS, '{"auc": 0.91,\n"loss": NaN}');
    const comparison = await compare();
    assert.equal(comparison.verdict, 'inconclusive');
    assert.deepEqual(numbersOf(comparison), { loss: [0.1, null], auc: [0.9, 0.91] });
    assert.deepEqual(
      comparison.problems.map(({ code, line }) => [code, line]),
      [['metric-not-finite', 2]],
    );
  });

  it('lets the change pass that mends a broken baseline, with a warning', async () => {
    for (const broken of ['{', '{"auc": NaN}']) {
      temp.commit('broken', { [METRICS]: broken });
      temp.write(METRICS, '{"auc": 0.9}');
      const comparison = await compare();
      assert.deepEqual([comparison.verdict, comparison.problems], ['warn', []]);
    }
  });

  it('says which rule names no metric', async () => {
    temp.commit('base', { [METRICS]: '{"auc": 0.9}' });
    const { problems, verdict } = await compare({ rules: { aucc: { margin: 0.1 } } });
    assert.deepEqual(
      problems.map(({ code, fix }) => [code, fix]),
      [['metric-unknown', 'Did you mean "auc"?']],
    );
    assert.equal(verdict, 'inconclusive');
  });

  it('reads nothing outside of the project', async () => {
    temp.commit('base', { 'secret.json': '{"auc": 1}', 'project/x': '' });
    symlinkSync('../secret.json', join(temp.root, 'project/link.json'));
    const project = makeProject(join(temp.root, 'project'), ['../secret.json']);
    assert.deepEqual((await compare({ project })).metrics, []);
  });

  it('says what it cannot compare', async () => {
    temp.commit('base', { [METRICS]: '{"auc": 0.9}' });
    const foreign = [
      'forest@v1.2.0',
      'forest#prod',
      'models:/forest@champion',
      'models:/forest/3',
      '0123456789abcdef0123456789abcdef',
    ];
    for (const base of foreign)
      assert.equal(await problemOf({ base }), 'reference-unsupported', base);
    assert.equal(await problemOf({ base: 'nowhere' }), 'revision-unknown');
    assert.equal(await problemOf({ candidate: '--output=x' }), 'revision-unknown');
    assert.equal(await problemOf({ repository: undefined }), 'not-a-repository');
  });
});

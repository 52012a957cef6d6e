import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readLastGate } from '../../../src/gate/lastGate';
import { TempFolder, TempRepository } from '../git/tempRepository';
import { BROKEN, GateProject, patients } from './gateProject';

describe('git commit with the gate in it', function () {
  this.timeout(60_000);
  let folder: TempFolder;
  let project: GateProject;

  beforeEach(async () => {
    folder = new TempFolder();
    project = GateProject.begin(folder.path);
    await project.installGate();
  });
  afterEach(() => folder.dispose());

  const lastGate = () => readLastGate(join(project.root, '.git/preflight'));

  it('refuses a broken column in its first line, and leaves everything as it was', async () => {
    project.stage({ 'data/patients.csv': BROKEN });
    project.write('README.md', 'not staged');
    const head = project.git('rev-parse', 'HEAD');
    const before = project.fingerprint();
    const { code, lines } = project.tryCommit();
    assert.equal(code, 1);
    assert.match(lines[0] ?? '', /^ML Preflight FAILED: data\/patients\.csv: .*radius/);
    assert.equal(project.fingerprint(), before);
    assert.equal(project.git('rev-parse', 'HEAD'), head);
    const gate = await lastGate();
    assert.deepEqual(
      [gate?.hook, gate?.blocks, gate?.head, gate?.folder, gate?.headline],
      [true, true, head, project.root, lines[0]],
    );
  });

  it('lets the mended change in', () => {
    project.stage({ 'data/patients.csv': BROKEN });
    assert.equal(project.tryCommit().code, 1);
    project.stage({ 'data/patients.csv': patients(333) });
    assert.equal(project.tryCommit().code, 0);
    assert.equal(project.git('status', '--porcelain'), '');
  });

  it('judges a partial commit by what it would commit', () => {
    project.stage({ 'data/patients.csv': BROKEN });
    project.write('README.md', 'only this\n');
    assert.deepEqual(project.tryCommit('--', 'README.md'), {
      code: 0,
      lines: ['ML Preflight passed: nothing staged that concerns data or models', ''],
    });
    assert.equal(project.git('show', '--name-only', '--format='), 'README.md');
    project.write('README.md', 'more\n');
    const { code, lines } = project.tryCommit('--', 'data/patients.csv');
    assert.equal(code, 1, lines.join('\n'));
    assert.match(lines[0] ?? '', /FAILED: data\/patients\.csv/);
  });

  it('judges a partial commit typed in a folder below', () => {
    project.write('data/patients.csv', BROKEN);
    const below = new TempRepository(join(project.root, 'data'), { isNew: false });
    assert.throws(
      () => below.git('commit', '-m', 'x', 'patients.csv'),
      (error: { stderr: Buffer }) => error.stderr.toString().startsWith('ML Preflight FAILED: '),
    );
  });

  it('judges `git commit --all` and `--amend`', () => {
    project.write('data/patients.csv', BROKEN);
    assert.equal(project.tryCommit('--all').code, 1);
    project.git('checkout', '--quiet', '--', '.');
    project.write('metrics.json', '{ "accuracy": 0.92 }\n');
    assert.equal(project.tryCommit('--all').code, 0);
    project.stage({ 'metrics.json': '{ "accuracy": 0.5 }\n' });
    assert.equal(project.tryCommit('--amend').code, 1);
    project.stage({ 'metrics.json': '{ "accuracy": 0.93 }\n' });
    assert.equal(project.tryCommit('--amend').code, 0);
  });

  it('judges the first commit of a repository', async () => {
    const fresh = new TempFolder();
    try {
      const other = new GateProject(fresh.path);
      await other.installGate();
      other.stage({ 'data/patients.csv': 'id,radius\n1,"2\n' });
      const { lines } = other.tryCommit();
      assert.match(lines[0] ?? '', /^ML Preflight COULD NOT JUDGE: data\/patients\.csv/);
      other.stage({ 'data/patients.csv': patients() });
      assert.equal(other.tryCommit().code, 0);
    } finally {
      fresh.dispose();
    }
  });

  it('judges a commit in a linked work tree by the index of that tree', async () => {
    project.git('worktree', 'add', '--quiet', '../linked tree', '-b', 'side');
    const root = join(dirname(project.root), 'linked tree');
    const linked = new GateProject(root, { isNew: false });
    linked.stage({ 'data/patients.csv': BROKEN });
    assert.match(linked.tryCommit().lines[0] ?? '', /^ML Preflight FAILED: data\/patients\.csv/);
    project.stage({ 'README.md': 'here\n' });
    assert.equal(project.tryCommit().code, 0);
  });

  it('judges the result of a merge', () => {
    project.git('checkout', '--quiet', '-b', 'side');
    project.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--allow-empty', '-m', 'x');
    project.write('data/patients.csv', BROKEN);
    project.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--all', '-m', 'broken');
    project.git('checkout', '--quiet', 'main');
    project.git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
    assert.equal(project.tryCommit().code, 1);
  });

  it('that is killed half-way leaves nothing that the next one trips over', async () => {
    project.stage({ 'data/patients.csv': patients(350) });
    const before = project.fingerprint();
    const child = spawn('git', ['commit', '--quiet', '-m', 'x'], {
      cwd: project.root,
      detached: true,
      stdio: 'ignore',
    });
    const ended = new Promise((settle) => child.on('close', settle));
    const content = join(project.root, '.git/preflight/content');
    const deadline = Date.now() + 30_000;
    while (!existsSync(content) && Date.now() < deadline)
      await new Promise((settle) => setTimeout(settle, 5));
    assert.ok(existsSync(content), 'the hook has begun');
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended;
    assert.equal(project.fingerprint(), before);
    const lock = join(project.root, '.git/index.lock');
    // Git's own lock, which a killed git leaves whatever its hooks are.
    rmSync(lock, { force: true });
    assert.equal(project.tryCommit().code, 0);
    assert.ok(readdirSync(content).some((name) => name.endsWith('.csv')));
  });
});

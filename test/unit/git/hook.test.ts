import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hookStatus, installHook, uninstallHook, verifyHook } from '../../../src/git/hooks/hook';
import { AWKWARD_NAME, TempFolder, TempRepository } from './tempRepository';

/** Stands for the command line: says what it was given, and refuses where the file REFUSE is staged. */
const PROGRAM = `
const { execFileSync } = require('node:child_process');
const staged = execFileSync('git', ['diff', '--cached', '--name-only']).toString();
console.log('gate asked: ' + process.argv.slice(2).join(' '));
process.exit(staged.includes('REFUSE') ? 1 : 0);
`;

interface Attempt {
  readonly code: number;
  readonly lines: readonly string[];
}

describe('the hook', () => {
  let folder: TempFolder;
  let repository: TempRepository;
  let cli: string;

  beforeEach(() => {
    folder = new TempFolder();
    repository = new TempRepository(folder.path);
    repository.commit('first', { 'README.md': 'x\n' });
    cli = join(dirname(folder.path), `it's a "program"`, 'cli.js');
    mkdirSync(dirname(cli));
    writeFileSync(cli, PROGRAM);
  });
  afterEach(() => folder.dispose());

  const path = (...parts: readonly string[]) => join(repository.root, ...parts);
  const hooks = () => path('.git', 'hooks');
  const install = async (node = process.execPath) => {
    const installed = await installHook(await repository.open(), { cli, node });
    assert.ok(installed.ok, installed.ok ? '' : installed.problem.message);
    return installed.value;
  };
  const uninstall = async () => uninstallHook(await repository.open());

  /** Commits one file as a user would; the output is what git shows of the hook. */
  const commit = (
    name: string,
    environment: Readonly<Record<string, string>> = {},
    at = repository,
  ): Attempt => {
    at.write(name, `${Math.random()}\n`);
    at.git('add', name);
    try {
      at.gitWith(environment, 'commit', '--quiet', '-m', name);
      return { code: 0, lines: [] };
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: Buffer };
      return { code: status, lines: stderr.toString().split('\n') };
    }
  };
  /** Every file of the hooks folder with its mode and bytes. */
  const snapshot = (at = hooks()) =>
    readdirSync(at)
      .sort()
      .map((name) => [name, statSync(join(at, name)).mode, readFileSync(join(at, name), 'hex')]);

  it('asks the gate before a commit, and lets it refuse', async () => {
    const status = await install();
    assert.deepEqual(status, {
      installed: true,
      mechanism: 'hooks-folder',
      path: join(hooks(), 'pre-commit'),
      problems: [],
    });
    assert.equal(commit('fine.txt').code, 0);
    const refused = commit('REFUSE.txt');
    assert.deepEqual(refused, { code: 1, lines: ['gate asked: check --staged --hook', ''] });
  });

  it('is a script that POSIX shells take', async () => {
    const { path: file } = await install();
    const shells = ['sh', 'dash', 'bash'].filter((shell) => existsSync(`/bin/${shell}`));
    assert.ok(shells.length > 0);
    const { execFileSync } = await import('node:child_process');
    for (const shell of shells) execFileSync(shell, ['-n', file]);
  });

  it('is proven to fire by git itself, and leaves nothing behind', async () => {
    await install();
    const before = [
      snapshot(),
      repository.git('status', '--porcelain'),
      readdirSync(path('.git')).sort(),
    ];
    const verified = await verifyHook(await repository.open());
    assert.ok(verified.ok && verified.value.fires === true);
    assert.deepEqual(
      [snapshot(), repository.git('status', '--porcelain'), readdirSync(path('.git')).sort()],
      before,
    );
  });

  it('is seen not to fire where git does not run it', async () => {
    await install();
    chmodSync(join(hooks(), 'pre-commit'), 0o644);
    const verified = await verifyHook(await repository.open());
    assert.ok(verified.ok && verified.value.fires === false);
    assert.deepEqual(
      verified.value.problems.map(({ code }) => code),
      ['hook-silent', 'hook-not-executable'],
    );
  });

  it('keeps a hook that is there: runs it first, and gives its bytes and mode back', async () => {
    writeFileSync(
      join(hooks(), 'pre-commit'),
      '#!/bin/sh\necho "mine: $0" >&2\n[ ! -e STOP ] || exit 7\n',
      { mode: 0o711 },
    );
    const before = snapshot();
    await install();
    await install();
    const refused = commit('REFUSE.txt');
    assert.deepEqual(refused.lines, [
      'mine: .git/hooks/pre-commit.before-ml-preflight',
      'gate asked: check --staged --hook',
      '',
    ]);
    repository.write('STOP', '');
    assert.equal(
      commit('fine.txt').lines[1],
      '',
      'the gate is not asked where the first hook refuses',
    );
    await uninstall();
    assert.deepEqual(snapshot(), before);
  });

  it('keeps a hook that is a link, as a link', async () => {
    repository.write('tools/hook', '#!/bin/sh\necho linked >&2\n');
    chmodSync(path('tools/hook'), 0o755);
    symlinkSync('../../tools/hook', join(hooks(), 'pre-commit'));
    await install();
    assert.deepEqual(commit('REFUSE.txt').lines, [
      'linked',
      'gate asked: check --staged --hook',
      '',
    ]);
    await uninstall();
    assert.ok(lstatSync(join(hooks(), 'pre-commit')).isSymbolicLink());
    assert.equal(readlinkSync(join(hooks(), 'pre-commit')), '../../tools/hook');
  });

  it('does not run a hook that git would have ignored', async () => {
    writeFileSync(join(hooks(), 'pre-commit'), '#!/bin/sh\necho ignored >&2\n', { mode: 0o644 });
    await install();
    assert.deepEqual(commit('REFUSE.txt').lines, ['gate asked: check --staged --hook', '']);
  });

  it('finishes an installation that was killed after its first step', async () => {
    writeFileSync(join(hooks(), 'pre-commit'), '#!/bin/sh\n', { mode: 0o755 });
    const before = snapshot();
    writeFileSync(join(hooks(), 'pre-commit.before-ml-preflight'), '#!/bin/sh\n', { mode: 0o755 });
    await uninstall();
    assert.deepEqual(snapshot(), before);
    writeFileSync(join(hooks(), 'pre-commit.before-ml-preflight'), '#!/bin/sh\n', { mode: 0o755 });
    await install();
    await uninstall();
    assert.deepEqual(snapshot(), before);
  });

  it('does not overwrite a kept hook that is another one', async () => {
    writeFileSync(join(hooks(), 'pre-commit'), '#!/bin/sh\n# new\n', { mode: 0o755 });
    writeFileSync(join(hooks(), 'pre-commit.before-ml-preflight'), '#!/bin/sh\n# old\n', {
      mode: 0o755,
    });
    const before = snapshot();
    const installed = await installHook(await repository.open(), { cli, node: process.execPath });
    assert.equal(installed.ok ? '' : installed.problem.code, 'hook-backup-exists');
    assert.deepEqual(snapshot(), before);
  });

  it('runs once and ends where another manager took its place and runs it in turn', async () => {
    // What `pre-commit install` does with a hook that it finds, twice over.
    const other = '#!/bin/sh\necho other >&2\n"${0%/*}/pre-commit.legacy" || exit 1\n';
    writeFileSync(join(hooks(), 'pre-commit'), '#!/bin/sh\n', { mode: 0o755 });
    await install();
    renameSync(join(hooks(), 'pre-commit'), join(hooks(), 'pre-commit.legacy'));
    writeFileSync(join(hooks(), 'pre-commit'), other, { mode: 0o755 });
    const status = await hookStatus(await repository.open());
    assert.ok(status.ok && status.value.installed);
    rmSync(join(hooks(), 'pre-commit.before-ml-preflight'));
    await install();
    assert.deepEqual(commit('REFUSE.txt').lines, [
      'other',
      'gate asked: check --staged --hook',
      '',
    ]);
  });

  it('fires in a linked work tree', async () => {
    await install();
    repository.git('worktree', 'add', '--quiet', '../linked tree', '-b', 'side');
    const linked = new TempRepository(join(dirname(repository.root), 'linked tree'), {
      isNew: false,
    });
    assert.deepEqual(commit('REFUSE.txt', {}, linked).lines, [
      'gate asked: check --staged --hook',
      '',
    ]);
    const verified = await verifyHook(await linked.open());
    assert.ok(verified.ok && verified.value.fires === true);
    assert.equal(verified.value.path, join(hooks(), 'pre-commit'));
  });

  it('finds another node where the recorded one is gone', async () => {
    const { problems } = await install('/nowhere/code');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['hook-program-missing'],
    );
    assert.deepEqual(commit('REFUSE.txt').lines, ['gate asked: check --staged --hook', '']);
  });

  it('refuses with exit code 2 and says how to take it out where the program is gone', async () => {
    const { path: file } = await install();
    rmSync(cli);
    const refused = commit('fine.txt');
    assert.equal(refused.code, 1, 'git has one exit code for every refusal');
    assert.ok(refused.lines[0]?.startsWith('ML Preflight COULD NOT JUDGE: '));
    const { execSync, spawnSync } = await import('node:child_process');
    assert.equal(spawnSync(file, { cwd: repository.root }).status, 2);
    execSync(refused.lines[2] ?? 'false', { cwd: '/' });
    assert.equal(commit('fine.txt').code, 0);
  });

  it('finds the new version of the extension after an update', async () => {
    const at = (version: string) =>
      join(
        dirname(folder.path),
        `it's $(x)`,
        `ml-preflight.ml-preflight-${version}`,
        'dist',
        'cli.js',
      );
    cli = at('0.1.0');
    await install();
    mkdirSync(dirname(at('0.2.0-linux-x64')), { recursive: true });
    writeFileSync(at('0.2.0-linux-x64'), PROGRAM);
    assert.deepEqual(commit('REFUSE.txt').lines, ['gate asked: check --staged --hook', '']);
  });

  it('is not installed at first, and uninstalling then changes nothing', async () => {
    const before = snapshot();
    const status = await uninstall();
    assert.ok(status.ok);
    assert.equal(status.value.installed, false);
    assert.deepEqual(snapshot(), before);
  });

  describe('in a folder of hooks that is shared', () => {
    beforeEach(() => {
      // What husky 9 sets up: git runs .husky/_/pre-commit, which runs .husky/pre-commit with `sh -e`.
      repository.git('config', 'core.hooksPath', '.husky/_');
      repository.write(
        '.husky/_/pre-commit',
        '#!/usr/bin/env sh\nsh -e "$(dirname "$(dirname "$0")")/pre-commit" "$@"\n',
      );
      chmodSync(path('.husky/_/pre-commit'), 0o755);
      repository.write('.husky/_/.gitignore', '*\n');
    });
    const MINES = [
      'echo theirs >&2\n',
      'echo theirs >&2',
      '',
      '#!/bin/sh\r\necho "\xff" >&2 # \xe9\n',
    ];

    it('adds lines to the file of husky, after what is there, without a path of this machine', async () => {
      repository.write('.husky/pre-commit', 'echo theirs >&2');
      const status = await install();
      assert.deepEqual(status, {
        installed: true,
        mechanism: 'husky',
        path: path('.husky/pre-commit'),
        problems: [],
      });
      assert.deepEqual(commit('REFUSE.txt').lines, [
        'theirs',
        'gate asked: check --staged --hook',
        '',
      ]);
      assert.ok(!readFileSync(path('.husky/pre-commit'), 'utf8').includes(AWKWARD_NAME));
      const verified = await verifyHook(await repository.open());
      assert.ok(verified.ok && verified.value.fires === true);
    });

    for (const mine of MINES) {
      it(`gives back the bytes ${JSON.stringify(mine)}`, async () => {
        writeFileSync(path('.husky/pre-commit'), mine, 'latin1');
        await install();
        await install();
        await uninstall();
        assert.equal(readFileSync(path('.husky/pre-commit'), 'latin1'), mine);
        assert.ok(!existsSync(path('.git/preflight/pre-commit')));
      });
    }

    it('keeps lines that were added after ours', async () => {
      repository.write('.husky/pre-commit', 'echo theirs');
      await install();
      writeFileSync(
        path('.husky/pre-commit'),
        `${readFileSync(path('.husky/pre-commit'), 'utf8')}echo more\n`,
      );
      await uninstall();
      assert.equal(readFileSync(path('.husky/pre-commit'), 'utf8'), 'echo theirs\necho more\n');
    });

    it('removes a file that it made', async () => {
      await install();
      assert.deepEqual(commit('REFUSE.txt').lines.slice(0, 1), [
        'gate asked: check --staged --hook',
      ]);
      await uninstall();
      assert.ok(!existsSync(path('.husky/pre-commit')));
    });

    it('lets those commit who have the lines, but not the gate', async () => {
      await install();
      rmSync(path('.git/preflight'), { recursive: true });
      assert.equal(commit('REFUSE.txt').code, 0);
      const status = await hookStatus(await repository.open());
      assert.ok(status.ok && !status.value.installed);
    });

    it('sees the linked work tree in which husky runs no hook', async () => {
      await install();
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '-m', 'husky');
      repository.git('worktree', 'add', '--quiet', '../linked', '-b', 'side');
      const status = await hookStatus(await repository.open());
      assert.ok(status.ok);
      assert.deepEqual(
        status.value.problems.map(({ code }) => code),
        ['hook-silent-in-worktree'],
      );
      const linked = new TempRepository(join(dirname(repository.root), 'linked'), { isNew: false });
      const there = await hookStatus(await linked.open());
      assert.ok(there.ok);
      assert.equal(there.value.problems[0]?.code, 'hook-silent');
    });

    it('adds nothing to a hook that is no shell script', async () => {
      repository.git('config', 'core.hooksPath', 'githooks');
      repository.write('githooks/pre-commit', '#!/usr/bin/env python3\nprint(1)\n');
      chmodSync(path('githooks/pre-commit'), 0o755);
      const installed = await installHook(await repository.open(), { cli, node: process.execPath });
      assert.equal(installed.ok ? '' : installed.problem.code, 'hook-not-shell');
    });

    it('touches no hooks folder outside the repository', async () => {
      repository.git('config', 'core.hooksPath', dirname(folder.path));
      const installed = await installHook(await repository.open(), { cli, node: process.execPath });
      assert.equal(installed.ok ? '' : installed.problem.code, 'hooks-path-foreign');
      assert.ok(!existsSync(join(dirname(folder.path), 'pre-commit')));
    });
  });
});

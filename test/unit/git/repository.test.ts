import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findRepository, prefixInRepository } from '../../../src/git/repository';
import { runGit } from '../../../src/git/runGit';
import { findStateFolder } from '../../../src/git/stateFolder';
import { TempFolder, TempRepository, withEnvironment } from './tempRepository';

describe('findRepository', () => {
  let folder: TempFolder;
  let main: TempRepository;

  beforeEach(() => {
    folder = new TempFolder();
    main = new TempRepository(folder.path);
    main.commit('first', { 'a/b/file.txt': 'x' });
  });
  afterEach(() => folder.dispose());

  /** What git itself says of a folder. */
  const askGit = (repository: TempRepository) => ({
    root: repository.git('rev-parse', '--show-toplevel'),
    gitDir: repository.git('rev-parse', '--absolute-git-dir'),
    commonDir: repository.git('rev-parse', '--path-format=absolute', '--git-common-dir'),
  });

  it('finds it from a folder inside, without git on the PATH', async () => {
    const found = await withEnvironment({ PATH: '' }, () => findRepository(join(main.root, 'a/b')));
    assert.deepEqual(found, { ok: true, value: askGit(main) });
  });

  it('finds a linked work tree and what it shares with the main one', async () => {
    main.git('worktree', 'add', '--quiet', 'linked tree', '-b', 'side');
    const linked = new TempRepository(join(main.root, 'linked tree'), { isNew: false });
    const found = await findRepository(linked.root);
    assert.deepEqual(found, { ok: true, value: askGit(linked) });
    assert.ok(found.ok && found.value.commonDir === join(main.root, '.git'));
  });

  it('finds a submodule as a repository of its own', async () => {
    const other = new TempFolder('library');
    try {
      new TempRepository(other.path).commit('library', { 'lib.txt': 'x' });
      main.git(
        '-c',
        'protocol.file.allow=always',
        'submodule',
        '--quiet',
        'add',
        other.path,
        'lib',
      );
      const submodule = new TempRepository(join(main.root, 'lib'), { isNew: false });
      const found = await findRepository(submodule.root);
      assert.deepEqual(found, { ok: true, value: askGit(submodule) });
    } finally {
      other.dispose();
    }
  });

  it('says so where there is none, also beside an empty .git folder', async () => {
    const outside = new TempFolder();
    try {
      mkdirSync(join(outside.path, '.git'));
      const found = await findRepository(outside.path);
      assert.ok(!found.ok);
      assert.equal(found.problem.code, 'not-a-repository');
    } finally {
      outside.dispose();
    }
  });

  it('takes the GIT_DIR that a user set for this folder, as git does', async () => {
    const apart = new TempFolder('work tree');
    try {
      const variables = { GIT_DIR: join(main.root, '.git'), GIT_WORK_TREE: apart.path };
      await withEnvironment(variables, async () => {
        const found = await findRepository(apart.path);
        assert.ok(found.ok);
        assert.deepEqual([found.value.root, found.value.gitDir], [apart.path, variables.GIT_DIR]);
        const head = await runGit(apart.path, ['rev-parse', 'HEAD']);
        assert.equal(head.ok && head.value.toString().trim(), main.git('rev-parse', 'HEAD'));
      });
    } finally {
      apart.dispose();
    }
  });

  it('ignores the GIT_DIR and index of another repository, as a hook leaves them in the environment', async () => {
    const other = new TempFolder('other');
    try {
      const stray = new TempRepository(other.path);
      stray.commit('stray');
      const variables = {
        GIT_DIR: join(stray.root, '.git'),
        GIT_WORK_TREE: stray.root,
        GIT_INDEX_FILE: join(stray.root, '.git/index'),
      };
      await withEnvironment(variables, async () => {
        assert.deepEqual(await findRepository(main.root), { ok: true, value: askGit(main) });
        const files = await runGit(main.root, ['ls-files']);
        assert.equal(files.ok && files.value.toString(), 'a/b/file.txt\n');
      });
    } finally {
      other.dispose();
    }
  });

  it('knows the way to a folder, also when it was reached by a link', async () => {
    const repository = await main.open();
    assert.equal(await prefixInRepository(repository, main.root), '');
    assert.equal(await prefixInRepository(repository, join(main.root, 'a/b')), 'a/b');
    const link = join(main.root, '..', 'link');
    symlinkSync(main.root, link);
    assert.equal(
      await prefixInRepository({ ...repository, root: link }, join(main.root, 'a')),
      'a',
    );
  });
});

describe('findStateFolder', () => {
  let folder: TempFolder;
  let repository: TempRepository;

  beforeEach(() => {
    folder = new TempFolder();
    repository = new TempRepository(folder.path);
  });
  afterEach(() => folder.dispose());

  it('is in the git folder, one for each project of the repository', async () => {
    const gitDir = join(folder.path, '.git');
    assert.equal(await findStateFolder(folder.path), join(gitDir, 'preflight'));
    assert.equal(
      await findStateFolder(join(folder.path, 'models/churn')),
      join(gitDir, 'preflight/projects/models=churn'),
    );
  });

  it('never gives two projects the same one', async () => {
    const ways = ['a/b', 'a=b', 'a%3Db', 'a%253Db', `${'d/'.repeat(200)}e`, `${'d/'.repeat(200)}f`];
    const states = await Promise.all(ways.map((way) => findStateFolder(join(folder.path, way))));
    assert.equal(new Set(states).size, ways.length);
    for (const state of states)
      assert.equal(join(state, '..'), join(folder.path, '.git/preflight/projects'));
  });

  it('is a folder of this work tree only', async () => {
    repository.commit('first');
    repository.git('worktree', 'add', '--quiet', 'side');
    assert.equal(
      await findStateFolder(join(folder.path, 'side')),
      join(folder.path, '.git/worktrees/side/preflight'),
    );
  });

  it('is in the cache of the user where there is no repository', async () => {
    const outside = new TempFolder();
    try {
      await withEnvironment({ XDG_CACHE_HOME: '/cache' }, async () => {
        const state = await findStateFolder(outside.path);
        assert.match(state, /^\/cache\/ml-preflight\/projects\/[0-9a-f]{16}$/);
        assert.notEqual(await findStateFolder(join(outside.path, 'sub')), state);
      });
    } finally {
      outside.dispose();
    }
  });
});

describe('runGit', () => {
  it('tells a missing git from a missing folder, and gives the first line of what git says', async () => {
    const folder = new TempFolder();
    try {
      const code = async (path: string) => {
        const result = await runGit(path, ['rev-parse', 'HEAD']);
        assert.ok(!result.ok);
        return result.problem.code;
      };
      assert.equal(
        await withEnvironment({ PATH: '/nowhere' }, () => code(folder.path)),
        'git-missing',
      );
      assert.equal(await code(join(folder.path, 'gone')), 'folder-missing');
      const said = await runGit(folder.path, ['rev-parse', 'HEAD']);
      assert.ok(!said.ok);
      assert.match(said.problem.message, /^git rev-parse failed: not a git repository/);
    } finally {
      folder.dispose();
    }
  });

  it('stops when it is told to', async () => {
    const folder = new TempFolder();
    try {
      const { root } = new TempRepository(folder.path);
      const aborter = new AbortController();
      const running = runGit(root, ['-c', 'alias.wait=!sleep 100', 'wait'], {
        signal: aborter.signal,
      });
      aborter.abort();
      const result = await running;
      assert.ok(!result.ok);
      assert.equal(result.problem.code, 'cancelled');
    } finally {
      folder.dispose();
    }
  });
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  currentBranch,
  defaultBaseline,
  headCommit,
  resolveCommit,
} from '../../../src/git/revisions';
import { TempFolder, TempRepository } from './tempRepository';

describe('revisions', () => {
  let folder: TempFolder;
  let temp: TempRepository;

  beforeEach(() => {
    folder = new TempFolder();
    temp = new TempRepository(folder.path);
  });
  afterEach(() => folder.dispose());

  it('knows a repository without commits', async () => {
    const repository = await temp.open();
    assert.equal(await headCommit(repository), undefined);
    assert.equal(await currentBranch(repository), 'main');
    assert.equal(await defaultBaseline(repository), undefined);
    const resolved = await resolveCommit(repository, 'HEAD');
    assert.ok(!resolved.ok);
    assert.equal(resolved.problem.code, 'revision-unknown');
  });

  it('knows a detached HEAD', async () => {
    const first = temp.commit('first');
    temp.commit('second');
    temp.git('checkout', '--quiet', '--detach', first);
    const repository = await temp.open();
    assert.equal(await headCommit(repository), first);
    assert.equal(await currentBranch(repository), undefined);
  });

  it('resolves branches, annotated tags, hashes and ancestors, packed or not', async () => {
    const first = temp.commit('first');
    temp.git('tag', '-a', 'v1', '-m', 'one');
    const second = temp.commit('second');
    temp.git('branch', 'feature/ü');
    temp.git('pack-refs', '--all');
    const repository = await temp.open();
    const expected = {
      v1: first,
      main: second,
      'feature/ü': second,
      'HEAD~1': first,
      [first.slice(0, 8)]: first,
    };
    for (const [revision, commit] of Object.entries(expected))
      assert.deepEqual(
        await resolveCommit(repository, revision),
        { ok: true, value: commit },
        revision,
      );
  });

  it('suggests the nearest name for an unknown one', async () => {
    temp.commit('first');
    temp.git('branch', 'release');
    const resolved = await resolveCommit(await temp.open(), 'relaese');
    assert.ok(!resolved.ok);
    assert.equal(resolved.problem.fix, 'Did you mean "release"?');
  });

  it('takes nothing for an option, a file or a search', async () => {
    temp.commit('first', { file: 'x' });
    const repository = await temp.open();
    for (const revision of [
      '--all',
      '--git-dir=/',
      '-q',
      '',
      'HEAD:file',
      'HEAD\nHEAD',
      '--output=x',
    ]) {
      const resolved = await resolveCommit(repository, revision);
      assert.equal(resolved.ok, false, revision);
    }
  });

  it('says that history is missing in a shallow clone', async () => {
    temp.commit('first');
    temp.commit('second');
    const shallow = new TempFolder('shallow');
    try {
      temp.git('clone', '--quiet', '--depth=1', `file://${temp.root}`, join(shallow.path, 'clone'));
      const clone = new TempRepository(join(shallow.path, 'clone'), { isNew: false });
      const resolved = await resolveCommit(await clone.open(), 'HEAD~1');
      assert.ok(!resolved.ok);
      assert.match(resolved.problem.fix ?? '', /--unshallow/);
    } finally {
      shallow.dispose();
    }
  });
});

describe('defaultBaseline', () => {
  let folder: TempFolder;
  let temp: TempRepository;
  let fork: string;

  beforeEach(() => {
    folder = new TempFolder();
    temp = new TempRepository(folder.path);
    fork = temp.commit('fork');
  });
  afterEach(() => folder.dispose());

  it('is HEAD on the default branch', async () => {
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.commit('on side');
    temp.git('checkout', '--quiet', 'main');
    const head = temp.commit('on main');
    assert.deepEqual(await defaultBaseline(await temp.open()), { commit: head, name: 'HEAD' });
  });

  it('is where the branch left main, also when main has gone on', async () => {
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.commit('on side', { side: 'x' });
    temp.git('checkout', '--quiet', 'main');
    temp.commit('on main', { main: 'x' });
    temp.git('checkout', '--quiet', 'side');
    const expected = { commit: fork, name: 'merge base with main' };
    assert.deepEqual(await defaultBaseline(await temp.open()), expected);
    temp.git('checkout', '--quiet', '--detach');
    assert.deepEqual(await defaultBaseline(await temp.open()), expected);
  });

  it('takes the default branch of origin before main', async () => {
    temp.git('checkout', '--quiet', '-b', 'trunk');
    const trunk = temp.commit('on trunk');
    const clones = new TempFolder('clones');
    try {
      temp.git('clone', '--quiet', temp.root, join(clones.path, 'clone'));
      const clone = new TempRepository(join(clones.path, 'clone'), { isNew: false });
      clone.git('checkout', '--quiet', '-b', 'side');
      clone.git('branch', 'main', fork);
      clone.commit('on side');
      const expected = { commit: trunk, name: 'merge base with trunk' };
      assert.deepEqual(await defaultBaseline(await clone.open()), expected);
    } finally {
      clones.dispose();
    }
  });

  it('is HEAD where there is no default branch, or nothing in common with it', async () => {
    temp.git('checkout', '--quiet', '--orphan', 'island');
    const head = temp.commit('island');
    assert.deepEqual(await defaultBaseline(await temp.open()), { commit: head, name: 'HEAD' });
    temp.git('branch', '-D', 'main');
    assert.deepEqual(await defaultBaseline(await temp.open()), { commit: head, name: 'HEAD' });
  });
});

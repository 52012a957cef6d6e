import assert from 'node:assert/strict';
import { join } from 'node:path';
import { commitsTouching } from '../../../src/git/history';
import { TempFolder, TempRepository } from './tempRepository';

describe('commitsTouching', () => {
  let folder: TempFolder;
  let temp: TempRepository;

  beforeEach(() => {
    folder = new TempFolder();
    temp = new TempRepository(folder.path);
  });
  afterEach(() => folder.dispose());

  const touching = async (paths: readonly string[], max = 100) => {
    const found = await commitsTouching(await temp.open(), paths, { max });
    assert.ok(found.ok);
    return found.value;
  };

  it('is empty before the first commit, and for no paths', async () => {
    assert.deepEqual(await touching(['metrics.json']), []);
    temp.commit('one', { 'metrics.json': '1' });
    assert.deepEqual(await touching([]), []);
    assert.deepEqual(await touching(['other.json']), []);
  });

  it('lists the commits that changed a path, newest first, as git log does', async () => {
    const root = temp.commit('root', { 'metrics.json': '1', other: '1' });
    temp.commit('elsewhere', { other: '2' });
    const second = temp.commit('Second: "ü" \u{1F600}\n\nA body that is left out.', {
      'metrics.json': '2',
    });
    temp.git('rm', '--quiet', 'metrics.json');
    const removed = temp.commit('removed');
    const commits = await touching(['metrics.json']);
    assert.deepEqual(
      commits.map(({ commit }) => commit),
      [removed, second, root],
    );
    assert.deepEqual(
      commits.map(({ commit }) => commit),
      temp.git('log', '--format=%H', '--', 'metrics.json').split('\n'),
    );
    assert.deepEqual(commits[1], {
      commit: second,
      time: Number(temp.git('show', '--no-patch', '--format=%at', second)) * 1000,
      author: 'Ada Lövelace',
      subject: 'Second: "ü" \u{1F600}',
      tags: [],
      paths: ['metrics.json'],
    });
    assert.deepEqual(
      (await touching(['metrics.json'], 2)).map(({ commit }) => commit),
      [removed, second],
    );
  });

  it('names the tags at a commit, and no branches', async () => {
    temp.commit('one', { m: '1' });
    temp.git('tag', 'v1,final');
    temp.git('tag', '-a', 'admissions@v1.2.0', '-m', 'annotated');
    temp.git('tag', 'admissions#prod#1');
    temp.git('branch', 'v1');
    temp.git('config', 'log.excludeDecoration', 'refs/tags/*');
    const [commit] = await touching(['m']);
    assert.deepEqual([...(commit?.tags ?? [])].sort(), [
      'admissions#prod#1',
      'admissions@v1.2.0',
      'v1,final',
    ]);
  });

  it('counts a merge only where it made something new', async () => {
    const base = temp.commit('base', { a: '0', b: '0' });
    temp.git('checkout', '--quiet', '-b', 'side');
    const onSide = temp.commit('side', { b: 'side' });
    temp.git('checkout', '--quiet', 'main');
    const onMain = temp.commit('main', { a: 'main' });
    temp.git('merge', '--quiet', '-m', 'clean merge', 'side');
    const hashes = async (...paths: readonly string[]) =>
      (await touching(paths)).map(({ commit, paths: changed }) => [commit, changed]);
    assert.deepEqual(await hashes('a'), [
      [onMain, ['a']],
      [base, ['a']],
    ]);
    assert.deepEqual(await hashes('b'), [
      [onSide, ['b']],
      [base, ['b']],
    ]);
    // With both paths the log of git has the merge too, but it changed neither path itself.
    assert.deepEqual(await hashes('a', 'b'), [
      [onMain, ['a']],
      [onSide, ['b']],
      [base, ['a', 'b']],
    ]);

    temp.git('checkout', '--quiet', '-b', 'conflict', onMain);
    temp.commit('conflicting', { b: 'other' });
    assert.throws(() => temp.git('merge', '--quiet', 'main'));
    const resolved = temp.commit('resolved', { b: 'both' });
    assert.deepEqual((await hashes('b'))[0], [resolved, ['b']]);
  });

  it('takes awkward paths as they are, never as patterns', async () => {
    const odd = '[ab]*/ü "q" :(top)\n.json';
    const commit = temp.commit('odd', { [odd]: '1', 'a/x.json': '1' });
    temp.commit('other', { 'a/x.json': '2' });
    const found = await touching([odd]);
    assert.deepEqual(
      found.map((info) => [info.commit, info.paths]),
      [[commit, [odd]]],
    );
  });

  it('works in a shallow clone', async () => {
    temp.commit('one', { m: '1' });
    const second = temp.commit('two', { m: '2' });
    const shallow = new TempFolder('shallow');
    try {
      temp.git('clone', '--quiet', '--depth=1', `file://${temp.root}`, join(shallow.path, 'clone'));
      temp = new TempRepository(join(shallow.path, 'clone'), { isNew: false });
      assert.deepEqual(
        (await touching(['m'])).map(({ commit }) => commit),
        [second],
      );
    } finally {
      shallow.dispose();
    }
  });
});

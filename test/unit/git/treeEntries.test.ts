import assert from 'node:assert/strict';
import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedInIndex } from '../../../src/git/stagedChanges';
import { listCommit, listIndex } from '../../../src/git/treeEntries';
import { TempFolder, TempRepository, withEnvironment } from './tempRepository';

const NAMES = { 'data/ta ble.csv': 'a,b\n', 'données/模型.json': '{}', 'odd\nname\t.txt': 'x' };

describe('the index and the trees of commits', () => {
  let folder: TempFolder;
  let temp: TempRepository;

  beforeEach(() => {
    folder = new TempFolder();
    temp = new TempRepository(folder.path);
  });
  afterEach(() => folder.dispose());

  it('lists what is staged, whatever the work tree says', async () => {
    for (const [path, content] of Object.entries(NAMES)) temp.write(path, content);
    temp.git('add', '.');
    const oids = Object.keys(NAMES).map((path) => temp.git('hash-object', path));
    temp.write('data/ta ble.csv', 'changed afterwards');
    temp.write('untracked', 'x');
    const listed = await listIndex(await temp.open());
    assert.ok(listed.ok);
    assert.deepEqual(
      new Map(listed.value.map(({ path, oid, mode }) => [path, [oid, mode]])),
      new Map(Object.keys(NAMES).map((path, index) => [path, [oids[index], '100644']])),
    );
  });

  it('leaves out what git would not commit: announced files, conflicts and submodules', async () => {
    temp.commit('base', { both: 'base', empty: '' });
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.commit('side', { both: 'side' });
    temp.git('checkout', '--quiet', 'main');
    temp.commit('main', { both: 'main' });
    assert.throws(() => temp.git('merge', '--quiet', 'side'));
    temp.write('announced', 'later');
    temp.write('announced too\nodd', '');
    temp.git('add', '--intent-to-add', 'announced', 'announced too\nodd');
    temp.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${temp.git('rev-parse', 'HEAD')},library`,
    );
    const repository = await temp.open();
    const listed = await listIndex(repository);
    assert.deepEqual(listed.ok && listed.value.map(({ path }) => path), ['empty']);
    const changed = await changedInIndex(repository);
    assert.ok(changed.ok);
    assert.deepEqual(
      changed.value.map(({ path, status }) => [path, status]),
      [
        ['both', 'unmerged'],
        ['library', 'added'],
      ],
    );
  });

  it('reads the index that a partial commit names in GIT_INDEX_FILE', async () => {
    temp.commit('base', { a: '1', b: '1' });
    const other = join(temp.root, '.git/next-index-1.lock');
    writeFileSync(other, readFileSync(join(temp.root, '.git/index')));
    temp.write('a', '2');
    temp.gitWith({ GIT_INDEX_FILE: other }, 'add', 'a');
    temp.write('b', '2');
    temp.git('add', 'b');
    const repository = await temp.open();
    const paths = async () => {
      const changed = await changedInIndex(repository);
      return changed.ok && changed.value.map(({ path }) => path);
    };
    assert.deepEqual(await paths(), ['b']);
    // As git writes it for a hook: relative to the root of the work tree.
    for (const GIT_INDEX_FILE of [other, '.git/next-index-1.lock'])
      assert.deepEqual(await withEnvironment({ GIT_INDEX_FILE }, paths), ['a']);
  });

  it('takes no lock, and leaves the bytes of the index as they are', async () => {
    temp.commit('base', { a: '1', b: '1' });
    // A stat that does not fit makes git want to refresh the index.
    utimesSync(join(temp.root, 'a'), 1, 1);
    const index = join(temp.root, '.git/index');
    const before = readFileSync(index);
    writeFileSync(`${index}.lock`, '');
    const repository = await temp.open();
    assert.deepEqual(await changedInIndex(repository), { ok: true, value: [] });
    const listed = await listIndex(repository);
    assert.equal(listed.ok && listed.value.length, 2);
    assert.deepEqual(readFileSync(index), before);
    rmSync(`${index}.lock`);
  });

  it('starts no program that the repository configures', async () => {
    temp.commit('base', { a: '1', '.gitattributes': '* filter=evil diff=evil' });
    const proof = join(temp.root, 'proof');
    const touch = `touch '${proof.replaceAll("'", "'\\''")}'`;
    for (const key of [
      'core.fsmonitor',
      'filter.evil.clean',
      'filter.evil.smudge',
      'diff.evil.command',
      'diff.evil.textconv',
    ])
      temp.git('config', key, touch);
    utimesSync(join(temp.root, 'a'), 1, 1);
    const repository = await temp.open();
    assert.ok((await listIndex(repository)).ok);
    assert.ok((await changedInIndex(repository)).ok);
    assert.throws(() => readFileSync(proof));
    // The trap works: git itself falls into it.
    temp.git('status');
    assert.equal(readFileSync(proof, 'utf8'), '');
  });

  it('tells how the index differs from HEAD, another commit, or nothing', async () => {
    temp.write('first', '1');
    temp.git('add', 'first');
    const repository = await temp.open();
    const oid = temp.git('hash-object', 'first');
    assert.deepEqual(await changedInIndex(repository), {
      ok: true,
      value: [{ path: 'first', status: 'added', oid }],
    });
    const base = temp.commit('base', { gone: 'g', moved: 'a file that moves\n', linked: 'l' });
    temp.git('mv', 'moved', 'somewhere else');
    temp.git('rm', '--quiet', 'gone');
    temp.git('update-index', '--cacheinfo', `120000,${oid},linked`);
    temp.write('first', '2');
    temp.git('add', 'first');
    const statuses = async (against?: string) => {
      const changed = await changedInIndex(repository, against);
      return (
        changed.ok && Object.fromEntries(changed.value.map(({ path, status }) => [path, status]))
      );
    };
    const expected = {
      first: 'modified',
      gone: 'deleted',
      linked: 'type-changed',
      moved: 'deleted',
      'somewhere else': 'added',
    };
    assert.deepEqual(await statuses(), expected);
    temp.git('commit', '--quiet', '-m', 'second');
    assert.deepEqual(await statuses(), {});
    assert.deepEqual(await statuses(base), expected);
  });

  it('lists the files of a commit with their sizes, all or below some paths', async () => {
    const commit = temp.commit('base', NAMES);
    temp.commit('later', { later: 'x' });
    const repository = await temp.open();
    const sizes = async (paths?: readonly string[]) => {
      const listed = await listCommit(repository, commit, paths);
      return listed.ok && Object.fromEntries(listed.value.map(({ path, size }) => [path, size]));
    };
    const bytes = Object.entries(NAMES).map(([path, text]) => [path, Buffer.byteLength(text)]);
    assert.deepEqual(await sizes(), Object.fromEntries(bytes));
    assert.deepEqual(await sizes(['données', 'nowhere']), { 'données/模型.json': 2 });
  });

  it('works in repositories with SHA-256', async () => {
    const modern = new TempFolder('sha256');
    try {
      temp.git('init', '--quiet', '--object-format=sha256', modern.path);
      const repository = new TempRepository(modern.path, { isNew: false });
      repository.write('a', '');
      repository.git('add', 'a');
      const opened = await repository.open();
      const changed = await changedInIndex(opened);
      assert.deepEqual(changed.ok && changed.value.map(({ path, oid }) => [path, oid?.length]), [
        ['a', 64],
      ]);
    } finally {
      modern.dispose();
    }
  });
});

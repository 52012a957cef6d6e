import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { locateContent, type LocatedContent } from '../../../src/data/content/contentAt';
import { isUnchanged } from '../../../src/data/content/fileState';
import { findDvcCaches } from '../../../src/data/content/contentDvcCache';
import { readDvcOutputs } from '../../../src/data/content/contentDvcOutputs';
import { contentFolder, pruneContent } from '../../../src/data/content/contentFolder';
import { openSource, type ContentSource } from '../../../src/data/content/contentSource';
import type { DatasetFormat } from '../../../src/project/project';
import type { Result } from '../../../src/base/result';
import { ObjectReader } from '../../../src/git/objectReader';
import { TempFolder, TempRepository } from '../git/tempRepository';

const md5Of = (text: string): string => createHash('md5').update(text).digest('hex');

describe('where the content of a dataset is', function () {
  this.timeout(20_000);
  let folder: TempFolder;
  let repository: TempRepository;

  beforeEach(() => {
    folder = new TempFolder();
    repository = new TempRepository(folder.path);
    repository.commit('first', { 'data/a.csv': 'committed\n', '.dvc/config': '' });
  });
  afterEach(() => folder.dispose());

  const path = (...parts: readonly string[]) => join(repository.root, ...parts);
  const state = () => path('.git/preflight');

  async function locate(
    wanted: string,
    source: ContentSource = 'index',
    at: TempRepository = repository,
    format: DatasetFormat = 'csv',
  ): Promise<Result<LocatedContent | undefined>> {
    const found = await at.open();
    const reader = new ObjectReader(found);
    try {
      const opened = await openSource(at.root, source, { repository: found, reader });
      assert.ok(opened.ok);
      return await locateContent(
        { path: wanted, format },
        {
          source: opened.value,
          dvc: await readDvcOutputs(opened.value.files),
          caches: await findDvcCaches(at.root, found),
          repository: found,
          reader,
          stateFolder: state(),
        },
      );
    } finally {
      reader.dispose();
    }
  }
  async function textsOf(wanted: string, source?: ContentSource, at?: TempRepository) {
    const located = await locate(wanted, source, at);
    assert.ok(located.ok, located.ok ? '' : located.problem.message);
    return located.value?.files.map((file) => readFileSync(file, 'utf8'));
  }
  async function problemOf(wanted: string, source?: ContentSource) {
    const located = await locate(wanted, source);
    assert.ok(!located.ok);
    return located.problem;
  }

  it('is all files of its format in a folder, under their paths in the project', async () => {
    const files = {
      'parts/year=2023/b.csv': 'same\n',
      'parts/year=2024/a.csv': 'same\n',
      'parts/_SUCCESS': '',
      'parts/.hidden/c.csv': 'hidden\n',
      'parts/readme.txt': 'text\n',
      'partsbeside/d.csv': 'other\n',
    };
    repository.commit('parts', files);
    for (const source of [
      'index',
      'worktree',
      { commit: repository.git('rev-parse', 'HEAD').trim() },
    ] as const) {
      const found = await locate('parts', source);
      assert.ok(found.ok && found.value !== undefined);
      assert.deepEqual(found.value.names, ['parts/year=2023/b.csv', 'parts/year=2024/a.csv']);
      assert.equal(found.value.files.length, 2);
      const [first, second] = found.value.files.map((file) => readFileSync(file, 'utf8'));
      assert.deepEqual([first, second], ['same\n', 'same\n']);
    }
  });

  it('tells the same bytes apart by the partition and by the table that is meant', async () => {
    repository.commit('parts', { 'p/k=1/a.csv': 'x\n', 'p/k=2/a.csv': 'x\n', 'data/a.db': 'x' });
    const found = await locate('p');
    assert.ok(found.ok && found.value?.fileIds !== undefined);
    assert.equal(new Set(found.value.fileIds).size, 2);
    const people = await locate('data/a.db::people', 'index', repository, 'sqlite');
    const orders = await locate('data/a.db::orders', 'index', repository, 'sqlite');
    assert.ok(people.ok && orders.ok);
    assert.deepEqual(people.value?.names, ['data/a.db']);
    assert.notEqual(people.value?.contentId, orders.value?.contentId);
  });

  it('in the index, in a commit and in the work tree is that of each', async () => {
    repository.write('data/a.csv', 'staged\n');
    repository.git('add', '--all');
    repository.write('data/a.csv', 'unstaged\n');
    const commit = repository.git('rev-parse', 'HEAD');
    assert.deepEqual(await textsOf('data/a.csv', 'worktree'), ['unstaged\n']);
    assert.deepEqual(await textsOf('data/a.csv', 'index'), ['staged\n']);
    assert.deepEqual(await textsOf('data/a.csv', { commit }), ['committed\n']);
    assert.equal(await textsOf('data/gone.csv'), undefined);
    assert.equal(await textsOf('data/gone.csv', 'worktree'), undefined);
  });

  it('has one name per content', async () => {
    const idOf = async (source: ContentSource) => {
      const located = await locate('data/*.csv', source);
      assert.ok(located.ok);
      return located.value?.contentId;
    };
    const commit = repository.git('rev-parse', 'HEAD');
    const first = await idOf('index');
    assert.equal(first, await idOf({ commit }));
    repository.write('data/b.csv', 'more\n');
    repository.git('add', '--all');
    assert.notEqual(await idOf('index'), first);
    assert.equal(await idOf('worktree'), undefined, 'what has just been written may change unseen');
    for (const name of ['data/a.csv', 'data/b.csv']) utimesSync(path(name), 1, 1);
    assert.ok(await idOf('worktree'));
  });

  it('of a glob is every file of it, in order', async () => {
    repository.write('logs/2.jsonl', '2\n');
    repository.write('logs/10.jsonl', '10\n');
    repository.write('logs/note.txt', '-\n');
    repository.git('add', '--all');
    for (const source of ['index', 'worktree'] as const)
      assert.deepEqual(await textsOf('logs/*.jsonl', source), ['10\n', '2\n']);
  });

  it('is read from a large file of the work tree only where its bytes are those of the blob', async () => {
    const large = 'x'.repeat(33 * 1024 * 1024);
    repository.write('data/a.csv', large);
    repository.git('add', '--all');
    const same = await locate('data/a.csv');
    assert.ok(same.ok);
    assert.deepEqual(same.value?.files, [path('data/a.csv')]);
    assert.equal(same.value.foreign.length, 1);
    // Git is told not to look, and size and time are put back: only the bytes tell.
    const { atime, mtime } = statSync(path('data/a.csv'));
    repository.git('update-index', '--assume-unchanged', 'data/a.csv');
    repository.write('data/a.csv', `y${large.slice(1)}`);
    utimesSync(path('data/a.csv'), atime, mtime);
    const other = await locate('data/a.csv');
    assert.ok(other.ok);
    assert.notDeepEqual(other.value?.files, [path('data/a.csv')]);
    assert.equal(readFileSync(other.value?.files[0] ?? '', 'utf8').slice(0, 2), 'xx');
  });

  it('tells when a file that others own has changed', async () => {
    const located = await locate('data/a.csv', 'worktree');
    const [file] = located.ok ? (located.value?.foreign ?? []) : [];
    assert.ok(file !== undefined && (await isUnchanged(file)));
    appendFileSync(file.path, 'more');
    assert.equal(await isUnchanged(file), false);
  });

  describe('that DVC keeps', () => {
    const cache = (text: string, layout = '.dvc/cache/files/md5', root = repository.root) => {
      const md5 = md5Of(text);
      const file = join(root, layout, md5.slice(0, 2), md5.slice(2));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return md5;
    };
    /** A lock file with one output; `extra` goes before its path. */
    const lock = (name: string, md5: string, extra = 'hash: md5\n      ') =>
      `schema: '2.0'\nstages:\n  make:\n    cmd: x\n    outs:\n    - ${extra}path: ${name}\n      md5: ${md5}\n`;
    const stage = (file: string, text: string) => {
      repository.write(file, text);
      repository.git('add', '--force', file);
    };

    it('is in its cache, by the lock file of each version', async () => {
      stage('dvc.lock', lock('data/t.csv', cache('old\n')));
      repository.git('commit', '--quiet', '-m', 'old');
      const commit = repository.git('rev-parse', 'HEAD');
      stage('dvc.lock', lock('data/t.csv', cache('new\n')));
      repository.write('data/t.csv', 'newer, not recorded\n');
      repository.write('dvc.lock', 'stages: {');
      assert.deepEqual(await textsOf('data/t.csv', { commit }), ['old\n']);
      assert.deepEqual(await textsOf('data/t.csv'), ['new\n']);
      assert.deepEqual(await textsOf('data/t.csv', 'worktree'), ['newer, not recorded\n']);
    });

    it('is the file of the work tree where that has the recorded hash', async () => {
      repository.write('data/t.csv', 'made\n');
      stage('dvc.lock', lock('data/t.csv', md5Of('made\n')));
      assert.deepEqual(await textsOf('data/t.csv'), ['made\n']);
      repository.write('data/t.csv', 'MADE\n');
      const problem = await problemOf('data/t.csv');
      assert.deepEqual(
        [problem.code, problem.file, problem.line, problem.fix],
        ['content-not-here', 'dvc.lock', 6, 'Run `dvc repro`.'],
      );
    });

    it('is named by a .dvc file, from its folder', async () => {
      const md5 = cache('tracked\n');
      stage('data/raw/t.csv.dvc', `outs:\n- md5: ${md5}\n  size: 8\n  hash: md5\n  path: t.csv\n`);
      assert.deepEqual(await textsOf('data/raw/t.csv'), ['tracked\n']);
      stage('data/raw/t.csv.dvc', `outs:\n- md5: ${md5Of('away')}\n  hash: md5\n  path: t.csv\n`);
      assert.equal((await problemOf('data/raw/t.csv')).fix, 'Run `dvc pull data/raw/t.csv.dvc`.');
    });

    it('is relative to the working folder of its stage', async () => {
      stage('dvc.yaml', 'stages:\n  make: { cmd: x, wdir: sub, outs: [t.csv] }\n');
      stage('dvc.lock', lock('t.csv', cache('below\n')));
      assert.deepEqual(await textsOf('sub/t.csv'), ['below\n']);
      assert.equal(await textsOf('t.csv'), undefined);
      stage(
        'dvc.yaml',
        'stages:\n  make:\n    foreach: [a]\n    do: { cmd: x, wdir: each, outs: [t.csv] }\n',
      );
      stage('dvc.lock', lock('t.csv', cache('below\n')).replace('make:', 'make@a:'));
      assert.deepEqual(await textsOf('each/t.csv'), ['below\n']);
    });

    it('is in the layout of DVC 2 where the lock file is of DVC 2', async () => {
      stage('dvc.lock', lock('data/t.csv', cache('legacy\n', '.dvc/cache'), ''));
      assert.deepEqual(await textsOf('data/t.csv'), ['legacy\n']);
    });

    it('is in the folder that the configuration names', async () => {
      repository.write(
        '.dvc/config.local',
        '[core]\n    remote = x\n[cache]\n    dir = ../shared cache\n',
      );
      stage('dvc.lock', lock('data/t.csv', cache('shared\n', 'shared cache/files/md5')));
      assert.deepEqual(await textsOf('data/t.csv'), ['shared\n']);
    });

    it('is not what has another size', async () => {
      const md5 = cache('whole\n');
      writeFileSync(path('.dvc/cache/files/md5', md5.slice(0, 2), md5.slice(2)), 'cut');
      stage('dvc.lock', `${lock('data/t.csv', md5)}      size: 6\n`);
      assert.equal((await problemOf('data/t.csv')).code, 'content-not-here');
    });

    it('can be a folder, whose files are found by its listing', async () => {
      const listing = JSON.stringify([
        { md5: cache('one\n'), relpath: 'deep/1.csv' },
        { md5: cache('two\n'), relpath: '2.csv' },
        { md5: md5Of('secret'), relpath: '../../outside.csv' },
      ]);
      const md5 = cache(listing);
      const listed = path('.dvc/cache/files/md5', md5.slice(0, 2), md5.slice(2));
      writeFileSync(`${listed}.dir`, listing);
      stage('dvc.lock', lock('parts', `${md5}.dir`));
      assert.deepEqual(await textsOf('parts/deep/1.csv'), ['one\n']);
      assert.deepEqual(await textsOf('parts/**/*.csv'), ['two\n', 'one\n']);
      assert.equal(await textsOf('other/*.csv'), undefined);
      writeFileSync(`${listed}.dir`, '{"not": "a listing"}');
      assert.equal((await problemOf('parts/2.csv')).code, 'content-not-here');
    });

    it('is found from a linked work tree in the cache of the main one', async () => {
      stage('dvc.lock', lock('data/t.csv', cache('shared\n')));
      repository.git('commit', '--quiet', '-m', 'lock');
      repository.git('worktree', 'add', '--quiet', '../linked', '-b', 'side');
      const linked = new TempRepository(join(dirname(repository.root), 'linked'), { isNew: false });
      assert.deepEqual(await textsOf('data/t.csv', 'index', linked), ['shared\n']);
    });

    it('is unknown where the lock file cannot be read, with the line', async () => {
      stage('dvc.lock', 'stages:\n  make: {\n');
      const problem = await problemOf('data/t.csv');
      assert.deepEqual([problem.code, problem.file], ['yaml-invalid', 'dvc.lock']);
      assert.ok((problem.line ?? 0) >= 2);
      assert.deepEqual(await textsOf('data/a.csv'), ['committed\n'], 'what git has is known');
    });

    it('is git’s where git has it too', async () => {
      stage('dvc.lock', lock('data/a.csv', md5Of('elsewhere')));
      assert.deepEqual(await textsOf('data/a.csv'), ['committed\n']);
    });
  });

  describe('that Git LFS keeps', () => {
    const oid = createHash('sha256').update('large\n').digest('hex');
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 6\n`;
    beforeEach(() => {
      repository.write('data/a.csv', pointer);
      repository.git('add', '--all');
    });

    it('is a problem where only the pointer is here, staged or checked out', async () => {
      for (const source of ['index', 'worktree'] as const) {
        const problem = await problemOf('data/a.csv', source);
        assert.deepEqual(
          [problem.code, problem.file, problem.fix],
          ['content-not-here', 'data/a.csv', 'Run `git lfs pull`.'],
        );
      }
    });

    it('is taken from the store of Git LFS where it is there', async () => {
      const stored = path('.git/lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid);
      mkdirSync(dirname(stored), { recursive: true });
      writeFileSync(stored, 'large\n');
      assert.deepEqual(await textsOf('data/a.csv'), ['large\n']);
    });
  });

  it('is copied into a folder that stays small', async () => {
    await locate('data/a.csv');
    const copies = contentFolder(state());
    const [used = ''] = readdirSync(copies);
    for (let index = 0; index < 80; index++) {
      const old = join(copies, `${index}.csv`);
      writeFileSync(old, 'x');
      utimesSync(old, index + 1, index + 1);
    }
    writeFileSync(join(copies, 'half.tmp'), 'x');
    utimesSync(join(copies, 'half.tmp'), 1, 1);
    writeFileSync(join(copies, 'being written.tmp'), 'x');
    await pruneContent(state());
    const left = readdirSync(copies);
    assert.ok(left.includes(used) && left.includes('being written.tmp') && left.includes('79.csv'));
    assert.ok(!left.includes('half.tmp') && !left.includes('0.csv'));
    assert.equal(left.length, 64);
  });
});

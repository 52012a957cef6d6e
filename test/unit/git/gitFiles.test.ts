import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ObjectReader } from '../../../src/git/objectReader';
import { listCommit, listIndex } from '../../../src/git/treeEntries';
import { openGitFiles } from '../../../src/project/files/gitFiles';
import { openWorktreeFiles } from '../../../src/project/files/worktreeFiles';
import { TempFolder, TempRepository } from './tempRepository';

describe('openGitFiles', () => {
  let folder: TempFolder;
  let temp: TempRepository;
  let reader: ObjectReader;

  beforeEach(async () => {
    folder = new TempFolder();
    temp = new TempRepository(folder.path);
    reader = new ObjectReader(await temp.open());
  });
  afterEach(() => {
    reader.dispose();
    folder.dispose();
  });

  it('has the files that the work tree had when they were staged', async () => {
    for (const path of [
      'dvc.yaml',
      'Z.py',
      'a b/é.csv',
      'node_modules/x/y.js',
      'env/pyvenv.cfg',
      'env/lib/z.py',
      'app/venv/q.py',
      '.dvc/config',
      '.dvc/tmp/lock',
    ])
      temp.write(path, path);
    temp.git('add', '.');
    const worktree = await openWorktreeFiles(temp.root);
    assert.ok(worktree.ok);
    const entries = await listIndex(await temp.open());
    assert.ok(entries.ok);
    const files = openGitFiles(reader, entries.value, temp.root, '');
    assert.deepEqual(files.paths, worktree.value.paths);
    temp.write('dvc.yaml', 'changed');
    assert.deepEqual(await files.readText('dvc.yaml'), { ok: true, value: 'dvc.yaml' });
  });

  it('has one project of the repository, with paths from its own root', async () => {
    const commit = temp.commit('base', {
      'churn/train.py': 'c',
      'churn2/train.py': 'd',
      'train.py': 'r',
    });
    const entries = await listCommit(await temp.open(), commit);
    assert.ok(entries.ok);
    const files = openGitFiles(reader, entries.value, join(temp.root, 'churn'), 'churn');
    assert.deepEqual([files.root, files.paths], [join(temp.root, 'churn'), ['train.py']]);
    assert.deepEqual(await files.readText('train.py'), { ok: true, value: 'c' });
    const missing = await files.readText('../train.py');
    assert.equal(!missing.ok && missing.problem.code, 'file-missing');
  });

  it('leaves links out, and takes the byte order mark off', async () => {
    temp.write('text.json', '\uFEFF{}');
    symlinkSync('/etc/passwd', join(temp.root, 'link'));
    const commit = temp.commit('base');
    const entries = await listCommit(await temp.open(), commit);
    assert.ok(entries.ok);
    const files = openGitFiles(reader, entries.value, temp.root, '');
    assert.deepEqual(files.paths, ['text.json']);
    assert.deepEqual(await files.readText('text.json'), { ok: true, value: '{}' });
  });

  it('names the file whose content is not in this clone', async () => {
    const files = openGitFiles(
      reader,
      [{ path: 'a', oid: '1'.repeat(40), mode: '100644' }],
      temp.root,
      '',
    );
    const text = await files.readText('a');
    assert.ok(!text.ok);
    assert.deepEqual([text.problem.code, text.problem.file], ['file-unreadable', 'a']);
  });
});

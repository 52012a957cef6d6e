import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorktreeFiles } from '../../../src/project/files/worktreeFiles';
import { withFolder } from './makeProject';

async function pathsIn(root: string): Promise<readonly string[]> {
  const files = await openWorktreeFiles(root);
  assert.ok(files.ok);
  return files.value.paths;
}

describe('the files of the work tree', () => {
  it('are those that git would list, and the ignored ones, in the order of git', async () => {
    const files = {
      '.gitignore': '/data/big.csv\n',
      'data/big.csv': 'a\n',
      'a/b.txt': '',
      'a-b.txt': '',
      'a.txt': '',
      'Zebra/ünï.py': '',
      'with space/$(touch x).csv': '',
    };
    await withFolder(files, async (root) => {
      const git = (...words: string[]) =>
        execFileSync('git', words, { cwd: root, encoding: 'utf8' });
      git('init', '-q');
      const listed = git('ls-files', '--others', '-z')
        .split('\0')
        .filter((path) => path !== '');
      assert.deepEqual(await pathsIn(root), listed);
    });
  });

  it('leave out environments, caches and the stores of tools, by name or by what is in them', async () => {
    const files = {
      'src/train.py': '',
      '.dvc/config': '',
      '.dvc/cache/files/md5/ab/cdef': '',
      '.dvc/tmp/lock': '',
      'node_modules/x/index.js': '',
      '.venv/lib/x.py': '',
      'my-env/pyvenv.cfg': '',
      'my-env/lib/pandas/io.py': '',
      'conda/conda-meta/history': '',
      'src/__pycache__/train.pyc': '',
      'nb/.ipynb_checkpoints/a-checkpoint.ipynb': '',
      'mlruns/1/meta.yaml': '',
      'mlruns/1/0123abcd/metrics/auc': '1 0.5 0\n',
      'wandb/run-1/files/x.json': '',
    };
    await withFolder(files, async (root) => {
      assert.deepEqual(await pathsIn(root), ['.dvc/config', 'mlruns/1/meta.yaml', 'src/train.py']);
    });
  });

  it('follow links to files, and no links to folders, round in circles or into nothing', async () => {
    await withFolder({ 'data/real.csv': 'a\n' }, async (root) => {
      await symlink('data/real.csv', join(root, 'linked.csv'));
      await symlink('.', join(root, 'round'));
      await symlink('self', join(root, 'self'));
      await symlink('missing', join(root, 'nothing'));
      assert.deepEqual(await pathsIn(root), ['data/real.csv', 'linked.csv']);
    });
  });

  it('leave out a folder that may not be read', async function () {
    if (process.getuid?.() === 0) this.skip();
    await withFolder({ 'open/a.py': '', 'closed/b.py': '' }, async (root) => {
      await chmod(join(root, 'closed'), 0);
      try {
        assert.deepEqual(await pathsIn(root), ['open/a.py']);
      } finally {
        await chmod(join(root, 'closed'), 0o700);
      }
    });
  });

  it('are none of a folder that does not exist, or is a file', async () => {
    await withFolder({ 'a.txt': '' }, async (root) => {
      for (const path of ['missing', 'a.txt']) {
        const files = await openWorktreeFiles(join(root, path));
        assert.equal(files.ok, false);
        if (!files.ok) assert.equal(files.problem.code, 'folder-missing');
      }
    });
  });

  it('are not listed any further when aborted', async () => {
    await withFolder({ 'a.txt': '' }, async (root) => {
      const signal = AbortSignal.abort(new Error('enough'));
      await assert.rejects(openWorktreeFiles(root, { signal }), /enough/);
    });
  });
});

describe('the text of a file', () => {
  it('has no byte order mark, and survives bytes that are no UTF-8', async () => {
    const files = {
      'bom.yaml': new Uint8Array([0xef, 0xbb, 0xbf, 0x61]),
      'latin.py': new Uint8Array([0x23, 0xe9, 0x0a]),
    };
    await withFolder(files, async (root) => {
      const opened = await openWorktreeFiles(root);
      assert.ok(opened.ok);
      assert.deepEqual(await opened.value.readText('bom.yaml'), { ok: true, value: 'a' });
      assert.deepEqual(await opened.value.readText('latin.py'), { ok: true, value: '#\ufffd\n' });
    });
  });

  it('is refused where it is missing, too large, a folder or outside', async () => {
    await withFolder({ 'large.csv': '' }, async (root) => {
      await truncate(join(root, 'large.csv'), 5 * 1024 * 1024 + 1);
      await mkdir(join(root, 'folder'));
      const opened = await openWorktreeFiles(root);
      assert.ok(opened.ok);
      const codes = [];
      for (const path of ['large.csv', 'none.csv', 'folder', '../outside.txt', '/etc/hostname']) {
        const text = await opened.value.readText(path);
        codes.push(text.ok ? text.value : text.problem.code);
      }
      assert.deepEqual(codes, [
        'file-too-large',
        'file-missing',
        'file-missing',
        'file-missing',
        'file-missing',
      ]);
    });
  });
});

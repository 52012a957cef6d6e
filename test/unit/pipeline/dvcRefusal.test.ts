import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readStatus } from '../../../src/pipeline/status/status';
import { detectProject } from '../../../src/project/detectProject';
import { openWorktreeFiles } from '../../../src/project/files/worktreeFiles';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../harness/temporaryFolder';

const MD5 = createHash('md5').update('text\n').digest('hex');
const LOCK = `schema: '2.0'
stages:
  a:
    cmd: cat in.txt
    deps:
    - path: in.txt
      hash: md5
      md5: ${MD5}
`;
const FRESH = {
  'in.txt': 'text\n',
  'dvc.yaml': 'stages:\n  a:\n    cmd: cat in.txt\n    deps: [in.txt]\n',
  'dvc.lock': LOCK,
  '.dvc/config': '',
};

describe('a project that DVC refuses', () => {
  const folders: string[] = [];
  after(() => Promise.all(folders.map(removeTemporaryFolder)));

  const statusOf = async (files: Readonly<Record<string, string>>) => {
    const root = makeTemporaryFolder('refusal');
    folders.push(root);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const opened = await openWorktreeFiles(root);
    assert.ok(opened.ok);
    const project = await detectProject(opened.value);
    const [first] = await readStatus(project, join(root, 'state'));
    return [first?.status, first?.reasons.join(' ')];
  };

  it('has fresh stages where nothing is wrong', async () => {
    assert.deepEqual(await statusOf(FRESH), ['fresh', '']);
  });

  const wrong: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
    'another dvc.yaml': [
      { 'sub/dvc.yaml': 'stages:\n  b:\n    cmd: x\n    deps: in.txt\n' },
      /^DVC refuses the project: sub\/dvc\.yaml:4:11: .* `stages\.b\.deps` must be a list/,
    ],
    'another lock file': [
      {
        'sub/dvc.yaml': 'stages: {b: {cmd: x}}\n',
        'sub/dvc.lock': `<<<<<<< HEAD\n${LOCK}=======\n${LOCK}>>>>>>> other\n`,
      },
      /^DVC refuses the project: sub\/dvc\.lock:\d/,
    ],
    'two stages with one output': [
      { 'sub/dvc.yaml': 'stages:\n  b: {cmd: x, outs: [o]}\n  c: {cmd: y, outs: [o]}\n' },
      /^DVC refuses the project: sub\/dvc\.yaml:3: .* o is an output of|sub\/dvc\.yaml:3: .*sub\/o/,
    ],
    'a lock file that git ignores': [
      { '.gitignore': 'out\n*.lock\n' },
      /^DVC refuses the project: \.gitignore:2: /,
    ],
    'its lock file, after a merge': [
      { 'dvc.lock': `<<<<<<< HEAD\n${LOCK}=======\n${LOCK}>>>>>>> other\n` },
      /^dvc\.lock:\d/,
    ],
    'a lock file of DVC 1': [
      { 'dvc.lock': LOCK.replace("schema: '2.0'\nstages:\n", '') },
      /^dvc\.lock:1: DVC refuses this file: its schema/,
    ],
  };
  for (const [what, [files, reason]] of Object.entries(wrong)) {
    it(`has none, with the place, for ${what}`, async () => {
      const [status, reasons] = await statusOf({ ...FRESH, ...files });
      assert.equal(status, 'unknown');
      assert.match(reasons ?? '', reason);
    });
  }
});

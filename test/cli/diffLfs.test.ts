import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { makeEmptyProject } from '../harness/sampleProject';
import { preflight } from './commandLine';

describe('ml-preflight diff of a file that Git LFS keeps', function () {
  this.timeout(60_000);

  it('reads the object that the pointer names, and says how to get one that is not here', async () => {
    const project = await makeEmptyProject();
    const text = 'id,v\n1,a\n2,b\n';
    const oid = createHash('sha256').update(text).digest('hex');
    // https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
    const pointer = (hash: string): string =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${hash}\nsize ${text.length}\n`;
    await project.run('git', 'init', '-q');
    await project.run('git', 'config', 'user.name', 'Test');
    await project.run('git', 'config', 'user.email', 'test@example.com');
    await project.edit('data/x.csv', () => pointer(oid));
    await project.commit('With its object');
    const object = `.git/lfs/objects/${oid.slice(0, 2)}/${oid.slice(2, 4)}/${oid}`;
    await project.edit(object, () => text);
    await project.edit('data/x.csv', () => `${text}3,c\n`);
    const found = await preflight(project, 'diff', 'data/x.csv');
    assert.equal(found.code, 0, found.stderr);
    assert.match(found.stdout, /\(2 rows\) → worktree \(3 rows\)\n {2}1 added, 0 removed, 2 the/);

    await project.edit('data/x.csv', () => pointer('0'.repeat(64)));
    await project.commit('Without its object');
    const missing = await preflight(project, 'diff', 'data/x.csv', '--from', 'HEAD~1');
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /git lfs pull/);
    await project.dispose();
  });
});

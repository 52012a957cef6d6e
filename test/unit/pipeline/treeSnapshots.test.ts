import assert from 'node:assert/strict';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HashCache } from '../../../src/pipeline/hashing/hashCache';
import { hashTree } from '../../../src/pipeline/hashing/treeHash';

describe('the digest of a folder that was hashed before', () => {
  let root = '';
  let folder = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'trees-'));
    folder = join(root, 'data');
    mkdirSync(join(folder, 'inner'), { recursive: true });
    writeFileSync(join(folder, 'a.csv'), 'one');
    writeFileSync(join(folder, 'inner/b.csv'), 'two');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** With what is remembered, and anew: no rules, nothing is remembered. */
  async function digests(): Promise<readonly [string, string]> {
    // Every change counts as settled, so that all of them are remembered.
    const cache = await HashCache.load(join(root, '.state'), -1000);
    const fresh = await HashCache.load(join(root, '.fresh'), 1e9);
    const remembered = await hashTree(folder, 'md5', cache, () => false, 'no rules');
    return [remembered, await hashTree(folder, 'md5', fresh, () => false)];
  }

  const changes: Readonly<Record<string, () => void>> = {
    nothing: () => {},
    'another content of the same size and time': () => {
      const { atime, mtime } = statSync(join(folder, 'a.csv'));
      writeFileSync(join(folder, 'a.csv'), 'ONE');
      utimesSync(join(folder, 'a.csv'), atime, mtime);
    },
    'a new file': () => writeFileSync(join(folder, 'inner/c.csv'), ''),
    'a file that is gone': () => rmSync(join(folder, 'a.csv')),
    'another name': () => renameSync(join(folder, 'a.csv'), join(folder, 'z.csv')),
    'two names that changed places': () => {
      renameSync(join(folder, 'a.csv'), join(root, 'x'));
      renameSync(join(folder, 'inner/b.csv'), join(folder, 'a.csv'));
      renameSync(join(root, 'x'), join(folder, 'inner/b.csv'));
    },
    'a file in place of a folder': () => {
      rmSync(join(folder, 'inner'), { recursive: true });
      writeFileSync(join(folder, 'inner'), 'file');
    },
    'a link to a file': () => {
      writeFileSync(join(root, 'target'), 'three');
      symlinkSync(join(root, 'target'), join(folder, 'link.csv'));
    },
    'a change through another name of the same file': () => {
      linkSync(join(folder, 'a.csv'), join(root, 'same'));
      writeFileSync(join(root, 'same'), 'four');
    },
    'another folder of the same name': () => {
      renameSync(folder, join(root, 'old'));
      mkdirSync(folder);
      writeFileSync(join(folder, 'a.csv'), 'one');
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`is right after ${what}`, async () => {
      const [first] = await digests();
      assert.equal((await digests())[0], first);
      change();
      const [remembered, anew] = await digests();
      assert.equal(remembered, anew);
      // And once more, now that this is what is remembered.
      assert.equal((await digests())[0], anew);
    });
  }

  it('is right after what a link means has changed', async () => {
    writeFileSync(join(root, 'target'), 'three');
    symlinkSync(join(root, 'target'), join(folder, 'link.csv'));
    await digests();
    rmSync(join(root, 'target'));
    mkdirSync(join(root, 'target'));
    const [remembered, anew] = await digests();
    assert.equal(remembered, anew);
  });
});

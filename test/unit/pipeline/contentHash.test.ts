import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFile } from '../../../src/pipeline/hashing/contentHash';
import { HashCache } from '../../../src/pipeline/hashing/hashCache';
import { digestTree, hashTree } from '../../../src/pipeline/hashing/treeHash';

/** Python is the independent source: DVC's own rules in a few lines of its own language. */
const PYTHON_TREE = `
import hashlib, json, os, sys
root = sys.argv[1]
entries = []
for folder, _, names in os.walk(root):
    for name in names:
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            digest = hashlib.md5(file.read()).hexdigest()
        entries.append({"md5": digest, "relpath": os.path.relpath(path, root)})
entries.sort(key=lambda entry: entry["relpath"])
print(hashlib.md5(json.dumps(entries, sort_keys=True).encode()).hexdigest() + ".dir")
`;

describe('hashing', () => {
  let folder = '';
  let cache: HashCache;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'preflight-hash-'));
    cache = await HashCache.load(join(folder, 'state'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const keepAll = () => false;

  it("is that of the system's own tools, for small and large files", async () => {
    for (const bytes of [0, 1, 2 ** 17, 2 ** 17 + 1, 2 ** 20, 3 * 2 ** 20 + 5]) {
      const path = await write('file', Buffer.alloc(bytes, 'content of a file '));
      assert.equal(
        await hashFile(path, 'md5', cache),
        execFileSync('md5sum', [path]).toString().slice(0, 32),
      );
      assert.equal(
        await hashFile(path, 'sha256', cache),
        execFileSync('sha256sum', [path]).toString().slice(0, 64),
      );
    }
  });

  it('is null where there is no file', async () => {
    assert.equal(await hashFile(join(folder, 'nothing'), 'md5', cache), null);
    assert.equal(await hashFile(folder, 'md5', cache), null);
    assert.equal(await hashFile(join(await write('file', ''), 'below'), 'md5', cache), null);
    await symlink('nowhere', join(folder, 'broken'));
    assert.equal(await hashFile(join(folder, 'broken'), 'md5', cache), null);
  });

  it('reads text of DVC 2 with CRLF as LF, and leaves binary content alone', async () => {
    const unix = await write('unix', 'a\nb\n');
    const dos = await write('dos', 'a\r\nb\r\n');
    const expected = execFileSync('md5sum', [unix]).toString().slice(0, 32);
    assert.equal(await hashFile(dos, 'md5-dos2unix', cache), expected);
    const binary = await write('binary', 'a\r\n\0b\r\n');
    assert.equal(
      await hashFile(binary, 'md5-dos2unix', cache),
      await hashFile(binary, 'md5', cache),
    );
    const many = Buffer.concat([Buffer.from('\r\n'.repeat(7)), Buffer.alloc(7, 200)]);
    const unusual = await write('unusual', many);
    assert.equal(
      await hashFile(unusual, 'md5-dos2unix', cache),
      await hashFile(unusual, 'md5', cache),
    );
  });

  it('is the known digest of a folder with foo and bar from the tests of DVC', () => {
    const entries = [
      { path: 'foo', digest: 'acbd18db4cc2f85cedef654fccc4a4d8' },
      { path: 'bar', digest: '37b51d194a7513e45b56f6524f2d51f2' },
    ];
    assert.equal(digestTree(entries, 'md5'), '5ea40360f5b4ec688df672a4db9c17d1.dir');
  });

  it('is that of Python for folders with any names', async () => {
    const root = join(folder, 'tree');
    for (const inner of ['', 'a', 'a b', 'ü/z'])
      await mkdir(join(root, inner), { recursive: true });
    const names = [
      'a/1',
      'a b/2',
      'ü/z/3',
      'a.txt',
      'Z',
      '"quote"',
      'back\\slash',
      'tab\there',
      '\u007f',
      '\uff5e',
      '😀',
      'new\nline',
    ];
    for (const name of names) await writeFile(join(root, name), name);
    await symlink('a.txt', join(root, 'link'));
    const expected = execFileSync('python3', ['-c', PYTHON_TREE, root], {
      env: { ...process.env, PYTHONUTF8: '1' },
    });
    assert.equal(await hashTree(root, 'md5', cache, keepAll), expected.toString().trim());
  });

  it('does not follow links to folders, so that loops do no harm', async () => {
    const root = join(folder, 'tree');
    await mkdir(root);
    await writeFile(join(root, 'a'), 'a');
    const before = await hashTree(root, 'md5', cache, keepAll);
    await symlink('.', join(root, 'loop'));
    assert.equal(await hashTree(root, 'md5', cache, keepAll), before);
  });

  it('remembers settled files over sessions, and notices every change', async () => {
    const path = await write('file', 'one!');
    const eager = await HashCache.load(join(folder, 'state'), 0);
    const digest = await hashFile(path, 'md5', eager);
    await eager.save();
    const stored = await readFile(join(folder, 'state', 'hashes.json'), 'utf8');
    assert.ok(digest !== null && stored.includes(digest));
    const again = await HashCache.load(join(folder, 'state'), 0);
    await writeFile(join(folder, 'state', 'hashes.json'), stored.replace(digest, 'remembered'));
    const changed = await HashCache.load(join(folder, 'state'), 0);
    assert.equal(await hashFile(path, 'md5', again), digest);
    assert.equal(await hashFile(path, 'md5', changed), 'remembered');
    assert.notEqual(await hashFile(path, 'sha256', changed), 'remembered');
    const old = new Date(1_000_000_000_000);
    await utimes(path, old, old);
    await writeFile(path, 'two!');
    await utimes(path, old, old);
    assert.equal(
      await hashFile(path, 'md5', changed),
      execFileSync('md5sum', [path]).toString().slice(0, 32),
    );
  });

  it('does not remember a file that has only just changed', async () => {
    await hashFile(await write('file', 'new'), 'md5', cache);
    await cache.save();
    await assert.rejects(readFile(join(folder, 'state', 'hashes.json')), { code: 'ENOENT' });
  });

  it('starts anew where the cache is damaged', async () => {
    await mkdir(join(folder, 'state'));
    for (const text of ['', '{', '[]', 'null', '{"/a":null}', '{"/a":{"stamp":1}}']) {
      await writeFile(join(folder, 'state', 'hashes.json'), text);
      const damaged = await HashCache.load(join(folder, 'state'));
      const path = await write('file', 'x');
      assert.equal(await hashFile(path, 'md5', damaged), '9dd4e461268c8034f5c8564e155c67a6');
    }
  });
});

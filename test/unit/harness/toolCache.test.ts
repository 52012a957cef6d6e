import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTool, type CachedTool } from '../../harness/toolCache';

describe('the cache of tools', () => {
  let cache = '';
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'ml-preflight-test-'));
  });
  afterEach(() => rm(cache, { recursive: true, force: true }));

  let installations = 0;
  const tool: CachedTool = {
    name: 'tool-1.0',
    install: async (folder) => {
      installations += 1;
      // Long enough that two installations overlap.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await writeFile(join(folder, 'part'), 'whole');
    },
    isWhole: (folder) => Promise.resolve(existsSync(join(folder, 'part'))),
  };
  beforeEach(() => {
    installations = 0;
  });

  it('installs once and then finds it', async () => {
    const first = await ensureTool(tool, cache);
    assert.equal(await readFile(join(first, 'part'), 'utf8'), 'whole');
    assert.equal(await ensureTool(tool, cache), first);
    assert.equal(installations, 1);
  });

  it('gives each of two runs at once a whole installation', async () => {
    const folders = await Promise.all([ensureTool(tool, cache), ensureTool(tool, cache)]);
    for (const folder of folders) assert.ok(existsSync(join(folder, 'part')));
    assert.ok(existsSync(join(cache, 'tool-1.0', 'part')));
  });

  it('installs a broken one again', async () => {
    await rm(join(await ensureTool(tool, cache), 'part'));
    assert.ok(existsSync(join(await ensureTool(tool, cache), 'part')));
    assert.equal(installations, 2);
  });

  it('leaves nothing of a failed installation', async () => {
    const failing = { ...tool, install: () => Promise.reject(new Error('no network')) };
    await assert.rejects(ensureTool(failing, cache), /no network/);
    assert.deepEqual(await readdir(cache), []);
  });

  it('removes what a killed installation left an hour ago', async () => {
    const leftover = join(cache, 'tool-1.0.dead');
    await mkdir(leftover);
    const twoHoursAgo = new Date(Date.now() - 7_200_000);
    await utimes(leftover, twoHoursAgo, twoHoursAgo);
    await ensureTool(tool, cache);
    assert.ok(!existsSync(leftover));
  });
});

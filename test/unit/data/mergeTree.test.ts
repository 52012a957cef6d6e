import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok } from '../../../src/base/result';
import type { PartMeasures } from '../../../src/data/profile/measures';
import { mergeMeasures } from '../../../src/data/profile/mergeMeasures';
import { mergeParts } from '../../../src/data/profile/mergeTree';
import type { Part } from '../../../src/data/profile/parts';
import { ProfileCache } from '../../../src/data/profile/profileCache';

const measuresOf = (part: Part): PartMeasures => {
  const number = Number(part.contentId);
  const numbers = { nativeType: 'DOUBLE', nulls: number, nans: 0, infinities: 0 };
  return {
    rows: 10,
    columns: [
      {
        name: 'a',
        type: 'number',
        ...numbers,
        values: { level: 0, entries: [[number, 10 - (number % 3), 0]] },
      },
    ],
  };
};

const partsOf = (count: number): readonly Part[] =>
  Array.from({ length: count }, (_, index) => ({
    files: [`${index}.csv`],
    contentId: String(index),
  }));

/** A memory of merges that counts what is asked of it. */
class Memory {
  readonly kept = new Map<string, PartMeasures>();
  reads = 0;
  measured: string[] = [];

  async merge(parts: readonly Part[]): Promise<PartMeasures> {
    this.reads = 0;
    this.measured = [];
    const merged = await mergeParts(parts, {
      shape: undefined,
      read: async (id) => {
        const found = this.kept.get(id);
        if (found !== undefined) this.reads += 1;
        return found;
      },
      keep: async (id, measures) => void this.kept.set(id, measures),
      measure: async (missing) => {
        this.measured.push(...missing.flatMap(({ files }) => files));
        return ok(missing.map(measuresOf));
      },
    });
    assert.ok(merged.ok);
    return merged.value;
  }
}

describe('the tree of merges', () => {
  it('is the merge of all parts', async () => {
    for (const count of [1, 2, 3, 7, 8, 33]) {
      const parts = partsOf(count);
      assert.deepEqual(await new Memory().merge(parts), mergeMeasures(parts.map(measuresOf)));
    }
  });

  it('reads few branches for a part that is added, and measures that part alone', async () => {
    const memory = new Memory();
    await memory.merge(partsOf(63));
    const merged = await memory.merge(partsOf(64));
    assert.deepEqual(memory.measured, ['63.csv']);
    assert.ok(memory.reads <= 6, `${memory.reads} reads`);
    assert.deepEqual(merged, mergeMeasures(partsOf(64).map(measuresOf)));
  });

  it('measures a part again whose content changed, and no other', async () => {
    const memory = new Memory();
    await memory.merge(partsOf(16));
    const changed = partsOf(16).with(5, { files: ['5.csv'], contentId: '100' });
    await memory.merge(changed);
    assert.deepEqual(memory.measured, ['5.csv']);
    assert.equal(memory.reads, 4);
  });

  it('merges what has no identity and keeps nothing of it', async () => {
    const merged = await mergeParts([{ files: ['a.csv'] }], {
      shape: undefined,
      read: async () => assert.fail('there is nothing to read'),
      keep: async () => assert.fail('there is nothing to keep'),
      measure: async () => ok([measuresOf({ files: [], contentId: '1' })]),
    });
    assert.ok(merged.ok && merged.value.rows === 10);
  });
});

describe('the cache of parts', () => {
  it('takes what was torn or altered for what was not kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ml-preflight-test-'));
    const cache = new ProfileCache(folder);
    const key = { contentId: 'a', format: 'csv' } as const;
    const part = measuresOf({ files: [], contentId: '3' });
    await cache.writePart(key, part);
    assert.deepEqual(await cache.readPart(key), part);
    const [name] = await readdir(folder);
    assert.ok(name !== undefined);
    const text = await readFile(join(folder, name), 'utf8');
    for (const broken of [text.slice(0, -5), text.replace('"rows":10', '"rows":11'), '', '{}']) {
      await writeFile(join(folder, name), broken);
      assert.equal(await cache.readPart(key), undefined);
    }
  });
});

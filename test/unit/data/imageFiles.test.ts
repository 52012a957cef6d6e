import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImageHeader } from '../../../src/data/engine/imageHeader';
import { columnOf, profileFiles } from './dataFixtures';

/** Written by Pillow: see make_files.py, which also has the sizes. */
const FOLDER = join(__dirname, 'files/images');
const within = readdirSync(FOLDER)
  .sort()
  .flatMap((name) =>
    readdirSync(join(FOLDER, name))
      .sort()
      .map((file) => `${name}/${file}`),
  );

describe('a folder of images', function () {
  this.timeout(30_000);

  it('is a table with one row per file', async () => {
    const profile = await profileFiles(
      within.map((path) => join(FOLDER, path)),
      { format: 'images', within },
    );
    assert.equal(profile.rows, 8);
    assert.deepEqual(columnOf(profile, 'class').categories, [
      { value: 'dog', count: 5 },
      { value: 'cat', count: 3 },
    ]);
    // Widths 3 (three times), 4 (twice), 5, 6; heights 5 in cat and 6 in dog.
    assert.equal(columnOf(profile, 'width').numeric?.min, 3);
    assert.equal(columnOf(profile, 'width').numeric?.max, 6);
    assert.equal(columnOf(profile, 'width').nulls, 1);
    assert.deepEqual(columnOf(profile, 'readable').categories, [
      { value: 'true', count: 7 },
      { value: 'false', count: 1 },
    ]);
    // One picture is there twice.
    assert.equal(columnOf(profile, 'hash').distinct?.count, 7);
  });

  it('reads the sizes that Pillow wrote', () => {
    const sizes = within.map((path) => {
      const header = readImageHeader(readFileSync(join(FOLDER, path)));
      return [path, header?.format, header?.width, header?.height];
    });
    assert.deepEqual(sizes, [
      ['cat/a.png', 'png', 3, 5],
      ['cat/again.png', 'png', 3, 5],
      ['cat/b.jpg', 'jpeg', 4, 5],
      ['dog/broken.png', undefined, undefined, undefined],
      ['dog/c.gif', 'gif', 3, 6],
      ['dog/d.bmp', 'bmp', 4, 6],
      ['dog/e.webp', 'webp', 5, 6],
      ['dog/f.tiff', 'tiff', 6, 6],
    ]);
  });

  it('takes no bytes for an image that are none, wherever they end', () => {
    for (const path of within) {
      const bytes = readFileSync(join(FOLDER, path));
      for (let length = 0; length < Math.min(bytes.length, 200); length++)
        assert.doesNotThrow(() => readImageHeader(bytes.subarray(0, length)), path);
    }
    assert.equal(readImageHeader(Buffer.from('no image')), undefined);
    assert.equal(readImageHeader(Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xff])), undefined);
  });
});

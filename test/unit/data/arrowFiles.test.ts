import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackLz4 } from '../../../src/data/engine/lz4Frame';
import { columnOf, problemOf, profileFiles } from './dataFixtures';

/** Written by pyarrow: see make_files.py, which also has the values. */
const file = (name: string): string => join(__dirname, 'files', name);

describe('an Arrow file', function () {
  this.timeout(30_000);

  for (const name of [
    'types-uncompressed.feather',
    'types-lz4.feather',
    'types-zstd.feather',
    'types-stream.arrow',
  ]) {
    it(`has the columns that were written: ${name}`, async () => {
      const profile = await profileFiles([file(name)], { format: 'arrow' });
      assert.equal(profile.rows, 3);
      assert.deepEqual(
        profile.columns.map((column) => [column.name, column.type, column.nulls]),
        [
          ['int8', 'integer', 1],
          ['int64', 'integer', 1],
          ['uint64', 'integer', 1],
          ['float32', 'number', 1],
          ['float64', 'number', 1],
          ['bool', 'boolean', 1],
          ['text', 'string', 1],
          ['dictionary', 'string', 0],
          ['date', 'date', 1],
          ['time', 'timestamp', 1],
          ['nanos', 'timestamp', 1],
          ['decimal', 'number', 1],
          ['list', 'other', 1],
        ],
      );
      assert.equal(columnOf(profile, 'int8').numeric?.mean, -1);
      // Profiles keep twelve digits.
      assert.equal(
        columnOf(profile, 'uint64').numeric?.max.toPrecision(12),
        (2 ** 64).toPrecision(12),
      );
      assert.equal(columnOf(profile, 'float32').nans, 1);
      assert.equal(columnOf(profile, 'float64').infinities, 1);
      assert.equal(columnOf(profile, 'decimal').numeric?.mean, -1.125);
      assert.deepEqual(columnOf(profile, 'date').range, { min: '1969-12-31', max: '2020-02-29' });
      assert.deepEqual(columnOf(profile, 'time').range, {
        min: '0001-01-01 00:00:00',
        max: '2020-01-02 03:04:05.678901',
      });
      assert.equal(columnOf(profile, 'nanos').range?.max.slice(0, 19), '2020-01-02 03:04:05');
      assert.deepEqual(columnOf(profile, 'dictionary').categories, [
        { value: 'x', count: 2 },
        { value: 'y', count: 1 },
      ]);
    });
  }

  it('is read over all its batches', async () => {
    const profile = await profileFiles([file('long-lz4.feather')], { format: 'arrow' });
    assert.equal(profile.rows, 5000);
    // The mean of 0 to 4999.
    assert.equal(columnOf(profile, 'n').numeric?.mean, 2499.5);
    assert.equal(columnOf(profile, 's').distinct?.count, 7);
  });

  it('that is cut off, old, damaged or something else is a problem', async () => {
    const bytes = readFileSync(file('types-lz4.feather'));
    const codeOf = async (content: string | Uint8Array) =>
      (await problemOf(content, { format: 'arrow' })).code;
    assert.equal(await codeOf(bytes.subarray(0, 2000)), 'arrow-invalid');
    assert.equal(await codeOf('FEA1 and more'), 'feather-old');
    assert.equal(await codeOf('a,b\n1,2\n'), 'format-mismatch');
    const stream = readFileSync(file('types-stream.arrow'));
    assert.equal(await codeOf(stream.subarray(0, 1500)), 'arrow-invalid');
    const footer = Buffer.from(bytes).fill(0xff, bytes.length - 500, bytes.length - 10);
    assert.equal(await codeOf(footer), 'arrow-invalid');
  });
});

describe('an LZ4 frame', () => {
  // `printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' | lz4 -9 --content-size`, by python-lz4.
  it('is unpacked, and refused where it is damaged', () => {
    assert.throws(() => unpackLz4(Buffer.alloc(16)), /damaged/);
    // Two literals "ab", a match of 8 at offset 2, and the last literal "c".
    const block = Buffer.from([0x24, 0x61, 0x62, 0x02, 0x00, 0x10, 0x63]);
    const frame = (body: Buffer) =>
      Buffer.concat([
        Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, body.length, 0, 0, 0]),
        body,
        Buffer.alloc(4),
      ]);
    assert.equal(Buffer.from(unpackLz4(frame(block))).toString(), 'abababababc');
    const beyond = Buffer.from(block).fill(9, 3, 4);
    assert.throws(() => unpackLz4(frame(beyond)), /damaged/);
    assert.throws(() => unpackLz4(frame(block).subarray(0, 14)), /early|bounds/);
  });
});

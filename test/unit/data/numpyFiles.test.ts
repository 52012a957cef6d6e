import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseNpyHeader } from '../../../src/data/engine/npyHeader';
import { columnOf, problemOf, profileFiles } from './dataFixtures';

/** Written by NumPy: see make_files.py, which also has the values. */
const file = (name: string): string => join(__dirname, 'files', name);
const read = (name: string, member?: string) =>
  profileFiles([file(name)], { format: 'numpy', ...(member === undefined ? {} : { member }) });

describe('a NumPy array', function () {
  this.timeout(30_000);

  it('of one dimension is a column', async () => {
    const { rows, columns } = await read('vector.npy');
    assert.deepEqual([rows, columns.length, columns[0]?.name], [3, 1, '0']);
    assert.deepEqual([columns[0]?.nans, columns[0]?.numeric?.mean], [1, 2.25]);
  });

  for (const name of ['matrix.npy', 'fortran.npy', 'big-endian.npy']) {
    it(`of two dimensions has numbered columns: ${name}`, async () => {
      const { rows, columns } = await read(name);
      assert.equal(rows, 4);
      // numpy.arange(12).reshape(4, 3).mean(axis=0)
      assert.deepEqual(
        columns.map((column) => [column.name, column.type, column.numeric?.mean]),
        [
          ['0', 'integer', 4.5],
          ['1', 'integer', 5.5],
          ['2', 'integer', 6.5],
        ],
      );
    });
  }

  it('of halves keeps the smallest and the infinite', async () => {
    const column = columnOf(await read('half.npy'), '0');
    assert.equal(column.infinities, 1);
    assert.equal(column.numeric?.min, -2);
    assert.equal(column.numeric?.max, 0.5);
  });

  it('of records has their fields', async () => {
    const profile = await read('records.npy');
    assert.deepEqual(
      profile.columns.map(({ name, type }) => [name, type]),
      [
        ['id', 'integer'],
        ['x', 'number'],
        ['word', 'string'],
        ['flag', 'boolean'],
      ],
    );
    assert.equal(columnOf(profile, 'x').numeric?.mean, 1);
    assert.deepEqual(
      columnOf(profile, 'word')
        .categories?.map(({ value }) => value)
        .sort(),
      ['ab', 'é'],
    );
  });

  it('of times has missing ones', async () => {
    const column = columnOf(await read('times.npy'), '0');
    assert.deepEqual(
      [column.type, column.nulls, column.range?.max],
      ['timestamp', 1, '2020-02-29 00:00:00'],
    );
  });

  it('of three dimensions is told by its shape and its type', async () => {
    const profile = await read('cube.npy');
    assert.equal(profile.rows, 1);
    assert.deepEqual(columnOf(profile, 'shape').categories, [{ value: '(2, 3, 4)', count: 1 }]);
    assert.deepEqual(columnOf(profile, 'type').categories, [{ value: '<f8', count: 1 }]);
  });

  it('of an archive is the one that is named', async () => {
    assert.equal((await read('arrays.npz', 'x')).columns.length, 3);
    assert.equal(columnOf(await read('arrays.npz', 'y'), '0').numeric?.mean, 0.5);
    const unnamed = await problemOf(readFileSync(file('arrays.npz')), { format: 'numpy' });
    assert.equal(unnamed.code, 'table-unknown');
    assert.match(unnamed.message, /several arrays: "x", "y"/);
  });

  it('of pickled objects is never read', async () => {
    const { code } = await problemOf(readFileSync(file('objects.npy')), { format: 'numpy' });
    assert.equal(code, 'npy-pickled');
  });

  it('that is cut off or something else is a problem', async () => {
    const bytes = readFileSync(file('matrix.npy'));
    const codeOf = async (content: string | Uint8Array) =>
      (await problemOf(content, { format: 'numpy' })).code;
    assert.equal(await codeOf(bytes.subarray(0, bytes.length - 1)), 'npy-invalid');
    assert.equal(await codeOf(bytes.subarray(0, 40)), 'npy-invalid');
    assert.equal(await codeOf('1,2\n'), 'format-mismatch');
    assert.equal(await codeOf(readFileSync(file('arrays.npz')).subarray(0, 200)), 'zip-invalid');
  });

  it('has a header that is read and never run', () => {
    const header = (text: string) => {
      const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
      start.writeUInt16LE(text.length, 8);
      return parseNpyHeader(Buffer.concat([start, Buffer.from(text), Buffer.alloc(8)]));
    };
    const good = "{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 3,), }\n";
    assert.deepEqual(header(good)?.shape, [2, 3]);
    assert.equal(
      header("{'descr': __import__('os'), 'fortran_order': False, 'shape': ()}"),
      undefined,
    );
    assert.equal(header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"), undefined);
    assert.equal(header('('.repeat(2000)), undefined);
  });
});

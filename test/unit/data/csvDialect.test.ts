import assert from 'node:assert/strict';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describeDialect } from '../../../src/data/engine/csvDialect';
import { DataError } from '../../../src/data/engine/dataError';
import type { DatasetFormat } from '../../../src/project/project';
import { formatOfPath } from '../../../src/project/classify/datasetPath';
import { problemOf, profileFiles, profileText, writeData } from './dataFixtures';

/** Names, types and what the values come to: the mean of numbers, the texts of others. */
async function read(text: string | Uint8Array) {
  const { columns } = await profileText(text);
  return columns.map(({ name, type, numeric, categories }) => [
    name,
    type,
    numeric?.mean ?? categories?.map(({ value }) => value).sort(),
  ]);
}

/** With the name that says how the file is packed. */
function profileNamed(path: string, shown: string, format: DatasetFormat = 'csv') {
  return profileFiles([path], { format, shown: [shown] });
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('a CSV file of any dialect', function () {
  this.timeout(30_000);

  const AB = [
    ['a', 'integer', 2],
    ['b', 'integer', 3],
  ];
  const SAME: readonly (readonly [string, string | Uint8Array])[] = [
    ['tabs', 'a\tb\n1\t2\n3\t4\n'],
    ['bars', 'a|b\n1|2\n3|4\n'],
    ['carets', 'a^b\n1^2\n3^4\n'],
    ['apostrophes', "'a','b'\n1,'2'\n'3',4\n"],
    ['comments', '# made\n# by us\na,b\n1,2\n# more\n3,4\n'],
    ['CR LF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
    ['mixed line endings', 'a,b\r\n1,2\n3,4\r\n'],
    ['a byte order mark', '\ufeffa,b\n1,2\n3,4\n'],
    ['UTF-16', utf16('\ufeffa,b\n1,2\n3,4\n')],
    ['UTF-16 of the other order', utf16('\ufeffa,b\n1,2\n3,4\n').swap16()],
    ['UTF-16 without a mark', utf16('a,b\n1,2\n3,4\n')],
  ];
  for (const [name, text] of SAME) {
    it(`is read with ${name}`, async () => assert.deepEqual(await read(text), AB));
  }

  it('has decimal commas where semicolons separate', async () => {
    const [number] = await read('a;b\n1.234,5;x\n2,5;y\n');
    assert.deepEqual(number, ['a', 'number', 618.5]);
  });

  it('has escaped quotes, by RFC 4180 or with a backslash', async () => {
    const expected = [
      ['a', 'string', ['say "hi", ok', 'x']],
      ['b', 'integer', 1.5],
    ];
    assert.deepEqual(await read('a,b\n"say ""hi"", ok",1\nx,2\n'), expected);
    assert.deepEqual(await read('a,b\n"say \\"hi\\", ok",1\nx,2\n'), expected);
  });

  it('has no header where the first line can only be values', async () => {
    const namesOf = async (text: string) => (await read(text)).map(([name]) => name);
    assert.deepEqual(await namesOf('1.5,2\n3,4\n'), ['column0', 'column1']);
    assert.deepEqual(await namesOf('5,0,0\n1,2,3\n'), ['column0', 'column1', 'column2']);
    assert.deepEqual(await namesOf('2019,2020\n1,2\n'), ['2019', '2020']);
  });

  it('is read as Windows-1252 where no line is UTF-8', async () => {
    const [name] = await read(Buffer.from('name,x\ncaf\xe9 \x80,1\n', 'latin1'));
    assert.deepEqual(name, ['name', 'string', ['café €']]);
  });

  it('names the line of a problem also in what had to be rewritten', async () => {
    const short = await problemOf('# made\na,b\n1,2\n# more\n3\n');
    assert.deepEqual([short.code, short.line], ['csv-invalid', 5]);
  });

  it('is described for what compares dialects', () => {
    const described = describeDialect(Buffer.from('\ufeffa;b\r\n1;2\r\n'), true);
    const { delimiter, quote, lineEnding, bom, encoding } = described ?? {};
    assert.deepEqual(
      [delimiter, quote, lineEnding, bom, encoding],
      [';', '"', 'crlf', true, 'utf-8'],
    );
  });

  // Written by pandas: see make_files.py.
  for (const name of ['people.csv.gz', 'people.csv.zst', 'people-german.csv', 'people-utf16.csv']) {
    it(`is read as pandas wrote it: ${name}`, async () => {
      const { rows, columns } = await profileNamed(join(__dirname, 'files', name), name);
      assert.equal(rows, 4);
      assert.deepEqual(
        columns.map(({ name: column, type, nulls }) => [column, type, nulls]),
        [
          ['id', 'integer', 0],
          ['name', 'string', 1],
          ['height', 'number', 1],
          ['born', 'date', 0],
          ['member', 'boolean', 0],
        ],
      );
      assert.equal(columns[2]?.numeric?.mean, 1.75);
      assert.ok(columns[1]?.categories?.some(({ value }) => value === 'Dé'));
    });
  }

  it('is a problem where it is not packed as its name says, or cut off', async () => {
    const codeOf = (code: string) => (error: unknown) =>
      error instanceof DataError && error.problem.code === code;
    const plain = profileNamed(writeData('a,b\n1,2\n'), 'x.csv.gz');
    await assert.rejects(plain, codeOf('format-mismatch'));
    const whole = gzipSync('a,b\n1,2\n');
    const cut = profileNamed(writeData(whole.subarray(0, 15)), 'x.csv.gz');
    await assert.rejects(cut, codeOf('compressed-invalid'));
  });

  it('is JSON Lines too when it is packed', async () => {
    const path = writeData(gzipSync('{"a":1}\n{"a":3}\n'));
    const { columns } = await profileNamed(path, 'x.jsonl.gz', 'jsonl');
    assert.equal(columns[0]?.numeric?.mean, 2);
  });

  it('is told by its name', () => {
    assert.equal(formatOfPath('data/x.csv.gz'), 'csv');
    assert.equal(formatOfPath('data/x.jsonl.zst'), 'jsonl');
    assert.equal(formatOfPath('data/x.tar.gz'), undefined);
    assert.equal(formatOfPath('data/x.parquet.gz'), undefined);
  });
});

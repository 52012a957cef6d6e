import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import type { DatasetFormat } from '../../../src/project/project';
import { DataError } from '../../../src/data/engine/dataError';
import { problemOf, profileFiles, writeData } from './dataFixtures';

interface BadData {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly format?: DatasetFormat;
  readonly code: string;
  readonly line?: number;
  /** What the message must say. */
  readonly says: RegExp;
}

const LATIN = (text: string) => Buffer.from(text, 'latin1');
const PARQUET = Buffer.from('PAR1 and then nothing that ends it');

const CASES: readonly BadData[] = [
  { name: 'an empty file', content: '', code: 'data-empty', line: 1, says: /empty/ },
  {
    name: 'only a header',
    content: 'a,b\n',
    code: 'data-empty',
    line: 1,
    says: /header, but no row/,
  },
  {
    name: 'a first line without names',
    content: '\n1,2\n',
    code: 'csv-invalid',
    line: 1,
    says: /no column names/,
  },
  {
    name: 'a row that is too short',
    content: 'a,b\n1,2\n3\n',
    code: 'csv-invalid',
    line: 3,
    says: /1 fields, but the header has 2/,
  },
  {
    name: 'a row that is too long',
    content: 'a,b\n1,2,3\n',
    code: 'csv-invalid',
    line: 2,
    says: /3 fields, but the header has 2/,
  },
  {
    name: 'a quote that is not closed',
    content: 'a,b\n1,2\n3,"4\n',
    code: 'csv-invalid',
    line: 3,
    says: /quote/,
  },
  {
    name: 'three encodings in one file',
    content: Buffer.concat([
      Buffer.from('name,x\ncafé,1\n'),
      LATIN('café,2\n'),
      Buffer.from('café,3\n', 'utf16le'),
    ]),
    code: 'not-utf8',
    line: 3,
    says: /not UTF-8/,
  },
  {
    name: 'Latin-1 text far into the file',
    content: Buffer.concat([
      Buffer.from(`name,x\n${'cafe,1\n'.repeat(300_000)}`),
      LATIN('café,2\n'),
    ]),
    code: 'not-utf8',
    line: 300_002,
    says: /not UTF-8/,
  },
  { name: 'Parquet called CSV', content: PARQUET, code: 'format-mismatch', says: /Parquet/ },
  {
    name: 'compressed text called CSV',
    content: Buffer.from([0x1f, 0x8b, 8, 0]),
    code: 'format-mismatch',
    says: /gzip/,
  },
  {
    name: 'a Git LFS pointer',
    content: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
    code: 'data-pointer',
    line: 1,
    says: /Git LFS/,
  },
  {
    name: 'CSV called Parquet',
    content: 'a,b\n1,2\n',
    format: 'parquet',
    code: 'parquet-invalid',
    says: /not a Parquet/,
  },
  {
    name: 'a truncated Parquet file',
    content: PARQUET,
    format: 'parquet',
    code: 'parquet-invalid',
    says: /cut off/,
  },
  {
    name: 'a Parquet file with a broken footer',
    content: Buffer.concat([PARQUET, Buffer.from([9, 0, 0, 0]), Buffer.from('PAR1')]),
    format: 'parquet',
    code: 'data-unreadable',
    says: /cannot be read/,
  },
  {
    name: 'a broken line of JSON Lines',
    content: '{"a":1}\n\n{"a":\n{"a":2}\n',
    format: 'jsonl',
    code: 'json-invalid',
    line: 3,
    says: /not valid JSON/,
  },
  {
    name: 'broken JSON',
    content: '[\n{"a":1},\n{"a":}\n]',
    format: 'json',
    code: 'json-invalid',
    line: 3,
    says: /not valid JSON/,
  },
  {
    name: 'JSON that is cut off',
    content: '[\n{"a":1},\n{"a"',
    format: 'json',
    code: 'json-invalid',
    line: 3,
    says: /not valid JSON/,
  },
  { name: 'JSON without rows', content: '[]', format: 'json', code: 'data-empty', says: /no rows/ },
];

describe('data that cannot be read', function () {
  this.timeout(30_000);

  for (const { name, content, format = 'csv', code, line, says } of CASES) {
    it(`is a problem with its place: ${name}`, async () => {
      const problem = await problemOf(content, { format });
      assert.equal(problem.code, code);
      assert.equal(problem.line, line);
      assert.equal(problem.file, `data0.${format}`);
      assert.match(problem.message, says);
    });
  }

  it('is a problem of the one file among several', async () => {
    const paths = [writeData('a,b\n1,2\n'), writeData('a,b\n1\n')];
    await assert.rejects(profileFiles(paths), (error) => {
      assert.ok(error instanceof DataError);
      assert.equal(error.problem.file, 'data1.csv');
      assert.equal(error.problem.line, 2);
      return true;
    });
  });

  it('is a problem where there is a folder, or nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'preflight-folder-'));
    try {
      const codeOf = (error: unknown) => (error instanceof DataError ? error.problem.code : '');
      await assert.rejects(profileFiles([folder]), (error) => codeOf(error) === 'file-is-folder');
      const missing = join(folder, 'missing.csv');
      await assert.rejects(profileFiles([missing]), (error) => codeOf(error) === 'file-missing');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

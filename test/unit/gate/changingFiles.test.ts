import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatasetReport } from '../../../src/data/report';
import { validateProject, type ValidateProjectRequest } from '../../../src/data/validateProject';
import { TempFolder } from '../git/tempRepository';
import { GateProject, patients } from './gateProject';

const FILES = join(__dirname, '../data/files');

/** Every format, with the file of it that is changed and the rows that it has. */
const DATASETS: Readonly<
  Record<string, { readonly path: string; readonly file?: string; readonly rows: number }>
> = {
  csv: { path: 'data/plain.csv', rows: 300 },
  gzip: { path: 'data/people.csv.gz', rows: 4 },
  zstd: { path: 'data/people.csv.zst', rows: 4 },
  utf16: { path: 'data/people-utf16.csv', rows: 4 },
  parquet: { path: 'data/people.parquet', rows: 4 },
  hive: { path: 'data/hive/*/*.parquet', file: 'data/hive/year=2025/b.parquet', rows: 5 },
  json: { path: 'data/records.json', rows: 3 },
  jsonl: { path: 'data/records.jsonl', rows: 3 },
  feather: { path: 'data/types-zstd.feather', rows: 3 },
  stream: { path: 'data/types-stream.arrow', rows: 3 },
  sqlite: { path: 'data/one.sqlite', rows: 3 },
  excel: { path: 'data/book.xlsx', rows: 3 },
  npy: { path: 'data/matrix.npy', rows: 4 },
  npz: { path: 'data/arrays.npz::x', file: 'data/arrays.npz', rows: 4 },
  images: { path: 'data/images', file: 'data/images/cat/a.png', rows: 8 },
};

const RECORDS = [1, 2, 3].map((id) => JSON.stringify({ id }));

/** With the size and time of before, which is what a file that is written again can have. */
function inPlace(path: string): void {
  const { atime, mtime } = statSync(path);
  writeFileSync(path, readFileSync(path).reverse());
  utimesSync(path, atime, mtime);
}

function byRename(path: string): void {
  const { atime, mtime } = statSync(path);
  copyFileSync(path, `${path}.new`);
  utimesSync(`${path}.new`, atime, mtime);
  renameSync(`${path}.new`, path);
}

const CHANGES: Readonly<Record<string, (path: string) => void>> = {
  'appended to': (path) => appendFileSync(path, '1,2\n'),
  'cut off': (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  'replaced by another of the same size and time': byRename,
  'written again with the size and time of before': inPlace,
  deleted: (path) => rmSync(path),
};

describe('a file that changes while it is read', function () {
  this.timeout(60_000);
  let folder: TempFolder;
  let project: GateProject;

  beforeEach(() => {
    folder = new TempFolder();
    project = new GateProject(folder.path);
    const datasets = Object.entries(DATASETS).map(
      ([name, { path }]) => `  ${name}: { path: "${path}" }\n`,
    );
    project.write('preflight.yaml', `version: 1\ndatasets:\n${datasets.join('')}`);
    mkdirSync(join(project.root, 'data'));
    for (const { path, file = path } of Object.values(DATASETS)) place(path, file);
  });
  afterEach(() => folder.dispose());

  function place(path: string, file: string): void {
    const full = join(project.root, file);
    mkdirSync(dirname(full), { recursive: true });
    if (path === 'data/plain.csv') writeFileSync(full, patients());
    else if (path === 'data/records.json') writeFileSync(full, `[${RECORDS.join(',\n')}]`);
    else if (path === 'data/records.jsonl') writeFileSync(full, `${RECORDS.join('\n')}\n`);
    else if (path === 'data/images')
      cpSync(join(FILES, 'images'), dirname(dirname(full)), { recursive: true });
    else if (!path.startsWith('data/hive'))
      copyFileSync(join(FILES, file.slice('data/'.length)), full);
    else {
      const first = join(project.root, 'data/hive/year=2024/a.parquet');
      mkdirSync(dirname(first), { recursive: true });
      copyFileSync(join(FILES, 'people.parquet'), first);
      copyFileSync(join(FILES, 'people-extra.parquet'), full);
    }
    // Old enough to be named by its times.
    utimesSync(full, 1_700_000_000, 1_700_000_000);
  }

  async function validate(
    options: Partial<ValidateProjectRequest> = {},
  ): Promise<readonly DatasetReport[]> {
    const request = { ...(await project.dataRequest()), source: 'worktree' as const, ...options };
    const validated = await validateProject(request);
    assert.ok(validated.ok, validated.ok ? '' : validated.problem.message);
    return validated.value.datasets;
  }

  it('is none of these where nothing changes', async () => {
    const rows = (await validate({ names: Object.keys(DATASETS) })).map(
      ({ name, rows: found, problems }) => [name, found, problems],
    );
    assert.deepEqual(
      rows,
      Object.entries(DATASETS).map(([name, { rows: expected }]) => [name, expected, []]),
    );
  });

  for (const [how, change] of Object.entries(CHANGES)) {
    it(`is not judged in any format where it is ${how}`, async () => {
      const changed = new Set<string>();
      const reports = await validate({
        names: Object.keys(DATASETS),
        onProgress: ({ dataset, what }) => {
          const { path, file = path } = DATASETS[dataset] ?? { path: '' };
          if (what === 'finding its content' || changed.has(dataset)) return;
          changed.add(dataset);
          change(join(project.root, file));
        },
      });
      for (const { name, verdict, rows, columns, findings, problems } of reports) {
        const { path, file = path } = DATASETS[name] ?? { path: '' };
        assert.deepEqual(
          [name, verdict, rows, columns.length, findings.length],
          [name, 'inconclusive', 0, 0, 0],
        );
        assert.deepEqual(
          problems.map((problem) => [problem.code, problem.file]),
          [['content-changed', file]],
        );
      }
    });
  }

  it('is not kept under the name of the content that it had before', async () => {
    const text = patients();
    const md5 = createHash('md5').update(text).digest('hex');
    const size = Buffer.byteLength(text);
    project.write('preflight.yaml', 'version: 1\ndatasets:\n  csv: { path: data/plain.csv }\n');
    project.write(
      'data/plain.csv.dvc',
      `outs:\n- md5: ${md5}\n  size: ${size}\n  hash: md5\n  path: plain.csv\n`,
    );
    project.write('.gitignore', '/data/plain.csv\n');
    project.git('add', 'preflight.yaml', 'data/plain.csv.dvc', '.gitignore');
    const path = join(project.root, 'data/plain.csv');
    let changed = false;
    const [doubted] = await validate({
      source: 'index',
      names: ['csv'],
      onProgress: ({ what }) => {
        if (changed || what === 'finding its content') return;
        changed = true;
        writeFileSync(path, patients(20));
      },
    });
    assert.deepEqual(
      doubted?.problems.map(({ code }) => code),
      ['content-changed'],
    );
    writeFileSync(path, text);
    const [again] = await validate({ source: 'index', names: ['csv'] });
    assert.deepEqual([again?.rows, again?.problems], [300, []]);
  });

  it('leaves test data without a verdict where it is the training data', async () => {
    project.write(
      'preflight.yaml',
      `version: 1
datasets:
  train: { path: data/plain.csv, role: train, key: id }
  test: { path: data/test.csv, role: test, key: id }
`,
    );
    project.write('data/test.csv', patients(40));
    let changed = false;
    const [report] = await validate({
      names: ['test'],
      onProgress: ({ dataset, what }) => {
        if (changed || dataset !== 'train' || what === 'finding its content') return;
        changed = true;
        project.write('data/plain.csv', patients(20));
      },
    });
    assert.ok(changed);
    assert.deepEqual(
      [report?.verdict, report?.problems.map(({ code, file }) => [code, file])],
      ['inconclusive', [['content-changed', 'data/plain.csv']]],
    );
  });
});

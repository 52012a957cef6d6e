import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { detectAt, detectIn } from './makeProject';

const SAMPLES = join(__dirname, '../../projects');

/** Every file that detection reads, cut off, with a piece missing, or with a piece of something else in it. */
const FILES = [
  'tumours/dvc.yaml',
  'tumours/params.yaml',
  'tumours/preflight.yaml',
  'tumours/src/evaluate.py',
  'admissions/azure-pipelines.yml',
  'admissions/config/config.yaml',
  'admissions/notebooks/explore.ipynb',
  'admissions/train-eval-deploy/deploy.py',
  'admissions/README.md',
];
const PIECES = [
  '',
  '"',
  "'",
  '{',
  '[',
  '(',
  '${',
  '\\',
  '\0',
  '\t',
  '&a *a',
  '<<: *x',
  'f"{',
  '\u202e',
  '`',
  '***',
  ': ',
  '- ',
];

describe('damaged files', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'preflight-damaged-'));
    await cp(SAMPLES, folder, { recursive: true });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const file of FILES) {
    it(`never stop detection: ${file}`, async () => {
      const path = join(folder, file);
      const root = join(folder, file.split('/')[0] ?? '');
      const whole = await readFile(path, 'utf8');
      try {
        await fc.assert(
          fc.asyncProperty(
            fc.nat(whole.length),
            fc.oneof(fc.nat(200), fc.constant(whole.length)),
            fc.constantFrom(...PIECES),
            async (from, length, piece) => {
              await writeFile(path, whole.slice(0, from) + piece + whole.slice(from + length));
              const project = await detectAt(root);
              // What does not depend on the damaged file is there all the same.
              assert.ok(project.datasets.some((dataset) => dataset.path.startsWith('data/')));
              for (const problem of project.problems) assert.ok(problem.file !== undefined);
            },
          ),
          { numRuns: 15 },
        );
      } finally {
        await writeFile(path, whole);
      }
    }).timeout(30_000);
  }
});

describe('files made to be a burden', () => {
  // Each took minutes, or overflowed the stack, with one careless expression or recursion.
  const HEAD = 'import pandas as pd\npd.read_csv("data/a.csv")\n';
  const files: Readonly<Record<string, string>> = {
    'dvc.yaml': `stages: ${'['.repeat(10_000)}`,
    'azure-pipelines.yml': Array.from(
      { length: 1000 },
      (_, depth) => `${' '.repeat(depth)}a:`,
    ).join('\n'),
    'sum.py': `${HEAD}x = ${'a+'.repeat(10_000)}a\n`,
    'parentheses.py': `${HEAD}x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`,
    'members.py': `${HEAD}x${'.a'.repeat(10_000)}\n`,
    'lambdas.py': `${HEAD}x = ${'lambda: '.repeat(20_000)}1\n`,
    'ifs.py':
      HEAD + Array.from({ length: 800 }, (_, depth) => `${' '.repeat(depth)}if x:`).join('\n'),
    'nb.ipynb': `{"cells":${'['.repeat(10_000)}`,
    'README.md': `${'`'.repeat(50_000)}\n${'    python sum.py\n'.repeat(10_000)}${'```\n'.repeat(5001)}`,
  };

  it('are read, or left, in a moment', async () => {
    const project = await detectIn({ ...files, 'data/train.csv': 'a\n' });
    assert.deepEqual(
      project.datasets.map((dataset) => dataset.path),
      ['data/a.csv', 'data/train.csv'],
    );
    assert.ok(project.problems.some((problem) => problem.file === 'dvc.yaml'));
    assert.ok(project.problems.length < 10);
    assert.ok(project.stages.some((stage) => stage.id === 'sum.py'));
  }).timeout(20_000);
});

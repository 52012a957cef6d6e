import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetDiff } from '../../src/data/rowDiff/diffDataset';
import { copySample, type SampleProject } from '../harness/sampleProject';
import { preflight, preflightJson } from './commandLine';

describe('ml-preflight diff', function () {
  this.timeout(120_000);
  let project: SampleProject;
  before(async () => {
    project = await copySample('admissions');
  });
  after(() => project.dispose());

  it('says which rows changed since the last commit', async () => {
    const { json: detected } = await preflightJson<{
      projects: { datasets: { name: string; path: string; format: string }[] }[];
    }>(project, 'detect');
    const dataset = detected.projects[0]?.datasets.find(({ format }) => format === 'csv');
    assert.ok(dataset !== undefined);
    const file = join(project.root, dataset.path);
    const [header, first = '', ...lines] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, [header, ...lines].join('\n'));
    await appendFile(file, lines.at(-1) === '' ? `${first}\n${first}\n` : `\n${first}\n${first}\n`);
    const { code, json } = await preflightJson<DatasetDiff>(project, 'diff', dataset.name);
    assert.equal(code, 0);
    assert.equal(json.to - json.from, 1);
    assert.equal(json.path, dataset.path);
    const shown = await preflight(
      project,
      'diff',
      dataset.name,
      '--from',
      'HEAD',
      '--to',
      'worktree',
    );
    assert.match(
      shown.stdout,
      new RegExp(`^${dataset.path}: HEAD \\([0-9a-f]{7}\\) .* → worktree`),
    );
  });

  it('says what it cannot compare', async () => {
    const nameless = await preflight(project, 'diff');
    assert.equal(nameless.code, 2);
    assert.match(nameless.stderr, /Which dataset\?.*There are: /s);
    const unknown = await preflight(project, 'diff', 'nothing');
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /There is no dataset "nothing"/);
  });
});

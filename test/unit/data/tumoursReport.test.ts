import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeSchemaAndBaseline } from '../../../src/data/baseline/baselineFiles';
import type { ValidationReport } from '../../../src/data/report';
import { validateProject } from '../../../src/data/validateProject';
import { detectProject } from '../../../src/project/detectProject';
import { openWorktreeFiles } from '../../../src/project/files/worktreeFiles';
import { shownReport } from '../../../src/protocol/shownReport';
import { inRepository } from '../../harness/repository';
import { makeTemporaryFolder } from '../../harness/temporaryFolder';
import { damageTumours } from '../../webview/fixtures/damageTumours';
import { ENGINE } from './dataFixtures';

const FIXTURE = inRepository('test/webview/fixtures/tumours.json');

/** How long it took is not the same twice. */
const SECONDS = 0.412;

describe('the report that the tests of the views show', () => {
  let root: string;
  before(() => (root = makeTemporaryFolder('report')));
  after(() => rmSync(root, { recursive: true }));

  it('is what the engine and the checks say today (UPDATE=1 rewrites it)', async () => {
    const report = shownReport(await reportOnDamage(root));
    const text = `${JSON.stringify(report, null, 1)}\n`;
    if (process.env.UPDATE === '1') writeFileSync(FIXTURE, text);
    assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(FIXTURE, 'utf8')));
  }).timeout(60_000);
});

async function reportOnDamage(root: string): Promise<ValidationReport> {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const validate = async (measureOnly: boolean): Promise<ValidationReport> => {
    const files = await openWorktreeFiles(root);
    assert.ok(files.ok);
    const validated = await validateProject({
      project: await detectProject(files.value),
      repository: undefined,
      stateFolder: join(root, 'state'),
      source: 'worktree',
      measureOnly,
      engine: ENGINE,
    });
    assert.ok(validated.ok, validated.ok ? '' : validated.problem.message);
    const { verdict, datasets } = validated.value;
    return { verdict, datasets: datasets.map((each) => ({ ...each, seconds: SECONDS })) };
  };
  const { reference, current } = damageTumours();
  write('preflight.yaml', 'datasets:\n  train: { path: data/train.csv, role: train }\n');
  write('data/train.csv', reference);
  for (const dataset of (await validate(true)).datasets) {
    const written = await writeSchemaAndBaseline(root, dataset.name, dataset);
    assert.ok(written.ok, written.ok ? '' : written.problem.message);
  }
  write('data/train.csv', current);
  return validate(false);
}

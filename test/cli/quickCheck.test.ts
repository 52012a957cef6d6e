import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectValidation } from '../../src/data/validateProject';
import { inRepository } from '../harness/repository';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';
import { COMMAND_LINE, preflight, preflightJson, spawnIn } from './commandLine';

/** Of four people; written by pandas. */
const PEOPLE = inRepository('test', 'unit', 'data', 'files', 'people.parquet');

describe('validate --quick', function () {
  this.timeout(60_000);
  let project: SampleProject;
  beforeEach(async () => {
    project = await makeEmptyProject();
    await mkdir(join(project.root, 'data'));
    await copyFile(PEOPLE, join(project.root, 'data/train.parquet'));
    await writeFile(join(project.root, 'data/more.csv'), 'a,b\n1,2\n');
  });
  afterEach(() => project.dispose());

  const demand = (columns: string) =>
    mkdir(join(project.root, '.preflight/schemas'), { recursive: true }).then(() =>
      writeFile(join(project.root, '.preflight/schemas/train.yaml'), `columns:\n${columns}`),
    );

  it('says that nothing but the footer was read, and does not pass', async () => {
    const text = await preflight(project, 'validate', '--quick');
    assert.equal(text.code, 0, text.stderr);
    assert.match(text.stdout, /^data\/train\.parquet: inconclusive \(4 rows, 5 columns/);
    assert.match(text.stdout, /^ {2}footer only: no value was read/m);
    assert.match(text.stdout, /^ {4}decided: column-missing, /m);
    assert.doesNotMatch(text.stdout, /more\.csv/);
    const { json } = await preflightJson<ProjectValidation>(project, 'validate', '--quick');
    const [train] = json.datasets;
    assert.deepEqual(
      [json.verdict, train?.verdict, train?.rows],
      ['inconclusive', 'inconclusive', 4],
    );
    assert.ok(train?.footer?.undecided.includes('nulls-increased'));
    const height = train?.columns.find(({ name }) => name === 'height');
    assert.deepEqual(
      [height?.nulls, height?.ends, height?.untold],
      [1, { min: 1.5, max: 2 }, ['nans']],
    );
  });

  it('fails by the schema, and accepts', async () => {
    await demand('  id: { type: string }\n  height: { max: 1.9 }\n  weight: {}\n');
    const found = await preflight(project, 'validate', '--quick');
    assert.equal(found.code, 1, found.stdout);
    assert.match(found.stdout, /error column-missing:weight/);
    assert.match(found.stdout, /error type-changed:id/);
    assert.match(
      found.stdout,
      /error out-of-range:height: "height" goes up to 2, above 1\.90000, in at least 1 row\./,
    );
    const accepted = await preflight(
      project,
      'validate',
      '--quick',
      '--accept',
      'out-of-range:height',
    );
    assert.equal(accepted.code, 0, accepted.stderr);
    const again = await preflight(project, 'validate', '--quick');
    assert.doesNotMatch(again.stdout, /error out-of-range/);
  });

  it('needs no engine', async () => {
    // The command line alone, in a folder where no engine is.
    const alone = join(project.root, 'cli.js');
    await copyFile(COMMAND_LINE, alone);
    const quick = await spawnIn(project, process.execPath, [alone, 'validate', '--quick']);
    assert.equal(quick.code, 0, quick.stdout + quick.stderr);
    const full = await spawnIn(project, process.execPath, [alone, 'validate']);
    assert.equal(full.code, 2, full.stdout);
  });

  it('cannot judge what has no footer, nor do what needs the values', async () => {
    const csv = await preflight(project, 'validate', '--quick', 'more');
    assert.equal(csv.code, 2);
    assert.match(csv.stdout, /could not judge: data\/more\.csv: .*no Parquet file/);
    for (const words of [['--write-baseline'], ['--rows', '3']]) {
      const refused = await preflight(project, 'validate', '--quick', ...words);
      assert.equal(refused.code, 2);
      assert.match(
        refused.stderr,
        new RegExp(`--quick reads no value, which ${words[0]} would need`),
      );
    }
    await writeFile(join(project.root, 'data/train.parquet'), 'PAR1 and then nothing');
    const broken = await preflight(project, 'validate', '--quick');
    assert.equal(broken.code, 2);
    assert.match(broken.stdout, /data\/train\.parquet: This Parquet file is cut off/);
  });
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSchemaAndBaseline } from '../../../src/data/baseline/baselineFiles';
import { failingRows } from '../../../src/data/failingRows';
import type { ValidateProjectRequest } from '../../../src/data/validateProject';
import { validateProject } from '../../../src/data/validateProject';
import { TempFolder } from '../git/tempRepository';
import { BROKEN, GateProject, patients, PREFLIGHT } from './gateProject';

describe('the datasets of a project', function () {
  this.timeout(30_000);
  let folder: TempFolder;
  let project: GateProject;

  beforeEach(() => {
    folder = new TempFolder();
    project = GateProject.begin(folder.path);
  });
  afterEach(() => folder.dispose());

  async function validate(options: Partial<ValidateProjectRequest> = {}) {
    return validateProject({ ...(await project.dataRequest()), source: 'worktree', ...options });
  }
  async function reportOf(options: Partial<ValidateProjectRequest> = {}) {
    const validated = await validate(options);
    assert.ok(validated.ok, validated.ok ? '' : validated.problem.message);
    return validated.value;
  }

  it('are compared with their own past, and the report says which', async () => {
    project.write('data/patients.csv', BROKEN);
    const { verdict, datasets } = await reportOf();
    const head = project.git('rev-parse', '--short=7', 'HEAD');
    assert.equal(verdict, 'fail');
    assert.equal(datasets[0]?.reference?.source, `HEAD (${head})`);
    assert.deepEqual(
      datasets[0]?.findings.map(({ rule, column }) => [rule, column]),
      [['column-missing', 'radius']],
    );
  });

  it('are compared with a baseline of many columns, which has more bytes than any other text', async () => {
    const [measured] = (await reportOf({ measureOnly: true })).datasets;
    assert.ok(measured !== undefined);
    const { root } = (await project.dataRequest()).project;
    assert.ok((await writeSchemaAndBaseline(root, 'patients', measured)).ok);
    const path = '.preflight/baselines/patients.json';
    const text = readFileSync(join(root, path), 'utf8');
    project.write(path, `${text}${' '.repeat(6_000_000)}`);
    const [report] = (await reportOf()).datasets;
    assert.deepEqual(report?.problems, []);
    assert.equal(report?.reference?.source, path);
  });

  it('list the rows that their findings are about, where these are asked for', async () => {
    project.write('data/patients.csv', patients().replace('\n2,', '\n0,'));
    const keyFinding = async (options: Partial<ValidateProjectRequest>) =>
      (await reportOf(options)).datasets[0]?.findings.find(({ rule }) => rule === 'key-not-unique');
    assert.equal((await keyFinding({}))?.rows, undefined);
    const found = await keyFinding({ rows: 2 });
    assert.deepEqual(
      found?.rows?.rows.map(({ line, values }) => [line, values[0]]),
      [
        [2, '0'],
        [4, '0'],
      ],
    );
    const request = await project.dataRequest();
    const [dataset] = request.project.datasets;
    assert.ok(dataset !== undefined && found.where !== undefined);
    const listed = await failingRows({
      ...request,
      source: 'worktree',
      dataset,
      filters: [found.where],
      limit: 2,
    });
    assert.deepEqual(listed, { ok: true, value: [found.rows] });
  });

  it('are compared with the version that the configuration names', async () => {
    project.git('tag', 'v1');
    project.commit('broken', { 'data/patients.csv': BROKEN });
    assert.equal((await reportOf()).verdict, 'pass');
    const { verdict, datasets } = await reportOf({ config: { gate: { baseline: 'v1' } } });
    assert.equal(verdict, 'fail');
    assert.match(datasets[0]?.reference?.source ?? '', /^v1 \(/);
    const unknown = await validate({ config: { gate: { baseline: 'v9' } } });
    assert.equal(unknown.ok ? '' : unknown.problem.code, 'revision-unknown');
  });

  it('are compared with another dataset where the configuration says so', async () => {
    project.write(
      'preflight.yaml',
      PREFLIGHT.replace('models:', '  live: { path: live.csv, baseline: patients }\nmodels:'),
    );
    project.write('live.csv', BROKEN);
    const { datasets } = await reportOf({ names: ['live'] });
    assert.equal(datasets[0]?.reference?.source, 'dataset patients');
    assert.equal(datasets[0]?.verdict, 'fail');
  });

  it('are compared with what the request names, whatever is committed: a version, or a dataset', async () => {
    project.git('tag', 'v1');
    project.write(
      'preflight.yaml',
      PREFLIGHT.replace('models:', '  live: { path: live.csv, role: test }\nmodels:'),
    );
    project.write('live.csv', BROKEN);
    const [measured] = (await reportOf({ names: ['patients'], measureOnly: true })).datasets;
    assert.ok(measured !== undefined);
    const written = await writeSchemaAndBaseline(project.root, 'patients', measured);
    assert.ok(written.ok);
    const sourceOf = async (options: Partial<ValidateProjectRequest>) =>
      (await reportOf(options)).datasets[0]?.reference?.source;
    const baseline = '.preflight/baselines/patients.json';
    assert.equal(await sourceOf({ names: ['patients'] }), baseline);
    assert.match((await sourceOf({ names: ['patients'], against: 'v1' })) ?? '', /^v1 \(/);
    assert.equal(await sourceOf({ names: ['live'], against: 'patients' }), 'dataset patients');
    const unknown = await validate({ against: 'v9' });
    assert.equal(unknown.ok ? '' : unknown.problem.code, 'revision-unknown');
  });

  it('say at which line of the schema their findings are about', async () => {
    const schema = '.preflight/schemas/patients.yaml';
    project.write(
      schema,
      'columns:\n  id:\n  radius:\n    type: number\n    nulls: 0\n  group: { values: [benign] }\n',
    );
    project.write('data/patients.csv', patients().replace('10.25', ''));
    const { datasets } = await reportOf();
    const places = datasets[0]?.findings.map(({ rule, place }) => [rule, place?.file, place?.line]);
    assert.deepEqual(places, [
      ['category-unknown', schema, 6],
      ['nulls-increased', schema, 5],
    ]);
  });

  it('that are not here are a problem each, and the others go on', async () => {
    project.write(
      'preflight.yaml',
      PREFLIGHT.replace('models:', '  gone: { path: data/gone.csv }\nmodels:'),
    );
    const { verdict, datasets } = await reportOf();
    assert.equal(verdict, 'inconclusive');
    const [gone, present] = [...datasets].sort((a, b) => (a.path < b.path ? -1 : 1));
    assert.deepEqual(
      gone?.problems.map(({ code, file, line }) => [code, file, line]),
      [['content-missing', 'preflight.yaml', 4]],
    );
    assert.deepEqual([present?.verdict, present?.rows], ['pass', 300]);
  });

  it('whose past is on another machine are not certain, but no error', async () => {
    const lockOf = (text: string) =>
      `stages:\n  a:\n    cmd: x\n    outs:\n    - path: data/t.csv\n      hash: md5\n      md5: ${createHash('md5').update(text).digest('hex')}\n`;
    project.write('.gitignore', 'data/t.csv\n');
    project.commit('lock', {
      'dvc.yaml': 'stages:\n  a: { cmd: x, outs: [data/t.csv] }\n',
      'dvc.lock': lockOf('elsewhere'),
    });
    project.write('data/t.csv', patients());
    project.stage({ 'dvc.lock': lockOf(patients()) });
    const { datasets } = await reportOf({ source: 'index', names: ['t'] });
    assert.deepEqual(
      [datasets[0]?.verdict, datasets[0]?.rows, datasets[0]?.problems],
      ['inconclusive', 300, []],
    );
    const report = await project.check();
    assert.deepEqual(
      [report.verdict, report.blocks, report.unjudged],
      ['inconclusive', false, false],
    );
    assert.match(
      report.headline,
      /^ML Preflight INCONCLUSIVE \(allowed on main\): data\/t\.csv: .*HEAD/,
    );
    assert.deepEqual(report.judged, ['data/t.csv']);
  });

  it('whose schema or baseline cannot be read are not judged, with the place', async () => {
    project.write('.preflight/schemas/patients.yaml', 'columns: [');
    const schema = await reportOf();
    assert.equal(schema.datasets[0]?.problems[0]?.file, '.preflight/schemas/patients.yaml');
    project.write(
      '.preflight/schemas/patients.yaml',
      'version: 1\ncolumns: {}\nextraColumns: allow\n',
    );
    project.write('.preflight/baselines/patients.json', '{');
    const baseline = await reportOf();
    assert.equal(baseline.datasets[0]?.problems[0]?.file, '.preflight/baselines/patients.json');
    assert.equal(baseline.verdict, 'inconclusive');
  });

  it('are chosen by name, and a name that is mistyped is told', async () => {
    const unknown = await validate({ names: ['patient'] });
    assert.ok(!unknown.ok);
    assert.deepEqual(
      [unknown.problem.code, unknown.problem.fix],
      ['dataset-unknown', 'Did you mean "patients"?'],
    );
  });

  it('are looked at beside the training data, also where only they are asked for', async () => {
    project.write(
      'preflight.yaml',
      PREFLIGHT.replace(
        'key: id }',
        'role: train, key: id }\n  held-out: { path: held-out.csv, role: test }',
      ),
    );
    const [header = '', ...lines] = patients().trim().split('\n');
    project.write('held-out.csv', [header, ...lines.slice(100, 140)].join('\n'));
    const { datasets } = await reportOf({ names: ['held-out'] });
    assert.deepEqual(
      datasets.map(({ name }) => name),
      ['held-out'],
    );
    assert.deepEqual(
      datasets[0]?.findings.map(({ rule, column }) => [rule, column]),
      [['key-overlap', 'id']],
    );
  });

  it('can be judged outside git', async () => {
    const { datasets } = await reportOf({ repository: undefined });
    assert.deepEqual([datasets[0]?.verdict, datasets[0]?.reference], ['pass', undefined]);
  });

  it('are doubted where a file changes while it is read', async () => {
    const report = await reportOf({
      onProgress: ({ what }) => {
        if (what !== 'finding its content') project.write('data/patients.csv', patients(500));
      },
    });
    assert.equal(report.datasets[0]?.problems.at(-1)?.code, 'content-changed');
    assert.equal(report.verdict, 'inconclusive');
  });
});

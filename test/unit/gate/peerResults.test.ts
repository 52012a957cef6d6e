import assert from 'node:assert/strict';
import { readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateProjectRequest } from '../../../src/data/validateProject';
import { validateProject } from '../../../src/data/validateProject';
import { TempFolder } from '../git/tempRepository';
import { GateProject } from './gateProject';

const RESULTS = join(__dirname, '../data/peerResults');

/** What Great Expectations itself wrote; see the README there. */
const VALIDATION = readFileSync(join(RESULTS, 'greatExpectations1.json'), 'utf8');
const TIME = '2026-11-28T02:17:16.585631';

const validationAt = (time: string, change: (text: string) => string = (text) => text): string => {
  const validation = JSON.parse(change(VALIDATION)) as { meta: object };
  const meta = { ...validation.meta, run_id: { run_time: time } };
  return JSON.stringify({ ...validation, meta });
};

const passing = (text: string): string => text.replaceAll('"success": false', '"success": true');

describe('what other tools found', function () {
  this.timeout(30_000);
  let folder: TempFolder;
  let project: GateProject;

  const configure = (results: string): string =>
    `datasets:\n  patients:\n    path: data/patients.csv\n    results: ${results}\n`;

  beforeEach(() => {
    folder = new TempFolder();
    project = GateProject.begin(folder.path);
    project.commit('results', {
      '.gitignore': 'gx/uncommitted/\n',
      'preflight.yaml': configure('[gx/uncommitted/validations/**/*.json]'),
    });
  });
  afterEach(() => folder.dispose());

  async function reportOf(options: Partial<ValidateProjectRequest> = {}) {
    const validated = await validateProject({
      ...(await project.dataRequest()),
      source: 'worktree',
      ...options,
    });
    assert.ok(validated.ok, JSON.stringify(validated));
    const [dataset] = validated.value.datasets;
    assert.ok(dataset !== undefined);
    const { findings } = dataset;
    return {
      dataset,
      foreign: validated.value.foreign,
      verdict: dataset.verdict,
      codes: dataset.problems.map(({ code }) => code),
      found: findings.map(({ rule, column = '' }) => `${rule}:${column}`),
    };
  }
  const runs = 'gx/uncommitted/validations/people/__none__';
  const writeRun = (run: string, text: string): void =>
    project.write(`${runs}/${run}/a.json`, text);

  it('is in the report, with the tool and the file', async () => {
    writeRun('20261128T021716.585631Z', VALIDATION);
    const { dataset, verdict, found, codes } = await reportOf();
    assert.equal(verdict, 'fail');
    assert.deepEqual(codes, []);
    for (const one of ['column-missing:joined', 'out-of-range:age', 'key-not-unique:id']) {
      assert.ok(found.includes(one), `${one} in ${found.join()}`);
    }
    const file = `${runs}/20261128T021716.585631Z/a.json`;
    const [first] = dataset.findings;
    assert.deepEqual(first?.source, { tool: 'Great Expectations', file });
    assert.deepEqual(first.place, { file, line: 1 });
  });

  it('is what the newest run says', async () => {
    writeRun('20261128T021716.585631Z', validationAt('2026-11-28T02:17:16'));
    writeRun('20261129T021716.585631Z', validationAt('2026-11-29T02:17:16', passing));
    const { verdict, found } = await reportOf();
    assert.deepEqual([verdict, found], ['pass', []]);
    writeRun('20261130T021716.585631Z', validationAt('2026-11-30T02:17:16'));
    assert.equal((await reportOf()).verdict, 'fail');
  });

  it('counts for what is staged where git ignores it, and not where it is only not added yet', async () => {
    writeRun('20261128T021716.585631Z', VALIDATION);
    const staged = await reportOf({ source: 'index' });
    assert.equal(staged.verdict, 'fail');
    const watched = new Set(staged.foreign.map(({ path }) => path));
    // A new run is a new entry in one of these folders: the gate's cache is then no longer right.
    for (const path of [
      'gx/uncommitted/validations',
      runs,
      `${runs}/20261128T021716.585631Z/a.json`,
    ])
      assert.ok(watched.has(join(project.root, path)), path);
    project.write('.gitignore', '');
    const untracked = await reportOf({ source: 'index' });
    assert.deepEqual([untracked.verdict, untracked.codes], ['inconclusive', ['results-missing']]);
    const committed = await reportOf({ source: { commit: project.git('rev-parse', 'HEAD') } });
    assert.deepEqual(committed.codes, ['results-missing']);
  });

  it('is read from the index where it is there, whatever the work tree has', async () => {
    project.commit('committed', {
      'preflight.yaml': configure('[reports/gx.json]'),
      'reports/gx.json': VALIDATION,
    });
    project.write('reports/gx.json', validationAt(TIME, passing));
    assert.equal((await reportOf({ source: 'index' })).verdict, 'fail');
    assert.equal((await reportOf()).verdict, 'pass');
    const head = project.git('rev-parse', 'HEAD');
    assert.equal((await reportOf({ source: { commit: head } })).verdict, 'fail');
  });

  it('is judged by the gate where only the result changes', async () => {
    project.commit('committed', {
      'preflight.yaml': configure('[reports/gx.json]'),
      'reports/gx.json': validationAt(TIME, passing),
    });
    project.stage({ 'reports/gx.json': VALIDATION });
    const { verdict, findings } = await project.check();
    assert.equal(verdict, 'fail');
    assert.ok(
      findings.some(({ place }) => place?.file === 'reports/gx.json'),
      JSON.stringify(findings),
    );
  });

  it('that is missing or broken leaves the verdict open, and what else is there is read', async () => {
    project.write('preflight.yaml', configure('[reports/*.json, nowhere.json]'));
    project.write('reports/broken.json', '{"results":\n [');
    project.write('reports/other.json', '{"hello": 1}');
    const open = await reportOf();
    assert.equal(open.verdict, 'inconclusive');
    assert.deepEqual(open.codes, ['results-missing', 'results-invalid', 'results-unknown']);
    const [missing, broken] = open.dataset.problems;
    assert.deepEqual([missing?.file, missing?.line], ['preflight.yaml', 2]);
    assert.match(missing?.message ?? '', /nowhere\.json/);
    assert.deepEqual([broken?.file, broken?.line], ['reports/broken.json', 2]);
    project.write('reports/gx.json', VALIDATION);
    assert.equal((await reportOf()).verdict, 'fail');
    rmSync(join(project.root, 'reports'), { recursive: true });
    assert.deepEqual((await reportOf()).codes, ['results-missing', 'results-missing']);
  });

  it('decides nothing where the data were written again since; a checkout is no writing', async () => {
    writeRun('20261128T021716.585631Z', validationAt('2026-11-28T02:17:16Z'));
    const data = join(project.root, 'data/patients.csv');
    const later = new Date('2026-11-28T03:00:00Z');
    utimesSync(data, later, later);
    assert.equal((await reportOf()).verdict, 'fail');
    const text = readFileSync(data, 'utf8');
    project.write('data/patients.csv', `${text.trimEnd()}\n`.replace('10.25', '10.26'));
    utimesSync(data, later, later);
    const { verdict, dataset } = await reportOf();
    assert.equal(verdict, 'pass');
    const [first] = dataset.findings;
    assert.equal(first?.severity, 'info');
    assert.match(first.message, /^Great Expectations .* The data were written again since\.$/);
    const earlier = new Date('2026-11-28T02:00:00Z');
    utimesSync(data, earlier, earlier);
    assert.equal((await reportOf()).verdict, 'fail');
  });

  it('is silenced by the schema as our own rules are, and not looked at for a baseline', async () => {
    writeRun('20261128T021716.585631Z', VALIDATION);
    const { found } = await reportOf();
    const rules = [...new Set(found.map((each) => each.slice(0, each.indexOf(':'))))];
    project.write(
      '.preflight/schemas/patients.yaml',
      `allow: [${rules.join(', ')}]\nextraColumns: allow\ncolumns: {}\n`,
    );
    assert.deepEqual((await reportOf()).found, []);
    rmSync(join(project.root, '.preflight'), { recursive: true });
    assert.deepEqual((await reportOf({ measureOnly: true })).found, []);
  });
});

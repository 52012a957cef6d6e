import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepareSetting } from '../../src/pipeline/parameters/prepareSetting';
import { runStages } from '../../src/pipeline/run/runStages';
import { readStatus } from '../../src/pipeline/status/status';
import { detectProjects } from '../../src/project/detectProjects';
import type { Project } from '../../src/project/project';
import { isUpToDate, readAllTargets, type MakePlace } from './makeDatabase';

const PIPELINE = `PYTHON ?= python3
DATA := data
MODELS = $(patsubst $(DATA)/%.csv,models/%.txt,$(wildcard $(DATA)/*.csv))
REPORT = out/report.txt
.PHONY: all clean check \\
        help

all: $(REPORT)

$(REPORT): $(MODELS) report.py | out
	$(PYTHON) report.py $(MODELS) > $@

models/%.txt: $(DATA)/%.csv train.py
	@mkdir -p $(@D)
	$(PYTHON) train.py $< > $@ # learns

out:
	mkdir -p out

ifeq ($(VERBOSE),1)
chatty: ; @echo yes
endif

define banner
echo one
echo two
endef

check: $(MODELS) ; @$(banner)
clean:
	rm -rf models $(REPORT) out
help:
	@echo 'make $$ all'
include more.mk
`;
const MORE = 'export.txt: $(REPORT)\n\tcp $< $@\n';
const COPY = 'import sys\nprint(open(sys.argv[1]).read())\n';

/** GNU make itself says which targets there are and which are up to date. */
describe('make', function () {
  this.timeout(60_000);
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'make-'));
    write({
      Makefile: PIPELINE,
      'more.mk': MORE,
      'train.py': COPY,
      'report.py': COPY,
      'data/a.csv': 'x\n1\n',
      'data/b.csv': 'x\n2\n',
    });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }

  const place = (): MakePlace => ({ cwd: root, makefile: 'Makefile' });

  async function detect(): Promise<Project> {
    const projects = await detectProjects(root);
    assert.ok(projects.ok);
    const [project] = projects.value;
    assert.ok(project);
    return project;
  }

  function runByMake(project: Project, names: readonly string[], force: boolean) {
    return runStages({
      project,
      stages: project.stages.filter(({ name }) => names.includes(name)),
      stateFolder: join(root, '.state'),
      jobs: 1,
      force,
      signal: new AbortController().signal,
      onEvent: () => {},
      environment: undefined,
    });
  }

  /** The files that make would remake, asked one by one, against those that we call not fresh. */
  async function assertSameStatus(what: string): Promise<void> {
    const project = await detect();
    const statuses = await readStatus(project, join(root, '.state'));
    for (const { name, id } of project.stages) {
      const isFresh = isUpToDate(place(), name);
      const ours = statuses.find((one) => one.id === id)?.status;
      assert.equal(ours === 'fresh', isFresh, `${what}: ${name} is ${ours}, make says ${isFresh}`);
    }
  }

  it('has the targets that make has, with their commands', async () => {
    const { stages, problems } = await detect();
    assert.deepEqual(problems, []);
    const { targets } = readAllTargets(place(), ['all', 'export.txt']);
    const targetsOfMake = targets.map(({ name }) => name).sort();
    assert.deepEqual(stages.map(({ name }) => name).sort(), targetsOfMake);
    const train = stages.find(({ name }) => name === 'models/a.txt');
    const printed = execFileSync('make', ['-n', 'models/a.txt'], { cwd: root }).toString();
    assert.equal(
      train?.command,
      printed
        .trim()
        .split('\n')
        .map((line) => line.trim())
        .join('\n'),
    );
    assert.deepEqual(
      stages
        .filter(({ onRequest }) => onRequest === true)
        .map(({ name }) => name)
        .sort(),
      ['check', 'clean', 'export.txt', 'help'],
    );
  });

  const later = (path: string): void => {
    const time = Date.now() / 1000 + 100;
    utimesSync(join(root, path), time, time);
  };
  const edits: Readonly<Record<string, () => void>> = {
    nothing: () => {},
    'a touched input': () => later('data/a.csv'),
    'a touched script': () => later('train.py'),
    'a missing output': () => rmSync(join(root, 'models/b.txt')),
    'a missing folder that only has to be there': () =>
      rmSync(join(root, 'out'), { recursive: true }),
    'a new input': () => write({ 'data/c.csv': 'x\n3\n' }),
    'an input that is gone': () => rmSync(join(root, 'data/b.csv')),
    'a touched output in the middle': () => later('models/a.txt'),
    'another recipe, which make does not notice': () =>
      write({ Makefile: PIPELINE.replace('# learns', '# learns more') }),
    'another prerequisite': () =>
      write({ Makefile: PIPELINE.replace('train.py\n', 'train.py more.mk\n') }),
    'a touched order-only folder': () => later('out'),
    'a condition that holds now': () => write({ Makefile: `VERBOSE = 1\n${PIPELINE}` }),
  };
  for (const [what, edit] of Object.entries(edits)) {
    it(`is as fresh as make says after ${what}`, async () => {
      execFileSync('make', ['all', 'export.txt'], { cwd: root });
      edit();
      await assertSameStatus(what);
    });
  }

  it('is not called fresh where only a shell could tell what it needs', async () => {
    write({
      Makefile: `all: out.txt $(shell echo no.txt)
no.txt out.txt: $(shell ls data/*.csv) train.py
\tpython3 train.py data/a.csv > $@
`,
    });
    execFileSync('make', ['all'], { cwd: root });
    const read = async () => {
      const statuses = await readStatus(await detect(), join(root, '.state'));
      return Object.fromEntries(
        statuses.map(({ id, status, reasons }) => [id, [status, reasons[0]]]),
      );
    };
    const reason = 'only make knows what $(shell ls data/*.csv) is';
    assert.ok(isUpToDate(place(), 'out.txt'));
    assert.deepEqual((await read())['out.txt'], ['unknown', reason]);
    later('data/b.csv');
    assert.ok(!isUpToDate(place(), 'out.txt'));
    assert.deepEqual((await read())['out.txt'], ['unknown', reason]);
    assert.equal((await read())['all']?.[0], 'unknown');
    // What is known to be newer makes it stale all the same.
    later('train.py');
    assert.deepEqual((await read())['out.txt'], ['stale', 'train.py is newer than out.txt']);
  });

  it('is as fresh as make says where nothing has run', () => assertSameStatus('nothing has run'));

  it('runs a target by its makefile where the script of its recipe is evidence as well', async () => {
    write({
      'learn.py': `with open('data/a.csv') as source, open('model.txt', 'w') as target:
    target.write(source.read())
`,
      Makefile: 'model.txt: learn.py data/a.csv\n\tpython3 learn.py\n',
    });
    const project = await detect();
    const stage = project.stages.find(({ name }) => name === 'model.txt');
    assert.deepEqual(
      stage?.evidence.map(({ file }) => file),
      ['Makefile', 'learn.py'],
    );
    const [run] = await runByMake(project, ['model.txt'], false);
    assert.equal(run?.status, 'succeeded');
  });

  it('runs the pipeline by make, and one target alone where it is forced', async () => {
    const project = await detect();
    const pipeline = project.stages
      .filter(({ onRequest }) => onRequest !== true)
      .map(({ name }) => name);
    const runs = await runByMake(project, pipeline, false);
    // `all` is but a name: what it needs has been made.
    assert.deepEqual(
      runs.map(({ stage, status }) => [stage, status]),
      pipeline.map((stage) => [stage, stage === 'all' ? 'skipped' : 'succeeded']),
    );
    assert.ok(existsSync(join(root, 'out/report.txt')));
    const before = readFileSync(join(root, 'out/report.txt'), 'utf8');
    write({ 'models/a.txt': 'kept' });
    later('models/a.txt');
    later('out/report.txt');
    const [forced] = await runByMake(project, ['out/report.txt'], true);
    assert.equal(forced?.status, 'succeeded');
    // The model was not made again, and the report was.
    assert.equal(readFileSync(join(root, 'models/a.txt'), 'utf8'), 'kept');
    assert.notEqual(readFileSync(join(root, 'out/report.txt'), 'utf8'), before);
  });

  it('gets values of variables as they are, and none that changes make itself', async () => {
    const recipe = "\tpython3 train.py $<\n\t@printf %s '$(TEXT)' > $@\n";
    write({ Makefile: `TEXT = none\ndata/out.csv: train.py\n${recipe}` });
    const project = await detect();
    const stage = project.stages.find(({ name }) => name === 'data/out.csv');
    assert.ok(stage);
    const text = '$(shell touch pwned) $$ ${HOME} #1';
    const setting = await prepareSetting(stage, root, [{ key: 'TEXT', text }]);
    assert.ok(setting.ok);
    const [run] = await runStages({
      project,
      stages: [stage],
      stateFolder: join(root, '.state'),
      jobs: 1,
      force: false,
      setting: setting.value,
      signal: new AbortController().signal,
      onEvent: () => undefined,
      environment: undefined,
    });
    assert.equal(run?.status, 'succeeded');
    assert.equal(readFileSync(join(root, 'data/out.csv'), 'utf8'), text);
    assert.equal(existsSync(join(root, 'pwned')), false);
    for (const key of ['--eval', '-f', 'MAKEFLAGS', 'SHELL', 'A B', '']) {
      const refused = await prepareSetting(stage, root, [{ key, text: '-n' }]);
      assert.equal(!refused.ok && refused.problem.code, 'parameter-unknown', key);
    }
  });
});

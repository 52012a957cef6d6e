import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runStages } from '../../src/pipeline/run/runStages';
import { readStatus } from '../../src/pipeline/status/status';
import type { Project } from '../../src/project/project';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { detectAt } from '../unit/project/makeProject';
import { isUpToDate, readAllTargets, readExplicitTargets, type MakePlace } from './makeDatabase';

const LEARN = '\n\tpython3 learn.py > $@\n';

/** Ways to write targets, each with the files that are there, the oldest first. */
const MAKEFILES: Readonly<Record<string, readonly [text: string, files: readonly string[]]>> = {
  'names that are not phony, with nothing to do': [
    `all: a.txt
a.txt: b.txt${LEARN}after.txt: all${LEARN}forced.txt: FORCE${LEARN}ordered.txt: a.txt | all${LEARN}FORCE:
empty.txt: ;
after_empty.txt: empty.txt${LEARN}more:: all
after_more.txt: more${LEARN}`,
    [
      'b.txt',
      'a.txt',
      'after.txt',
      'forced.txt',
      'ordered.txt',
      'after_empty.txt',
      'after_more.txt',
    ],
  ],
  'phony names in front of files': [
    `.PHONY: setup data only_named
setup: ; pip install -r requirements.txt
data: a.txt
a.txt: b.txt${LEARN}model.txt: data${LEARN}other.txt: setup${LEARN}ordered.txt: | setup data${LEARN}`,
    ['b.txt', 'a.txt', 'model.txt', 'other.txt', 'ordered.txt'],
  ],
  'files without a recipe': [
    `there.txt: a.txt
a.txt: b.txt${LEARN}after.txt: there.txt${LEARN}lost: none.txt
found: b.txt`,
    ['there.txt', 'after.txt', 'b.txt', 'a.txt'],
  ],
  'hidden files, and paths that begin with a dot': [
    `./model.txt: ././b.txt .env${LEARN}.env: b.txt\n\tcp b.txt .env
.venv/done: .env\n\ttouch $@
./out/%.txt: ./%.csv${LEARN}both: ./out/c.txt out/c.txt`,
    ['b.txt', '.env', 'model.txt', 'c.csv', 'out/c.txt'],
  ],
  'rules that are made of templates': [
    `MODELS := svm tree
define train
models/$(1).pkl: learn.py data/$(1).csv
	python3 learn.py $(1) > $$@
MADE += models/$(1).pkl
endef
define named
single.txt: b.txt
endef
$(foreach m,$(MODELS),$(eval $(call train,$(m))))
$(info $(MADE))
$(eval include more.mk)
$(call named)
ifdef MADE
all: $(MADE) more.txt
endif
`,
    ['b.txt', 'learn.py', 'data/svm.csv', 'data/tree.csv', 'models/svm.pkl'],
  ],
};

/** GNU make itself says which targets there are and which are up to date. */
describe('targets of make', function () {
  this.timeout(60_000);
  const folder = makeTemporaryFolder('make-targets');
  after(() => removeTemporaryFolder(folder));

  function prepare(name: string): string {
    const root = join(folder, name.replaceAll(' ', '-'));
    const [text, files] = MAKEFILES[name] ?? ['', []];
    const contents = [
      ['Makefile', text],
      ['more.mk', `more.txt: b.txt${LEARN}`],
    ] as const;
    for (const [at, path] of [...contents.map(([path]) => path), ...files].entries()) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), contents.find(([one]) => one === path)?.[1] ?? 'x\n');
      utimesSync(join(root, path), 1_700_000_000 + at, 1_700_000_000 + at);
    }
    return root;
  }

  for (const name of Object.keys(MAKEFILES)) {
    it(`are the same, and as fresh: ${name}`, async () => {
      const root = prepare(name);
      const place: MakePlace = { cwd: root, makefile: 'Makefile' };
      const project = await detectAt(root);
      const goals = readExplicitTargets(place).targets.map((target) => target.name);
      const told = readAllTargets(place, goals).targets.filter(({ isBare }) => !isBare);
      const targets = new Set(told.map((target) => target.name));
      const stages = project.stages.filter(({ tool }) => tool === 'make');
      assert.deepEqual(stages.map((stage) => stage.name).sort(), [...targets].sort());
      const statuses = await readStatus(project, join(root, '.state'));
      const ours = statuses.map(({ id, status, reasons }) => [id, status === 'fresh', reasons]);
      const theirs = statuses.map(({ id, reasons }) => [id, isUpToDate(place, id), reasons]);
      assert.deepEqual(ours, theirs);
    });
  }

  it('are remade where they need a name that is no file, although they are newer than all', async () => {
    const root = prepare('phony names in front of files');
    writeFileSync(join(root, 'learn.py'), 'print("learnt")\n');
    const project: Project = await detectAt(root);
    const stages = project.stages.filter(({ name }) => name === 'model.txt');
    const [run] = await runStages({
      project,
      stages,
      stateFolder: join(root, '.state'),
      jobs: 1,
      force: false,
      signal: new AbortController().signal,
      onEvent: () => {},
      environment: undefined,
    });
    assert.equal(run?.status, 'succeeded');
    assert.equal(readFileSync(join(root, 'model.txt'), 'utf8'), 'learnt\n');
  });
});

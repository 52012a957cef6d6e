import assert from 'node:assert/strict';
import { MakeVariables } from '../../../src/project/make/makeVariables';
import { detectIn, stageOf } from './makeProject';

const expand = (definitions: Readonly<Record<string, string>>, text: string): string => {
  const variables = new MakeVariables({ wildcard: () => [] });
  for (const [name, value] of Object.entries(definitions)) variables.set(name, value, true);
  return variables.expand(text);
};

describe("the values of make's references", () => {
  // Each as GNU make 4.3 prints it with $(info …).
  const cases: readonly (readonly [string, string])[] = [
    ['$(subst ee,EE,feet on the street)', 'fEEt on the strEEt'],
    ['$(patsubst %.c,%.o,x.c.c bar.c)', 'x.c.o bar.o'],
    ['$(A:.c=.o) ${A:%.c=lib/%.o}', 'one.o two.o lib/one.o lib/two.o'],
    ['$(filter %.c %.s,foo.c bar.c baz.s ugh.h)', 'foo.c bar.c baz.s'],
    ['$(filter-out one.c,$(A))', 'two.c'],
    ['$(sort foo bar lose foo)', 'bar foo lose'],
    ['$(word 2,a b c)$(words a b)$(firstword x y)$(lastword x y)', 'b2xy'],
    ['$(wordlist 2,3,a b c d)', 'b c'],
    ['$(dir src/foo.c hacks) $(notdir src/foo.c hacks)', 'src/ ./ foo.c hacks'],
    ['$(suffix src/foo.c src-1.0/bar hacks) $(basename src/foo.c)', '.c src/foo'],
    ['$(addsuffix .c,foo bar) $(addprefix src/,foo bar)', 'foo.c bar.c src/foo src/bar'],
    ['$(join a b,.c .o)', 'a.c b.o'],
    ['$(foreach x,a b,<$(x)>)', '<a> <b>'],
    ['$(if $(A),yes,no)$(if ,yes,no)$(or ,x)$(and a,b)', 'yesnoxb'],
    ['$(call swap,1,2) $(call filter,a,a b)', '2-1 a'],
    ['$(strip  a   b ) $$HOME', 'a b $HOME'],
    ['$($(NAME))', 'one.c two.c'],
    ['$(undefined)|', '|'],
  ];
  for (const [text, value] of cases) {
    it(`are those of make: ${text}`, () => {
      const swap = '$(2)-$(1)';
      assert.equal(expand({ A: 'one.c two.c', NAME: 'A', swap }, text), value);
    });
  }

  it('are left as they are written where only running could tell', () => {
    assert.equal(expand({}, 'a $(shell touch pwned) $(HOME)'), 'a $(shell touch pwned) $(HOME)');
    assert.equal(expand({ A: '$(shell date)' }, 'x-$(A)'), 'x-$(shell date)');
    const list = "${shell ls a/*.csv | awk '{print $1}' | sort}";
    assert.equal(expand({ L: list }, 'b/$(notdir $(L) c/d)'), `b/$(notdir ${list}) d`);
    assert.equal(expand({ L: list }, '$(filter %.py,a.py $(L) b.c)'), `a.py ${list}`);
    assert.equal(expand({ L: list }, '$(lastword a $(L)).gz'), '$(lastword a $(L)).gz');
    assert.equal(expand({ L: list }, '$(suffix a.b $(L) c)'), `.b $(suffix ${list})`);
  });
});

describe('makefiles', () => {
  it('of programs that have nothing to do with data are no pipelines', async () => {
    const makefile = 'all: main.o\n\tcc -o main main.o\nmain.o: main.c\ntest: ; ./run-tests.sh\n';
    const project = await detectIn({ Makefile: makefile, 'main.c': '' });
    assert.deepEqual(
      project.stages.filter(({ tool }) => tool === 'make'),
      [],
    );
  });

  it('with help as their goal have the work on data as their pipeline', async () => {
    const makefile = `.PHONY: help requirements data train lint
help: ; @echo help
requirements:
	pip install -r requirements.txt
data: requirements
	python src/make_dataset.py
train: data
	python src/train.py
lint: ; flake8
clean: ; rm -rf data
`;
    const { stages } = await detectIn({
      Makefile: makefile,
      'src/train.py': '',
      'src/make_dataset.py': '',
    });
    assert.deepEqual(
      stages.filter(({ onRequest }) => onRequest !== true).map(({ name }) => name),
      ['requirements', 'data', 'train'],
    );
    assert.deepEqual(stages.find(({ name }) => name === 'train')?.needs, ['data']);
  });

  it('have what they call everything as their pipeline, wherever it stands', async () => {
    const makefile = `train: ; python train.py
predict: ; python predict.py
report: ; python report.py
pipeline: train predict
`;
    const { stages } = await detectIn({ Makefile: makefile });
    assert.deepEqual(
      stages.filter(({ onRequest }) => onRequest === true).map(({ name }) => name),
      ['report'],
    );
  });

  it('have it as well where no name says what it does, and nothing needs itself', async () => {
    const { stages } = await detectIn({
      Makefile: 'all: a.txt\na.txt: a.txt b.py\n\tpython b.py\nc.txt:\n\tpython c.py\n',
    });
    assert.deepEqual(
      stages.filter(({ onRequest }) => onRequest !== true).map(({ name }) => name),
      ['all', 'a.txt'],
    );
    assert.deepEqual(stages.find(({ name }) => name === 'a.txt')?.dependencies, ['b.py']);
  });

  it('have no targets whose names only a shell could tell', async () => {
    const { stages, problems } = await detectIn({
      Makefile: `NEWEST = \${notdir \${shell ls models/*.zip | awk '{print $$1}' | sort}}
train: out/model.txt
	python train.py
out/\${NEWEST}/model.txt \${lastword \${NEWEST}}: train.py
	python train.py > $@
out/model.txt: train.py
	python train.py > $@
`,
      'train.py': 'import pandas\n',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      stages.flatMap(({ tool, name }) => (tool === 'make' ? [name] : [])),
      ['train', 'out/model.txt'],
    );
  });

  it('never run anything, and keep hostile names as they are', async () => {
    const makefile = `all: with\\ space.csv $(shell touch pwned)
with\\ space.csv: $$(touch\\ pwned).txt 'quoted'
	python a.py '$$(touch pwned)' $(call nothing,\`id\`)
`;
    const project = await detectIn({ Makefile: makefile });
    const stage = stageOf(project, 'with space.csv');
    assert.deepEqual(stage.outputs, ['with space.csv']);
    assert.equal(stage.command, "python a.py '$(touch pwned)'");
  });

  it('whose calls have no end, or double with each level, say where and end', async () => {
    const doubling = Array.from({ length: 50 }, (_, at) => `A${at + 1} = $(A${at})$(A${at})`);
    const project = await detectIn({
      Makefile: [
        'F = $(call F,$(1)x)',
        'G = $(if $(1),$(call G,$(wordlist 2,99,$(1)))$(call G,$(wordlist 2,99,$(1))))',
        'A0 =',
        ...doubling,
        'm.pkl: data.csv $(A50)',
        '\tpython train.py',
        'x: $(call F,x)',
        `y: $(call G,${'w '.repeat(50)})`,
        '',
      ].join('\n'),
    });
    assert.equal(stageOf(project, 'm.pkl').kind, 'train');
    assert.deepEqual(
      project.problems.map(({ code, line }) => [code, line]),
      [
        ['make-variable-recursive', 56],
        ['make-variable-recursive', 57],
      ],
    );
  });

  it('that make themselves again without end say so once', async () => {
    const project = await detectIn({
      Makefile: `define double
$$(foreach i,1 2 3 4 5 6 7 8 9,$$(eval $$(call double,$$(i))))
endef
$(eval $(call double,1))
define again
$$(eval $$(value again))
endef
$(eval $(again))
all: data.csv
	python train.py
`,
    });
    assert.equal(stageOf(project, 'all').command, 'python train.py');
    assert.deepEqual(
      project.problems.map(({ code, line }) => [code, line]),
      [['make-variable-recursive', 4]],
    );
  });

  it('of several folders have names of their own, beside those of other tools', async () => {
    const rule = 'train: ; python train.py\n';
    const project = await detectIn({
      'a/Makefile': rule,
      'b/Makefile': rule,
      'b/GNUmakefile': rule.replace('train:', 'fit:'),
    });
    assert.deepEqual(
      project.stages.filter(({ tool }) => tool === 'make').map(({ id, cwd }) => [id, cwd]),
      [
        ['a/Makefile:train', 'a'],
        ['b/GNUmakefile:fit', 'b'],
      ],
    );
  });

  const problemsOf = async (files: Readonly<Record<string, string>>) => {
    const { problems } = await detectIn(files);
    return problems.map(({ code, file, line }) => [code, file, line]);
  };
  const run = 'train: ; python train.py\n';

  it('that are half-written say where, and are read all the same', async () => {
    assert.deepEqual(await problemsOf({ Makefile: `${run}define x\necho` }), [
      ['make-invalid', 'Makefile', 2],
    ]);
    assert.deepEqual(await problemsOf({ Makefile: `${run}ifeq (a,a)\nx: ; python y.py\n` }), [
      ['make-invalid', 'Makefile', undefined],
    ]);
    assert.deepEqual(await problemsOf({ Makefile: `${run}eval:\n    python missing tab\n` }), [
      ['make-invalid', 'Makefile', 3],
    ]);
    assert.deepEqual(await problemsOf({ Makefile: `A = $(B)\nB = $(A)\nC := $(A)\n${run}` }), [
      ['make-variable-recursive', 'Makefile', 3],
    ]);
    assert.deepEqual(await problemsOf({ Makefile: `include no.mk\n-include no2.mk\n${run}` }), [
      ['make-include-missing', 'Makefile', 1],
    ]);
  });

  it('that include one another, or are no text, end', async () => {
    assert.deepEqual(
      await problemsOf({
        Makefile: `include a.mk\n${run}`,
        'a.mk': 'include Makefile\ninclude a.mk\n',
      }),
      [],
    );
    const binary = await detectIn({ Makefile: `${run}\0\0` });
    assert.deepEqual(binary.stages, []);
  });

  it('of ten thousand rules, and long chains of them, are read', async () => {
    const rules = Array.from(
      { length: 10_000 },
      (_, at) => `t${at}: t${at + 1}\n\tpython s.py $< $@\n`,
    );
    const project = await detectIn({ Makefile: `all: t0\n${rules.join('')}` });
    assert.equal(project.stages.filter(({ tool }) => tool === 'make').length, 10_001);
  });
});

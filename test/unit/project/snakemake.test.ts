import assert from 'node:assert/strict';
import { orderStages } from '../../../src/pipeline/graph/graph';
import { buildGraph } from '../../../src/pipeline/graph/stageGraph';
import { detectIn, lineOf, stageOf } from './makeProject';

const SNAKEFILE = `configfile: "config.yaml"

SAMPLES = config["samples"]

include: "rules/train.smk"

rule all:
    input: expand("out/{s}.txt", s=SAMPLES), "models/best.joblib"

rule prepare_data:
    input: "raw/{sample}.csv"
    output: temp("data/{sample,[a-z]+}.csv")
    threads: 4
    resources: mem_mb=2000, gpu=1
    shell: "python scripts/clean.py {input} > {output}"

rule filter:
    input: "data/{s}.csv"
    output: "data/{s}.filtered.csv"
    shell: "cp {input} {output}"

rule norm:
    input: "data/{s}.filtered.csv"
    output: "out/{s}.txt"
    run:
        shell("sort {input} > {output}")

rule plot:
    input: "out/{s}.txt"
    output: "plots/{s}.png"
    script: "scripts/plot.R"
`;
const TRAIN = `def data(wildcards):
    return ["data/%s.filtered.csv" % s for s in config["samples"]]

rule fit_model:
    input: data
    output: "models/best.joblib"
    params: lr=config["train"]["lr"]
    script: "../scripts/train.py"
`;
const FILES = {
  Snakefile: SNAKEFILE,
  'rules/train.smk': TRAIN,
  'config.yaml': 'samples: [a, b]\ntrain: {lr: 0.1}\n',
  'scripts/train.py': 'import pandas\n',
  'scripts/clean.py': '',
  'scripts/plot.R': '',
  'raw/a.csv': 'x\n',
  'raw/b.csv': 'x\n',
};

describe('Snakemake workflows', () => {
  it('are stages with what their rules read, write and run, where they stand', async () => {
    const project = await detectIn(FILES);
    assert.deepEqual(project.problems, []);
    assert.deepEqual(
      project.stages.map(({ id }) => id),
      ['all', 'prepare_data', 'filter', 'norm', 'plot', 'fit_model'],
    );
    const prepare = stageOf(project, 'prepare_data');
    assert.deepEqual(prepare.source, {
      file: 'Snakefile',
      line: lineOf(SNAKEFILE, 'rule prepare'),
    });
    assert.deepEqual(prepare.dependencies, ['raw/{sample}.csv']);
    assert.deepEqual(prepare.outputs, ['data/{sample}.csv']);
    assert.equal(prepare.command, 'python scripts/clean.py raw/{sample}.csv > data/{sample}.csv');
    assert.equal(prepare.kind, 'prepare');
    assert.deepEqual(prepare.resources, { cpus: 4, memory: 2e9, gpus: 1 });
    const fit = stageOf(project, 'fit_model');
    assert.deepEqual(fit.source, { file: 'rules/train.smk', line: 4 });
    assert.equal(fit.command, 'python scripts/train.py');
    assert.deepEqual(fit.dependencies, ['data/a.filtered.csv', 'data/b.filtered.csv']);
    assert.deepEqual(fit.parameters, ['config.yaml:samples', 'config.yaml:train.lr']);
    assert.equal(stageOf(project, 'norm').command, 'sort {input} > {output}');
    assert.deepEqual(
      project.models.map(({ path }) => path),
      ['models/best.joblib'],
    );
  });

  it('are joined as Snakemake matches wildcards, without cycles of likeness', async () => {
    const { stages } = await detectIn(FILES);
    const { upstream } = buildGraph(stages);
    assert.deepEqual(Object.fromEntries(upstream), {
      all: ['norm', 'fit_model'],
      prepare_data: [],
      filter: ['prepare_data'],
      norm: ['filter'],
      plot: ['norm'],
      fit_model: ['filter'],
    });
    assert.deepEqual(
      stages.filter((stage) => stage.onRequest).map(({ id }) => id),
      ['plot'],
    );
  });

  it('need each other only where their files do: patterns that fit what is made of them are no circle', async () => {
    const { stages } = await detectIn({
      Snakefile: `def named_elsewhere(wildcards):
    return samples_of(wildcards)
rule all:
    input: named_elsewhere
rule odds:
    output: "calls/{sample}.{kind}.odds.bcf"
    shell: "touch {output}"
rule control:
    input: "calls/{sample}.{kind}.odds.bcf"
    output: "calls/{sample}.{kind}.controlled.bcf"
    shell: "cp {input} {output}"
rule merge:
    input: "calls/{sample}.{kind}.controlled.bcf"
    output: "calls/{sample}.{kind}.bcf"
    shell: "cp {input} {output}"
rule sums:
    input: "steps/{step}.half"
    output: "steps/{step}.sum"
    shell: "cp {input} {output}"
rule halves:
    input: "steps/{step}.sum"
    output: "steps/{step}.half"
    shell: "cp {input} {output}"
`,
    });
    assert.deepEqual(
      stages.map(({ name, needs }) => [name, needs]),
      [
        ['all', []],
        ['odds', []],
        ['control', ['odds']],
        ['merge', ['control']],
        ['sums', []],
        ['halves', []],
      ],
    );
    assert.ok(orderStages(stages).ok);
  });

  it('need each other where they name each other’s files, which Snakemake refuses', async () => {
    const { stages } = await detectIn({
      Snakefile:
        'rule a:\n    input: "b"\n    output: "a"\n    shell: "cp b a"\nrule b:\n    input: "a"\n    output: "b"\n    shell: "cp a b"\n',
    });
    const ordered = orderStages(stages);
    assert.ok(!ordered.ok);
    assert.equal(ordered.problem.code, 'stage-cycle');
  });

  it('need each other as surely as the surest of their files says', async () => {
    const { stages } = await detectIn({
      Snakefile: `import outside
part = outside.name()
rule a:
    input: f"{part}.x", "b"
    output: "a"
    shell: "cp b a"
rule b:
    input: "a"
    output: f"{part}.x", "b"
    shell: "cp a b"
`,
    });
    assert.equal(orderStages(stages).ok, false);
  });

  it('read both ways of a condition that is not known, and one of a known one', async () => {
    const project = await detectIn({
      Snakefile: `import sys
configfile: "c.yaml"
if config["big"]:
    rule big:
        output: "big"
        shell: "touch big"
else:
    rule small:
        output: "small"
        shell: "touch small"
if sys.argv:
    rule one:
        output: "one"
        shell: "touch one"
else:
    rule one:
        output: "one"
        shell: "touch other"
    rule two:
        output: "two"
        shell: "touch two"
`,
      'c.yaml': 'big: no\n',
    });
    assert.deepEqual(
      project.stages.map(({ id }) => id),
      ['small', 'one', 'two'],
    );
    assert.deepEqual(project.problems, []);
  });

  it('take rules of modules and of other rules by their new names', async () => {
    const project = await detectIn({
      Snakefile: `module other:
    snakefile: "other/Snakefile"
    prefix: "sub"
use rule * from other exclude c as other_*
use rule a from other as other_a with:
    output: "changed/{x}.txt"
rule last:
    input: rules.other_b.output, "changed/1.txt"
`,
      'other/Snakefile': `rule a:
    output: "{x}.txt"
    shell: "touch {output}"
rule b:
    input: "1.txt"
    output: "b.txt"
    shell: "cp {input} {output}"
rule c:
    output: "c"
    shell: "touch {output}"
`,
    });
    assert.deepEqual(project.problems, []);
    assert.deepEqual(project.stages.map(({ name }) => name).sort(), ['last', 'other_a', 'other_b']);
    assert.deepEqual(stageOf(project, 'other_b').outputs, ['sub/b.txt']);
    // Snakemake 9 puts the prefix before what the module says, and not before what `with` says.
    assert.deepEqual(stageOf(project, 'other_a').outputs, ['changed/{x}.txt']);
  });

  it('have ids of their own beside other pipelines, and in folders', async () => {
    const rule = 'rule all:\n    output: "x"\n    shell: "touch x"\n';
    const project = await detectIn({
      Snakefile: rule,
      Makefile: 'all:\n\ttouch x\n',
      'sub/workflow/Snakefile': rule,
    });
    const own = project.stages.filter(({ tool }) => tool === 'snakemake');
    assert.deepEqual(
      own.map(({ id, cwd }) => [id, cwd]),
      [
        ['Snakefile:all', '.'],
        ['sub/workflow/Snakefile:all', 'sub'],
      ],
    );
  });
});

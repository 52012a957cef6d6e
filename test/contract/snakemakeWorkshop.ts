import { utimes } from 'node:fs/promises';
import type { EditedProject, Edits } from './pipelineEdits';

/** A Snakemake workflow that does little, in many of the ways that the language knows. */
export const SNAKEMAKE_FILES: Readonly<Record<string, string>> = {
  'config/config.yaml': `# what is run
samples: [a, b]
alpha: 0.1
train: {lr: 1.0e-3, depth: 3, names: [x, "y z"]}
switch: yes
`,
  'workflow/Snakefile': `from pathlib import Path

configfile: "config/config.yaml"

SAMPLES = config["samples"]
OUT = Path("results")

wildcard_constraints:
    sample=r"[a-z]+",

include: "rules/prepare.smk"
include: "rules/train.smk"

rule all:
    input:
        expand("results/{sample}/score.json", sample=SAMPLES),
        OUT / "summary.txt",
        "results/table.csv",
        "results/notes.txt" if config["switch"] else "results/none.txt",

rule summary:
    """Collects."""
    input:
        scores=expand(rules.score.output[0], sample=SAMPLES),
        parts="results/parts",
    output: "results/summary.txt"
    params:
        title=f"lr {config['train']['lr']}",
        names=config["train"]["names"],
    log: "logs/summary.log"
    script: "scripts/summarise.py"

rule parts:
    output: directory("results/parts")
    shell: "mkdir -p {output} && echo 1 > {output}/one.txt"

rule report:
    input: "results/summary.txt"
    output: "results/report.txt"
    shell: "cp {input} {output}"

use rule report as report_table with:
    input: "results/table.csv"
    output: "results/report_table.txt"

rule clean:
    shell: "rm -rf results"

onsuccess:
    print("done")
`,
  'workflow/rules/prepare.smk': `def raw_of(wildcards):
    folder = "raw" if config["switch"] else "other"
    return f"{folder}/{wildcards.sample}.csv"

rule prepare:
    input:
        raw_of,
        config=ancient("config/columns.txt"),
    output:
        "data/{sample}.csv"
    benchmark: "bench/{sample}.tsv"
    shell:
        """
        # {{comment}}
        cat {input[0]} > {output}
        """

rule split:
    input: "data/{sample}.csv"
    output: multiext("data/{sample}.split", ".train", ".test")
    shell: "cp {input} {output[0]}; cp {input} {output[1]}"

rule notes:
    input: "raw/a.csv"
    output: temp("data/notes.tmp")
    shell: "echo note > {output}"

rule keep_notes:
    input: rules.notes.output
    output: touch("results/notes.txt")
`,
  'workflow/rules/train.smk': `rule fit:
    input:
        train="data/{sample}.split.train",
    output:
        model=protected("results/{sample}/model.txt"),
    params:
        lr=config["train"]["lr"],
        depth=lambda wildcards: config["train"]["depth"],
        label=lambda wildcards, input: input.train,
        alpha=config.get("alpha", 1),
    threads: 2
    resources: mem_mb=100
    run:
        # Copies.
        def name(path):
            return path + "!"

        with open(output.model, "w") as f:
            f.write(str(params.lr))
            f.write(
                name("x")
            )

rule score:
    input:
        model=rules.fit.output.model,
        test="data/{sample}.split.test",
    output: "results/{sample}/score.json"
    params: "{sample}-score"
    shell: "cat {input.model} {input.test} > {output}"

ruleorder: table > table_again

rule table:
    input: expand("data/{s}.csv", s=sorted(SAMPLES))
    output: "results/table.csv"
    shell:
        "cat {input} "
        f"> {{output}} # {config['alpha']}"

rule table_again:
    input: "config/columns.txt"
    output: "results/{name}.csv"
    shell: "cp {input} {output}"
`,
  'workflow/scripts/summarise.py': `open(snakemake.output[0], "w").write(snakemake.params.title)\n`,
  'config/columns.txt': 'x\ny\n',
  'raw/a.csv': 'x,y\n1,2\n',
  'raw/b.csv': 'x,y\n3,4\n',
  'raw/c.csv': 'x,y\n5,6\n',
};

const RULES = 'workflow/rules/prepare.smk';
const TRAIN = 'workflow/rules/train.smk';
const CONFIG = 'config/config.yaml';
const MAIN = 'workflow/Snakefile';

/** Later than everything that has been made. */
const now = (): Date => new Date(Date.now() + 1000);

const touch = (project: EditedProject, path: string, time: Date): Promise<void> =>
  utimes(project.at(path), time, time);

export const SNAKEMAKE_EDITS: Edits = {
  nothing: async () => undefined,
  'touching an input': (p) => touch(p, 'raw/a.csv', now()),
  'changing an input': (p) => p.write('raw/a.csv', 'x,y\n7,8\n'),
  'changing an input that is ancient': (p) => p.write('config/columns.txt', 'z\n'),
  'an input with the time of long ago': async (p) => {
    await p.write('raw/b.csv', 'other\n');
    await touch(p, 'raw/b.csv', new Date(2001, 2, 3));
  },
  'touching an output in the middle': (p) => touch(p, 'data/a.csv', now()),
  'changing an output in the middle': (p) => p.write('data/a.csv', 'x\n'),
  'an output gone that a target is': (p) => p.remove('results/table.csv'),
  'an output gone that nobody needs now': (p) => p.remove('data/a.csv'),
  'an output gone that is needed': async (p) => {
    await p.remove('data/a.split.test');
    await p.remove('results/a/score.json');
  },
  'a folder gone': (p) => p.remove('results/parts'),
  'a file more in a folder': (p) => p.write('results/parts/two.txt', '2\n'),
  'a benchmark gone': (p) => p.remove('bench/a.tsv'),
  'all results gone': (p) => p.remove('results'),
  'a command': (p) => p.replace(RULES, 'cat {input[0]} >', 'cat  {input[0]} >'),
  'a comment in a command': (p) => p.replace(RULES, '# {{comment}}', '# {{another}}'),
  'a comment beside a command': (p) => p.replace(RULES, 'rule split:', '# Splits.\nrule split:'),
  'a line of code': (p) =>
    p.replace(TRAIN, 'f.write(str(params.lr))', 'f.write(str(params.lr) + "1")'),
  'a line of code more': (p) =>
    p.replace(
      TRAIN,
      'f.write(str(params.lr))',
      'f.write(str(params.lr))\n            f.write("more")',
    ),
  'a line of code less': (p) => p.replace(TRAIN, '            f.write(str(params.lr))\n', ''),
  'a comment in the code': (p) => p.replace(TRAIN, '# Copies.', '# Copies all.'),
  'a function inside the code': (p) => p.replace(TRAIN, 'return path + "!"', 'return path + "?"'),
  'the order of rules': (p) => p.replace(TRAIN, 'table > table_again', 'table_again > table'),
  'a script': (p) => p.append('workflow/scripts/summarise.py', '# more\n'),
  'a script touched': (p) => touch(p, 'workflow/scripts/summarise.py', now()),
  'a parameter': (p) => p.replace(CONFIG, 'alpha: 0.1', 'alpha: 0.2'),
  'a parameter written otherwise': (p) => p.replace(CONFIG, '1.0e-3', '0.001'),
  'a parameter that is text for Python': (p) => p.replace(CONFIG, '1.0e-3', '1e-3'),
  'a parameter of a function': (p) => p.replace(CONFIG, 'depth: 3', 'depth: 4'),
  'a number that is a text now': (p) => p.replace(CONFIG, 'depth: 3', 'depth: "3"'),
  'a list of parameters': (p) => p.replace(CONFIG, '"y z"', "it's"),
  'a parameter that nobody reads': (p) => p.append(CONFIG, 'other: 1\n'),
  'a param less': (p) => p.replace(TRAIN, '        alpha=config.get("alpha", 1),\n', ''),
  'a param with a wildcard': (p) => p.replace(TRAIN, '"{sample}-score"', '"{sample}-scores"'),
  'a param renamed': (p) =>
    p
      .replace(TRAIN, 'lr=config["train"]["lr"]', 'rate=config["train"]["lr"]')
      .then(() => p.replace(TRAIN, 'params.lr', 'params.lr'))
      .catch(() => undefined),
  'a param of an input': (p) =>
    p.replace(TRAIN, 'input: input.train,', 'input: input.train + "x",'),
  'a sample more': (p) => p.replace(CONFIG, '[a, b]', '[a, b, c]'),
  'a sample less': (p) => p.replace(CONFIG, '[a, b]', '[a]'),
  'a sample in another place': (p) => p.replace(CONFIG, '[a, b]', '[b, a]'),
  'an input more': (p) =>
    p.replace(
      RULES,
      '        config=ancient',
      '        "config/columns.txt",\n        config=ancient',
    ),
  'an input less': (p) =>
    p
      .replace(TRAIN, '        test="data/{sample}.split.test",\n', '')
      .then(() => p.replace(TRAIN, '{input.test} ', '')),
  'another function of the input': (p) =>
    p
      .replace(CONFIG, 'switch: yes', 'switch: no')
      .then(() => p.write('other/a.csv', '1\n'))
      .then(() => p.write('other/b.csv', '1\n'))
      .then(() => p.write('results/none.txt', '')),
  'more threads and memory': (p) => p.replace(TRAIN, 'threads: 2', 'threads: 1'),
  'a rule less, whose output is there': (p) => p.replace(RULES, /rule split:[^]*?\n\n/, ''),
  'a rule renamed': (p) =>
    p
      .replace(TRAIN, 'rule table:', 'rule tables:')
      .then(() => p.replace(TRAIN, 'table > table_again', 'tables > table_again')),
  'a target less': (p) => p.replace(MAIN, '        "results/table.csv",\n', ''),
  'a target more': (p) =>
    p.replace(
      MAIN,
      '        "results/table.csv",\n',
      '        "results/table.csv",\n        "results/report.txt",\n',
    ),
  'an output more': (p) =>
    p.replace(
      MAIN,
      'output: "results/summary.txt"',
      'output: "results/summary.txt", "results/more.txt"',
    ),
  'no records at all': (p) => p.remove('.snakemake'),
};

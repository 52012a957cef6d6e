import assert from 'node:assert/strict';
import { snakemakeTool } from '../../../src/pipeline/tools/snakemakeTool';
import { orderStages } from '../../../src/pipeline/graph/graph';
import { compilePattern, matchPattern } from '../../../src/project/snakemake/wildcards';
import { detectIn, stageOf } from './makeProject';

const RULE = 'rule first:\n    output: "a"\n    shell: "touch a"\n';

describe('damaged Snakefiles', () => {
  it('keep what stands before a string that is never closed', async () => {
    const text = `${RULE}\nrule second:\n    input: "a"\n    output: "b"\n    shell: """cp {input} {out`;
    const project = await detectIn({ Snakefile: text });
    assert.deepEqual(
      project.stages.map(({ id }) => id),
      ['first', 'second'],
    );
    assert.deepEqual(
      project.problems.map(({ code, line }) => [code, line]),
      [['snakemake-invalid', 8]],
    );
  });

  it('keep what stands after a bracket that is never closed', async () => {
    const project = await detectIn({
      Snakefile: `X = [1, (2\n\nrule all:\n    input: expand("a"\n\n${RULE}`,
    });
    assert.deepEqual(
      project.stages.map(({ id }) => id),
      ['all', 'first'],
    );
    assert.deepEqual(
      project.problems.map(({ line }) => line),
      [1, 4],
    );
  });

  it('say where a comma is missing, a keyword unknown, a rule twice, an include missing', async () => {
    const text = `include: "none.smk"\n${RULE}${RULE}rule third:\n    imput: "a"\n    input: "a"\n        "b" c\n`;
    const project = await detectIn({ Snakefile: text });
    assert.deepEqual(
      project.problems.map(({ code, line }) => [code, line]),
      [
        ['snakemake-include-missing', 1],
        ['snakemake-rule-twice', 5],
        ['snakemake-invalid', 9],
        ['snakemake-invalid', 11],
      ],
    );
    assert.deepEqual(
      project.stages.map(({ id }) => id),
      ['first', 'third'],
    );
  });

  it('report includes and modules that come back to themselves', async () => {
    const project = await detectIn({
      Snakefile: `include: "a.smk"\nmodule me:\n    snakefile: "Snakefile"\nuse rule * from me as me_*\n${RULE}`,
      'a.smk': 'include: "b.smk"\n',
      'b.smk': '\ninclude: "a.smk"\n',
    });
    assert.deepEqual(
      project.stages.map(({ id }) => id),
      ['first'],
    );
    assert.deepEqual(
      project.problems.map(({ code, file, line }) => [code, file, line]),
      [['snakemake-include-circular', 'b.smk', 2]],
    );
  });

  it('read tabs as Python does, and say where they are mixed', async () => {
    const project = await detectIn({
      Snakefile:
        'rule a:\n\toutput: "a"\n\tshell:\n\t\t"touch a"\nrule b:\n    output: "b"\n \tshell: "touch b"\n',
    });
    assert.deepEqual(
      project.stages.map(({ id, outputs }) => [id, outputs]),
      [
        ['a', ['a']],
        ['b', ['b*']],
      ],
    );
    assert.deepEqual(
      project.problems.map(({ line }) => line),
      [6, 7],
    );
  });

  it('never take hostile names for anything but words', async () => {
    const project = await detectIn({
      Snakefile: `rule evil:\n    name: "--unlock $(touch x)\\n'\\""\n    output: "$(touch y) 'z'.csv"\n    shell: "touch {output}"\n`,
    });
    const [stage] = project.stages;
    assert.equal(stage?.name, `--unlock $(touch x)\n'"`);
    assert.ok(stage);
    const invocation = snakemakeTool.invocation?.(stage, { force: true });
    assert.deepEqual(invocation?.arguments.slice(-3), [
      `--forcerun=${stage.name}`,
      '--',
      stage.name,
    ]);
  });

  it('read the braces of f-strings, and quotes in quotes', async () => {
    const project = await detectIn({
      Snakefile: `X = {"a": 1}\nrule a:\n    output: f"{{s}}/{X['a']}_{'y' * 2}.txt", f"{unknown}/{{s}}"\n    shell: "awk '{{print $1}}' > {output[0]}"\n`,
    });
    assert.deepEqual(stageOf(project, 'a').outputs, ['{s}/1_yy.txt', '*/{s}']);
    assert.equal(stageOf(project, 'a').command, "awk '{print $1}' > {s}/1_yy.txt");
  });

  it('are read to the end where they are cut anywhere', async () => {
    const whole = `configfile: "c.yaml"\nif config.get("x"):\n    include: f"{config['x']}.smk"\nfor i in range(3):\n    rule:\n        name: f"r{i}"\n        output: f"out/{i}.txt"\n        params: x=lambda w, input: "{}"\n        shell: """touch {output}\n        """\nuse rule r1 as r9 with:\n    output: "nine"\n`;
    for (let cut = 0; cut < whole.length; cut += 3) {
      const { stages } = await detectIn({ Snakefile: whole.slice(0, cut) });
      assert.ok(Array.isArray(stages));
    }
  });

  it('are joined in time: 2,000 rules in a row, each with a wildcard', async () => {
    const rules = Array.from(
      { length: 2000 },
      (_, at) =>
        `rule r${at}:\n    input: "d${at}/{s}.txt"\n    output: "d${at + 1}/{s}.txt"\n    shell: "cp {input} {output}"\n`,
    );
    const project = await detectIn({
      Snakefile: `rule all:\n    input: "d2000/a.txt"\n${rules.join('')}`,
      'd0/a.txt': '',
    });
    assert.equal(project.stages.length, 2001);
    assert.deepEqual(stageOf(project, 'r1999').needs, ['r1998']);
    assert.ok(orderStages(project.stages).ok);
  });

  it('match hostile wildcards in time', () => {
    const many = compilePattern('{a}_{b}_{c}_{d}_{e}_{f}_{g}_{h}.txt', new Map());
    assert.equal(matchPattern(many, `${'_'.repeat(1500)}.csv.txtx`), undefined);
    assert.equal(matchPattern(many, `${'_'.repeat(1500)}x.tx_t.txt`)?.get('h') !== undefined, true);
    const slow = compilePattern('{a,(x+x+)+y}', new Map());
    assert.ok(matchPattern(slow, 'x'.repeat(1000)) !== null);
  });
});

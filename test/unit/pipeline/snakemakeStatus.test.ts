import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readStatus } from '../../../src/pipeline/status/status';
import { SnakemakeRecords } from '../../../src/pipeline/snakemake/metadata';
import { stageToolOf } from '../../../src/pipeline/tools/stageTools';
import { detectAt, detectIn, stageOf, withFolder } from '../project/makeProject';

/** The status by rule of a project with these files. */
function statusIn(files: Readonly<Record<string, string>>) {
  return withFolder(files, async (root) => {
    const states = await readStatus(await detectAt(root), join(root, '.git', 'preflight'));
    return Object.fromEntries(states.map(({ id, status, reasons }) => [id, [status, ...reasons]]));
  });
}

// What the real Snakemake says is in test/contract/snakemake.test.ts.
describe('the status of Snakemake rules', () => {
  it('is never fresh where the files that a rule reads cannot be told', async () => {
    const states = await statusIn({
      Snakefile: `import pandas as pd
table = pd.read_csv("samples.tsv")
rule all:
    input: expand("out/{s}.txt", s=table.index)
rule copy:
    input: "in/{s}.txt"
    output: "out/{s}.txt"
    shell: "cp {input} {output}"
`,
    });
    assert.equal(states['all']?.[0], 'unknown');
    assert.deepEqual(states['copy']?.slice(0, 2), [
      'unknown',
      'which jobs it has cannot be told: which files all reads cannot be told from Snakefile:3',
    ]);
  });

  it('is never fresh where Snakemake could not read the workflow', async () => {
    const rest = '\nrule b:\n    output: "b"\n    shell: "touch b"\n';
    const broken: readonly string[] = [
      `rule a:\n    output: ("a"\n    shell: "touch a"\n${rest}`,
      `rule a:\n    output: "a" "\n${rest}`,
      `include: "nowhere.smk"\n${rest}`,
      `configfile: "config.yaml"\n${rest}`,
      `rule b:\n    output: "c"\n${rest}`,
    ];
    for (const Snakefile of broken) {
      const states = await statusIn({ Snakefile, a: '', b: '', 'config.yaml': '[' });
      assert.notDeepEqual(states, {}, Snakefile);
      for (const [status, reason] of Object.values(states)) {
        assert.equal(status, 'unknown', Snakefile);
        assert.match(reason ?? '', /Snakemake cannot read this workflow: .*:\d+/);
      }
    }
  });

  it('names the files that nothing makes', async () => {
    const states = await statusIn({
      Snakefile:
        'rule all:\n    input: "b"\nrule make:\n    input: "a"\n    output: "b"\n    shell: "cp a b"\n',
    });
    assert.deepEqual(states['make'], ['unknown', 'a is missing, and no rule makes it']);
  });

  it('survives rules that need each other, and records that are damaged', async () => {
    const states = await statusIn({
      Snakefile:
        'rule a:\n    input: "b"\n    output: "a"\n    shell: "cp b a"\nrule b:\n    input: "a"\n    output: "b"\n    shell: "cp a b"\n',
      '.snakemake/metadata/YQ==': '{"rule": "a", "input": [',
      '.snakemake/metadata/Yg==': '[]',
      a: '',
      b: '',
    });
    assert.deepEqual(Object.keys(states), ['a', 'b']);
  });

  it('finds the records of long paths, whose names are cut into folders', () =>
    withFolder({}, async (root) => {
      const output = `${'folder/'.repeat(60)}ü.txt`;
      const encoded = Buffer.from(output)
        .toString('base64')
        .replaceAll('/', '_')
        .replaceAll('+', '-');
      const record = join(
        root,
        '.snakemake',
        'metadata',
        `@${encoded.slice(0, 254)}`,
        `@${encoded.slice(254, 508)}`,
        encoded.slice(508),
      );
      await mkdir(dirname(record), { recursive: true });
      await writeFile(record, '{"rule": "long", "record_format_version": 6}');
      const records = new SnakemakeRecords(root);
      assert.equal(records.of(output)?.rule, 'long');
      assert.deepEqual(records.outputs(10), [output]);
      assert.equal(records.of('other'), undefined);
    }));

  it('runs rules of one folder one after the other', async () => {
    const rule = (name: string): string =>
      `rule ${name}:\n    output: "${name}"\n    shell: "touch ${name}"\n`;
    const project = await detectIn({
      'workflow/Snakefile': rule('a') + rule('b'),
      'sub/Snakefile': rule('c'),
    });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => {
      const stage = project.stages.find((one) => one.name === name);
      assert.ok(stage);
      return stageToolOf(stage).exclusive?.(stage);
    });
    assert.equal(a, b);
    assert.notEqual(a, c);
    const stage = project.stages.find((one) => one.name === 'a');
    assert.ok(stage);
    assert.equal(stageToolOf(stage).invocation?.(stage, { force: false }).cwd, '.');
    assert.ok(stageOf(project, stage.id));
  });
});

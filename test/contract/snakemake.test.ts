import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readStatus } from '../../src/pipeline/status/status';
import { snakemakeTool } from '../../src/pipeline/tools/snakemakeTool';
import { detectProject } from '../../src/project/detectProject';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { readOutput, run } from '../harness/childProcess';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { withPath } from '../harness/pythonEnvironment';
import { EditedProject } from './pipelineEdits';
import { readPlan, readRules } from './snakemakePlan';
import { SNAKEMAKE_EDITS, SNAKEMAKE_FILES } from './snakemakeWorkshop';

/** Rules, their status and their runs, against Snakemake itself. */
describe('Snakemake', function () {
  this.timeout(120_000);
  const folder = makeTemporaryFolder('snakemake');
  const pristine = join(folder, 'pristine');
  const edited = join(folder, 'edited');
  let env: NodeJS.ProcessEnv = {};

  const snakemake = (root: string, ...words: readonly string[]): Promise<string> =>
    readOutput('snakemake', words, { cwd: root, env });

  before(async () => {
    const bin = process.env['ML_PREFLIGHT_TEST_TOOLS'];
    assert.ok(
      bin,
      'ML_PREFLIGHT_TEST_TOOLS must name the bin folder of the environment of test/contract/requirements.txt.',
    );
    env = { ...withPath(bin), XDG_CACHE_HOME: join(folder, 'cache') };
    const project = new EditedProject(pristine);
    for (const [path, text] of Object.entries(SNAKEMAKE_FILES)) await project.write(path, text);
    await run('snakemake', ['--cores=1', '--quiet=all'], { cwd: pristine, env });
  });
  after(() => removeTemporaryFolder(folder));

  const edit = async (change: (project: EditedProject) => Promise<unknown>): Promise<void> => {
    await rm(edited, { recursive: true, force: true });
    await cp(pristine, edited, {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
    });
    await change(new EditedProject(edited));
  };

  it('lists the same rules', async () => {
    const listed = readRules(await snakemake(pristine, '--list-rules'));
    const { stages } = await detect(pristine);
    assert.deepEqual(stages.map(({ name }) => name).sort(), listed);
  });

  it('says that an input is missing which nothing makes, where Snakemake keeps what there is', async () => {
    await edit((project) => project.remove('raw/b.csv'));
    assert.deepEqual(readPlan(await snakemake(edited, '--dry-run', '--nocolor')), []);
    const prepare = (await readStatus(await detect(edited), join(edited, '.state'))).find(
      ({ id }) => id === 'prepare',
    );
    assert.deepEqual(prepare, {
      id: 'prepare',
      status: 'unknown',
      reasons: ['raw/b.csv is missing, and no rule makes it'],
    });
  });

  it('runs the jobs of one rule, with wildcards and without, although all is fresh', async () => {
    await edit(async () => undefined);
    const { stages } = await detect(edited);
    for (const name of ['split', 'summary', 'report']) {
      const stage = stages.find((one) => one.name === name);
      assert.ok(stage);
      const invocation = snakemakeTool.invocation?.(stage, { force: true });
      assert.ok(invocation);
      const plan = await snakemake(edited, '--dry-run', '--nocolor', ...invocation.arguments);
      assert.deepEqual(readPlan(plan), [name]);
      await snakemake(edited, '--quiet=all', ...invocation.arguments);
    }
    assert.deepEqual(
      await readOwnPlan(edited),
      readPlan(await snakemake(edited, '--dry-run', '--nocolor')),
    );
  });

  it('declares an interrupted run failed', async () => {
    await edit((project) =>
      project.replace(
        'workflow/Snakefile',
        'mkdir -p {output} && echo',
        'mkdir -p {output}; kill -9 $PPID; echo',
      ),
    );
    await assert.rejects(snakemake(edited, '--cores=1', '--quiet=all', 'results/parts'));
    const parts = (await readStatus(await detect(edited), join(edited, '.state'))).find(
      ({ id }) => id === 'parts',
    );
    assert.equal(parts?.status, 'failed');
  });

  it('would run the same rules of a module whose paths are changed, and of outputs with flags', async () => {
    const root = join(folder, 'modules');
    const project = new EditedProject(root);
    await project.write(
      'Snakefile',
      `module other:
    snakefile: "other/Snakefile"
    prefix: "sub"
use rule * from other as other_*
use rule b from other as other_b with:
    input: "sub/a.txt"
    output: "changed/b.txt"
rule flagged:
    input: "changed/b.txt"
    output: flag("flagged.txt", "nodelocal")
    shell: "touch {output}"
rule last:
    input: "flagged.txt"
    default_target: True
`,
    );
    await project.write(
      'other/Snakefile',
      `rule a:
    output: "a.txt"
    shell: "touch {output}"
rule b:
    input: "a.txt"
    output: "b.txt"
    shell: "touch {output}"
`,
    );
    const plan = readPlan(await snakemake(root, '--dry-run', '--nocolor'));
    assert.deepEqual(plan, ['flagged', 'last', 'other_a', 'other_b']);
    assert.deepEqual(await readOwnPlan(root), plan);
  });

  for (const [title, change] of Object.entries(SNAKEMAKE_EDITS)) {
    it(`would run the same rules after this edit: ${title}`, async () => {
      await edit(change);
      const plan = await snakemake(edited, '--dry-run', '--nocolor');
      assert.deepEqual(await readOwnPlan(edited), readPlan(plan));
    });
  }
});

async function detect(root: string) {
  const files = await openWorktreeFiles(root, {});
  assert.ok(files.ok);
  return detectProject(files.value, {});
}

/** The rules of the default target that are not fresh. */
async function readOwnPlan(root: string): Promise<readonly string[]> {
  const project = await detect(root);
  const states = await readStatus(project, join(root, '.state'));
  const names = new Map(project.stages.map((stage) => [stage.id, stage]));
  return states
    .filter(({ id, status }) => status !== 'fresh' && names.get(id)?.onRequest !== true)
    .map(({ id }) => names.get(id)?.name ?? id)
    .sort();
}

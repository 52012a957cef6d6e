import assert from 'node:assert/strict';
import { join } from 'node:path';
import { planRun } from '../../src/pipeline/graph/graph';
import { findPythonEnvironment } from '../../src/pipeline/environment/findPythonEnvironments';
import { runStages } from '../../src/pipeline/run/runStages';
import { readStatus } from '../../src/pipeline/status/status';
import { detectProject } from '../../src/project/detectProject';
import type { Project, Stage } from '../../src/project/project';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { ensurePipelineTools, withPath } from '../harness/pythonEnvironment';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';
import { kedroPeer } from './agreement/kedroPeer';
import { KEDRO_WORKSHOP, REGISTRY_BY_NAME } from './kedroWorkshop';

/** What Kedro itself says of every registered pipeline: its free inputs and its outputs, by the files of its catalog. */
const ASK_KEDRO = `
import json, os, sys
from kedro.framework.startup import bootstrap_project
from kedro.framework.session import KedroSession
from kedro.io.catalog_config_resolver import CatalogConfigResolver
bootstrap_project(os.getcwd())
from kedro.framework.project import pipelines
with KedroSession.create(project_path=os.getcwd()) as session:
    catalog = CatalogConfigResolver(session.load_context().config_loader["catalog"], None)
def files(names):
    return sorted({file for name in names if (file := (catalog.resolve_pattern(name) or {}).get("filepath"))})
said = {
    name: {
        "inputs": files(n for n in pipeline.inputs() if not n.startswith("params:")),
        "outputs": files(pipeline.all_outputs()),
        "parameters": sorted(n[7:] for n in pipeline.inputs() if n.startswith("params:")),
    }
    for name, pipeline in pipelines.items()
}
print("SAID " + json.dumps(said))
`;

type Said = Readonly<
  Record<string, Readonly<Record<'inputs' | 'outputs' | 'parameters', readonly string[]>>>
>;

/** Pipelines found by reading Python, held against Kedro, and run by it. */
describe('Kedro', function () {
  this.timeout(240_000);
  let sample: SampleProject;
  let project: Project;
  let bin = '';

  before(async () => {
    bin = await ensurePipelineTools();
    // Kedro tells its makers of every use, unless it is told not to.
    process.env['DO_NOT_TRACK'] = '1';
  });
  beforeEach(async () => {
    sample = await makeEmptyProject();
    for (const [path, text] of Object.entries(KEDRO_WORKSHOP)) await sample.edit(path, () => text);
    project = await detect();
  });
  afterEach(() => sample.dispose());

  async function detect(): Promise<Project> {
    const files = await openWorktreeFiles(sample.root, {});
    assert.ok(files.ok);
    return detectProject(files.value, {});
  }
  const stage = (name: string): Stage => {
    const found = project.stages.find((one) => one.tool === 'kedro' && one.name === name);
    assert.ok(found, name);
    return found;
  };
  const stateFolder = () => join(sample.root, '.git', 'preflight');
  const run = async (targets: readonly string[] = []) => {
    const plan = planRun(project.stages, targets, { upstream: true, downstream: false });
    assert.ok(plan.ok);
    let output = '';
    const runs = await runStages({
      project,
      stages: plan.value,
      stateFolder: stateFolder(),
      jobs: 1,
      force: false,
      signal: new AbortController().signal,
      onEvent: (event) => {
        if (event.type === 'output') output += event.data;
      },
      environment: await findPythonEnvironment(sample.root, {
        ML_PREFLIGHT_PYTHON: join(bin, 'python'),
      }),
    });
    assert.ok(
      runs.every((one) => one.status !== 'failed'),
      output,
    );
    return Object.fromEntries(runs.map((one) => [one.stage, one.status]));
  };
  const status = async () =>
    Object.fromEntries((await readStatus(project, stateFolder())).map((one) => [one.id, one]));

  it('has the pipelines that `kedro registry list` lists', async () => {
    await sample.edit('src/shop/pipeline_registry.py', () => REGISTRY_BY_NAME);
    project = await detect();
    const names = await kedroPeer.listStages(project, withPath(bin));
    assert.ok(names.length > 4, names.join());
    assert.deepEqual(new Set(kedroPeer.nameStages(project)), new Set(names));
    assert.deepEqual(project.problems, []);
  });

  it('has the inputs, outputs and parameters that Kedro has', async () => {
    await sample.edit('src/shop/pipeline_registry.py', () => REGISTRY_BY_NAME);
    project = await detect();
    const printed = await sample.run(join(bin, 'python'), '-c', ASK_KEDRO);
    const said = JSON.parse(/^SAID (.*)$/m.exec(printed)?.[1] ?? '{}') as Said;
    for (const name of ['cleaning', 'splitting', 'early', 'tagged']) {
      const { dependencies, outputs, parameters, onRequest } = stage(name);
      const files = dependencies.filter((path) => !path.endsWith('.py'));
      assert.deepEqual([...files].sort(), said[name]?.inputs, name);
      // The sum of others writes what they write.
      if (onRequest !== true) assert.deepEqual([...outputs].sort(), said[name]?.outputs, name);
      const keys = parameters.filter((one) => one.includes('parameters'));
      const own = keys.map((one) => one.slice(one.indexOf(':') + 1)).sort();
      assert.deepEqual(own, said[name]?.parameters, name);
    }
    const models = stage('models');
    assert.deepEqual([...models.outputs].sort(), said['models']?.outputs);
    // The sum of two others, and a part of one.
    assert.deepEqual([stage('early').onRequest, stage('tagged').onRequest], [true, true]);
  });

  it('runs all of them, and knows why they are stale afterwards', async () => {
    const first = await run();
    const ids = ['cleaning', 'splitting', 'models', 'report'].map((name) => `kedro:${name}`);
    for (const id of ids) assert.equal(first[id], 'succeeded', id);
    const fresh = await status();
    for (const id of ids) assert.equal(fresh[id]?.status, 'fresh', JSON.stringify(fresh[id]));

    await sample.edit('conf/local/parameters.yml', (text) => text.replace('0.75', '0.5'));
    project = await detect();
    const split = (await status())['kedro:splitting'];
    assert.equal(split?.status, 'stale');
    assert.deepEqual(split?.reasons, ['conf/local/parameters.yml: split.share 0.75 -> 0.5']);
    assert.equal((await status())['kedro:cleaning']?.status, 'fresh');

    await sample.edit('src/shop/tools.py', (text) => text.replace('>=', '>'));
    project = await detect();
    const clean = (await status())['kedro:cleaning'];
    assert.equal(clean?.status, 'stale');
    assert.deepEqual(clean?.reasons, ['src/shop/tools.py changed']);
    await run();
    const again = await status();
    for (const id of ids) assert.equal(again[id]?.status, 'fresh', JSON.stringify(again[id]));
  });

  it('runs a pipeline that takes what another keeps in memory, together with that', async () => {
    const models = stage('models');
    assert.deepEqual(models.needs, ['kedro:splitting']);
    assert.equal(models.command, 'kedro run --pipelines=splitting,models');
    await assert.rejects(
      sample.run(join(bin, 'kedro'), 'run', '--pipelines=models'),
      /early_sales/,
    );
    assert.equal((await run(['models']))['kedro:models'], 'succeeded');
  });

  it('runs what a registry takes by name, which `--pipelines` does not find', async () => {
    await sample.edit('src/shop/pipeline_registry.py', () => REGISTRY_BY_NAME);
    project = await detect();
    await assert.rejects(
      sample.run(join(bin, 'kedro'), 'run', '--pipelines=cleaning'),
      /splitting/,
    );
    assert.equal(
      stage('cleaning').command,
      'kedro run --from-inputs=raw_sales,params:cleaning.smallest --to-outputs=clean_sales,sales_count',
    );
    assert.equal((await run(['cleaning']))['kedro:cleaning'], 'succeeded');
    assert.equal((await run(['models']))['kedro:models'], 'succeeded');
  });

  it('runs a project that was made with an older Kedro, whose command knows one pipeline only', async () => {
    await sample.edit('pyproject.toml', (text) => text.replace('1.7.0', '1.1.0'));
    project = await detect();
    assert.equal(stage('cleaning').command, 'kedro run --pipeline=cleaning');
    assert.match(stage('models').command, /^kedro run --from-inputs=.* --to-outputs=/);
    assert.equal((await run(['models']))['kedro:models'], 'succeeded');
  });
});

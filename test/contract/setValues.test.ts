import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPythonEnvironment } from '../../src/pipeline/environment/findPythonEnvironments';
import { prepareSetting } from '../../src/pipeline/parameters/prepareSetting';
import { parseSetValues } from '../../src/pipeline/parameters/setValues';
import { runStages } from '../../src/pipeline/run/runStages';
import type { RunEvent } from '../../src/pipeline/run/stageRun';
import { readStatus } from '../../src/pipeline/status/status';
import { detectProject } from '../../src/project/detectProject';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { ensurePipelineTools } from '../harness/pythonEnvironment';
import { makeEmptyProject, type SampleProject } from '../harness/sampleProject';

const SNAKEFILE = `import json

configfile: "config.yaml"

rule shell:
    output: "shell.txt"
    params: config["name"]
    shell: "printf %s {params[0]:q} > {output}"

rule fit:
    output: "fit.json"
    params: a=config["alpha"], n=config["name"], k=config["train"]["kind"], l=config["train"]["lr"]
    run:
        with open(output[0], "w") as f:
            json.dump([params.a, params.n, params.k, params.l], f)
`;
const CONFIG = 'alpha: 0.1\nname: small\ntrain: {lr: 0.01, kind: tree}\n';

const REGISTRY = `from kedro.pipeline import node, pipeline


def register_pipelines():
    one = pipeline([node(lambda a, b: [a, b], ["params:a", "params:train"], "seen", name="see")])
    return {"__default__": one, "see": one}
`;
const KEDRO: Readonly<Record<string, string>> = {
  'pyproject.toml':
    '[tool.kedro]\npackage_name = "shop"\nproject_name = "Shop"\nkedro_init_version = "1.7.0"\n',
  'src/shop/__init__.py': '',
  'src/shop/settings.py': '',
  'src/shop/pipeline_registry.py': REGISTRY,
  'conf/base/catalog.yml': 'seen:\n  type: json.JSONDataset\n  filepath: seen.json\n',
  'conf/base/parameters.yml': 'a: 1\ntrain:\n  lr: 0.1\n  kind: tree\n',
  'conf/local/credentials.yml': '{}\n',
};

/** Values for one run, as the tools themselves hand them to the code of a project. */
describe('values that are set for one run', function () {
  this.timeout(240_000);
  let sample: SampleProject;
  let bin = '';

  before(async () => {
    bin = await ensurePipelineTools();
    process.env['DO_NOT_TRACK'] = '1';
  });
  beforeEach(async () => {
    sample = await makeEmptyProject();
  });
  afterEach(() => sample.dispose());

  const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [path, text] of Object.entries(files)) await sample.edit(path, () => text);
  };
  const state = () => join(sample.root, '.git', 'preflight');
  const detect = async () => {
    const files = await openWorktreeFiles(sample.root, {});
    assert.ok(files.ok);
    return detectProject(files.value, {});
  };
  const statusOf = async (name: string) =>
    (await readStatus(await detect(), state())).find(({ id }) => id.endsWith(name))?.status;

  /** @returns the copy that it ran in, if it ran in one */
  async function run(name: string, ...words: readonly string[]): Promise<string | undefined> {
    const project = await detect();
    const stage = project.stages.find((one) => one.name === name);
    assert.ok(stage, name);
    const values = parseSetValues(words);
    assert.ok(values.ok);
    const setting =
      words.length === 0 ? undefined : await prepareSetting(stage, sample.root, values.value);
    assert.ok(setting?.ok !== false, JSON.stringify(setting));
    let output = '';
    let copy: string | undefined;
    const [result] = await runStages({
      project,
      stages: [stage],
      stateFolder: state(),
      jobs: 1,
      force: false,
      setting: setting?.value,
      signal: new AbortController().signal,
      onEvent: (event: RunEvent) => {
        if (event.type === 'output') output += event.data;
        if (event.type === 'started') copy = event.copy;
      },
      environment: await findPythonEnvironment(sample.root, {
        ML_PREFLIGHT_PYTHON: join(bin, 'python'),
      }),
    });
    assert.equal(result?.status, 'succeeded', `${JSON.stringify(result)}\n${output}`);
    return copy;
  }
  const read = async (path: string, folder = sample.root) => readFile(join(folder, path), 'utf8');
  const readJson = async (path: string, folder?: string): Promise<unknown> =>
    JSON.parse(await read(path, folder)) as unknown;

  it('reach a rule of Snakemake with their types, and leave it stale', async () => {
    await write({ Snakefile: SNAKEFILE, 'config.yaml': CONFIG });
    await run('fit');
    assert.equal(await statusOf('fit'), 'fresh');
    const cases: readonly (readonly [string, unknown])[] = [
      ['3', 3],
      ['-1.5e-3', -0.0015],
      ['true', true],
      ['a_b-c/d.txt', 'a_b-c/d.txt'],
    ];
    for (const [text, expected] of cases) {
      assert.equal(await run('fit', `alpha=${text}`, 'name=large'), undefined, text);
      assert.deepEqual(await readJson('fit.json'), [expected, 'large', 'tree', 0.01]);
      assert.equal(await statusOf('fit'), 'stale', text);
    }
    assert.equal(await read('config.yaml'), CONFIG);
    await run('fit');
    assert.deepEqual(await readJson('fit.json'), [0.1, 'small', 'tree', 0.01]);
  });

  it('never reach the shell that Snakemake starts jobs with', async () => {
    await write({ Snakefile: SNAKEFILE, 'config.yaml': CONFIG });
    const hostile = `a'b'$(touch pwned)';touch pwned;'`;
    for (const text of ['"3"', '', '[a, 1]', JSON.stringify(hostile)]) {
      const copy = await run('fit', `name=${text}`);
      assert.ok(copy, text);
      const [, name] = (await readJson('fit.json', copy)) as readonly unknown[];
      assert.deepEqual(name, text.startsWith('[') ? ['a', 1] : text === '' ? '' : JSON.parse(text));
      assert.equal(existsSync(join(copy, 'pwned')), false);
    }
    assert.equal(existsSync(join(sample.root, 'pwned')), false);
  });

  it('are edited in a copy where Snakemake would make texts of them', async () => {
    await write({ Snakefile: SNAKEFILE, 'config.yaml': CONFIG });
    await run('fit');
    const copy = await run('fit', 'train.lr=0.5', 'alpha=2');
    assert.ok(copy);
    assert.deepEqual(await readJson('fit.json', copy), [2, 'small', 'tree', 0.5]);
    assert.deepEqual(await readJson('fit.json'), [0.1, 'small', 'tree', 0.01]);
    assert.equal(await statusOf('fit'), 'fresh');
  });

  it('reach a node of Kedro with their types, nested ones by dots, and leave it stale', async () => {
    await write(KEDRO);
    await run('see');
    assert.deepEqual(await readJson('seen.json'), [1, { lr: 0.1, kind: 'tree' }]);
    assert.equal(await statusOf('see'), 'fresh');
    const cases: readonly (readonly [string, unknown])[] = [
      ['3', 3],
      ['-1e-7', -1e-7],
      ['true', true],
      ['yes', 'yes'],
      ['"3"', '3'],
      ['', ''],
      ['null', null],
      ['[1, a, "b, c", [true]]', [1, 'a', 'b, c', [true]]],
      ['{x: 1, "y, z": []}', { x: 1, 'y, z': [] }],
      ['=,-', '=,-'],
      [`"it's $(touch pwned)\\né"`, `it's $(touch pwned)\né`],
    ];
    for (const [text, expected] of cases) {
      const copy = await run('see', `a=${text}`, 'train.lr=0.5');
      assert.equal(copy, undefined, text);
      assert.deepEqual(await readJson('seen.json'), [expected, { lr: 0.5, kind: 'tree' }]);
    }
    assert.equal(await statusOf('see'), 'stale');
    assert.equal(existsSync(join(sample.root, 'pwned')), false);
    assert.equal(await read('conf/base/parameters.yml'), KEDRO['conf/base/parameters.yml']);
  });
});

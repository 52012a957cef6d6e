import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { detectIn, lineOf, stageOf } from './makeProject';

// What is expected is what Kedro 1.7 does (docs.kedro.org); test/contract/kedro.test.ts asks Kedro itself.

const PROJECT = {
  'pyproject.toml':
    '[tool.kedro]\npackage_name = "shop"\nproject_name = "Shop"\nkedro_init_version = "1.7.0"\n',
  'src/shop/__init__.py': '',
};
const PIPELINE = (nodes: string) =>
  `from kedro.pipeline import node, pipeline\n\ndef create_pipeline():\n    return pipeline([${nodes}])\n`;
const REGISTRY = `from kedro.framework.project import find_pipelines

def register_pipelines():
    pipelines = find_pipelines()
    pipelines["__default__"] = sum(pipelines.values())
    return pipelines
`;

describe('detection of Kedro', () => {
  it('reads a project in a folder with its own source folder, and names its stages apart', async () => {
    const project = await detectIn({
      'forecast/pyproject.toml':
        '[tool.kedro]\npackage_name = "shop"\nproject_name = "S"\nkedro_init_version = "0.19.3"\nsource_dir = "."\n',
      'forecast/shop/pipelines/train/__init__.py': PIPELINE('node(len, "sales", "model")'),
      'forecast/data/model.pkl/2026-01-31T10.00.00.000Z/model.pkl': 'x',
      'forecast/data/model.pkl/2026-02-01T10.00.00.000Z/model.pkl': 'x',
      'forecast/data/old.csv/2026-01-31T10.00.00.000Z/old.csv': 'a\n1\n',
      'forecast/data/old.csv/2026-02-01T10.00.00.000Z/old.csv': 'a\n1\n',
      'forecast/conf/base/catalog.yml':
        'sales: {type: pandas.CSVDataset, filepath: data/train.csv}\nold: {type: pandas.CSVDataset, filepath: data/old.csv, versioned: true}\nmodel: {type: pickle.PickleDataset, filepath: data/model.pkl, versioned: true}\n',
    });
    const stage = stageOf(project, 'forecast/kedro:train');
    assert.equal(stage.cwd, 'forecast');
    assert.equal(stage.command, 'kedro run --pipeline=train');
    assert.deepEqual(stage.dependencies, [
      'forecast/data/train.csv',
      'forecast/shop/pipelines/train/__init__.py',
    ]);
    assert.deepEqual(stage.outputs, ['forecast/data/model.pkl']);
    assert.deepEqual(stage.source, { file: 'forecast/shop/pipelines/train/__init__.py', line: 3 });
    assert.deepEqual(
      project.datasets.map(({ path, role, format }) => [path, role, format]),
      [
        // The version that Kedro would load.
        ['forecast/data/old.csv/2026-02-01T10.00.00.000Z/old.csv', 'other', 'csv'],
        ['forecast/data/train.csv', 'train', 'csv'],
      ],
    );
    // Each version is a file in a folder named for its time.
    assert.deepEqual(
      project.models.map(({ path }) => path),
      ['forecast/data/model.pkl/*/model.pkl'],
    );
  });

  it('names namespaced datasets and parameters as Kedro does', async () => {
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipeline_registry.py': `from kedro.pipeline import node as step, pipeline
from functools import partial
from .work import fit

KINDS = ["small", "large"]

def register_pipelines():
    one = pipeline([step(partial(fit, deep=True), dict(data="sales", lr="params:lr", all="parameters"), "model")])
    both = pipeline([])
    for kind in KINDS:
        both += pipeline(pipe=one, namespace=kind, inputs={"sales": f"{kind}_sales"}, parameters={"lr": f"rates.{kind}"})
    return {"__default__": both, **{f"fit_{kind}": both.only_nodes_with_namespaces([kind]) for kind in KINDS}}
`,
      'src/shop/work.py': 'def fit(data, lr, all, deep): ...\n',
      'conf/base/catalog.yml':
        '"{kind}_sales":\n  type: pandas.CSVDataset\n  filepath: data/{kind}.csv\n"{kind}.model":\n  type: pickle.PickleDataset\n  filepath: ${globals:models, models}/{kind}.pkl\n',
      'conf/base/parameters.yml': 'rates:\n  small: 1\n  large: ${globals:large}\n',
      'conf/base/globals.yml': 'large: 2\n',
    });
    const large = stageOf(project, 'kedro:fit_large');
    assert.deepEqual(large.outputs, ['models/large.pkl']);
    assert.deepEqual(large.dependencies, [
      'data/large.csv',
      'src/shop/pipeline_registry.py',
      'src/shop/work.py',
    ]);
    assert.deepEqual(large.parameters, [
      'conf/base/parameters.yml:rates.large',
      // Whatever it is, the value comes from there.
      'conf/base/globals.yml',
      'conf/base/parameters.yml',
      'conf/base/catalog.yml',
    ]);
    assert.equal(stageOf(project, 'kedro:fit_small').kind, 'train');
    assert.equal(project.stages.length, 2);
    assert.deepEqual(project.problems, []);
  });

  it('reads the context nodes of language models and the pipelines of kedro-mlflow', async () => {
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipeline_registry.py': `from kedro.pipeline import llm_context_node, node, pipeline, tool
from kedro_mlflow.pipeline import pipeline_ml_factory
from .tools import look_up

def register_pipelines():
    answering = pipeline([
        llm_context_node(name="context", outputs="context", llm="llm", prompts=["prompt"], tools=[tool(look_up, "notes", "params:most")]),
        node(len, "context", "answer"),
    ])
    learning = pipeline([node(len, "notes", "numbers", tags=["fit", "apply"]), node(len, "numbers", "learnt", tags="fit")])
    return {
        "answering": answering,
        "learning": pipeline_ml_factory(training=learning.only_nodes_with_tags("fit"), inference=learning.only_nodes_with_tags("apply"), input_name="notes"),
    }
`,
      'src/shop/tools.py': 'def look_up(notes, most): ...\n',
      'conf/base/catalog.yml': ['notes', 'prompt', 'answer', 'learnt']
        .map((name) => `${name}: {type: text.TextDataset, filepath: data/${name}.txt}\n`)
        .join(''),
      'conf/base/parameters.yml': 'most: 3\n',
    });
    assert.deepEqual(project.problems, []);
    const answering = stageOf(project, 'kedro:answering');
    assert.deepEqual(answering.dependencies, [
      'data/prompt.txt',
      'data/notes.txt',
      'src/shop/pipeline_registry.py',
      'src/shop/tools.py',
    ]);
    assert.ok(answering.parameters.includes('conf/base/parameters.yml:most'));
    assert.deepEqual(answering.outputs, ['data/answer.txt']);
    assert.deepEqual(stageOf(project, 'kedro:learning').outputs, ['data/learnt.txt']);
  });

  it('knows parameters whose names have dots, and kinds that only the nodes tell', async () => {
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipelines/one/__init__.py': `from kedro.pipeline import node, pipeline

def create_pipeline():
    fit = node(len, ["sales", "params:rate"], "model", name="fit_model")
    return pipeline([node(len, "raw", "sales", name="clean"), fit], namespace="one")
`,
      'conf/base/parameters.yml': 'one:\n  other: 1\n',
      'conf/base/parameters_one.yml': 'one.rate: 0.1\n',
    });
    const stage = stageOf(project, 'kedro:one');
    assert.deepEqual(stage.parameters, ['conf/base/parameters_one.yml:one.rate']);
    assert.equal(stage.kind, 'train');
  });

  it('shows the whole pipeline as a stage where nothing else makes it up', async () => {
    const registry = `from kedro.pipeline import Pipeline, node
def register_pipelines():
    return {"__default__": Pipeline([node(len, "a", "b")])}
`;
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipeline_registry.py': registry,
      'conf/base/catalog.yml': 'a: {type: text.TextDataset, filepath: a.txt}\n',
    });
    const stage = stageOf(project, 'kedro:__default__');
    assert.equal(stage.command, 'kedro run');
    assert.ok(stage.evidence.some((one) => one.line === lineOf(registry, '__default__')));
  });

  it('says where a registry cannot be read, and shows the folders that Kedro would find', async () => {
    const registry = `import json
def register_pipelines():
    return json.load(open("pipelines.json"))
`;
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipeline_registry.py': registry,
      'src/shop/pipelines/clean/__init__.py': PIPELINE('node(len, "a", "b")'),
      'src/shop/pipelines/notes/__init__.py': 'TEXT = "no pipeline"\n',
    });
    assert.deepEqual(
      project.stages.map((stage) => stage.id),
      ['kedro:clean'],
    );
    const [problem] = project.problems;
    assert.equal(problem?.code, 'kedro-registry-unread');
    assert.deepEqual([problem?.file, problem?.line], ['src/shop/pipeline_registry.py', 2]);
  });

  it('keeps what it can read of half-written Python and of a catalog with tabs', async () => {
    const catalog =
      'sales:\n  type: pandas.CSVDataset\n  filepath: data/sales.csv\nbad:\n\ttype: x\n';
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipeline_registry.py': REGISTRY,
      'src/shop/pipelines/clean/__init__.py': PIPELINE('node(len, "sales", "b")'),
      'src/shop/pipelines/half/__init__.py':
        'from kedro.pipeline import node, pipeline\ndef create_pipeline():\n    return pipeline([node(len, "sales", "c"), node(\n',
      'src/shop/pipelines/loop/__init__.py':
        'from shop.pipelines.loop import create_pipeline\nfrom kedro.pipeline import pipeline\ndef create_pipeline():\n    return create_pipeline()\n',
      'conf/base/catalog.yml': catalog,
    });
    const ids = project.stages.map((stage) => stage.id);
    assert.deepEqual(ids, ['kedro:clean', 'kedro:half', 'kedro:loop']);
    assert.ok(stageOf(project, 'kedro:clean').dependencies.includes('data/sales.csv'));
    const tab = project.problems.find((one) => one.code === 'yaml-invalid');
    assert.deepEqual([tab?.file, tab?.line], ['conf/base/catalog.yml', lineOf(catalog, '\t')]);
    assert.ok(project.problems.some((one) => one.code === 'kedro-pipeline-unread'));
  });

  it('tells of nodes and catalog entries that Kedro refuses because they are there twice', async () => {
    const pipeline = `from kedro.pipeline import node, pipeline
def create_pipeline():
    return pipeline([
        node(len, "a", "b", name="count"),
        node(len, "b", "c", name="count"),
        node(sum, "c", "b"),
    ])
`;
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipelines/clean/__init__.py': pipeline,
      'conf/base/catalog.yml': 'a: {type: text.TextDataset, filepath: a.txt}\n',
      'conf/base/catalog_more.yml': '\na: {type: text.TextDataset, filepath: other.txt}\n',
    });
    const places = project.problems.map((one) => [one.code, one.file, one.line]);
    assert.deepEqual(places, [
      ['kedro-catalog-duplicate', 'conf/base/catalog_more.yml', 2],
      [
        'kedro-node-duplicate',
        'src/shop/pipelines/clean/__init__.py',
        lineOf(pipeline, '"count"', 2),
      ],
      ['kedro-output-duplicate', 'src/shop/pipelines/clean/__init__.py', lineOf(pipeline, 'sum')],
    ]);
  });

  it('quotes hostile names, and follows no path out of the project', async () => {
    const name = `x'; touch owned; $(touch owned) "\\n`;
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipeline_registry.py': `from kedro.pipeline import pipeline, node
def register_pipelines():
    return {${JSON.stringify(name)}: pipeline([node(len, "a", "b")])}
`,
      'conf/base/catalog.yml':
        'a: {type: pandas.CSVDataset, filepath: ../../etc/a.csv}\nb: {type: pandas.CSVDataset, filepath: "s3://bucket/b.csv"}\n',
    });
    const stage = project.stages[0];
    assert.equal(stage?.name, name);
    const words = execFileSync(
      'sh',
      ['-c', stage?.command.replace('kedro', 'printf "%s|"') ?? ''],
      {
        encoding: 'utf8',
      },
    );
    assert.equal(words, `run|--pipelines=${name}|`);
    assert.deepEqual(stage?.outputs, []);
    assert.deepEqual(
      stage?.dependencies.filter((path) => !path.endsWith('.py')),
      [],
    );
  });

  it('takes no time for patterns and interpolations made to take for ever', async () => {
    const project = await detectIn({
      ...PROJECT,
      'src/shop/pipelines/clean/__init__.py': PIPELINE(`node(len, "${'a_'.repeat(140)}", "b")`),
      'conf/base/catalog.yml': `_a: \${_b}\${_b}\n_b: \${_a}\${_a}\n"{a}_{b}_{c}_{d}_{e}_{f}_{g}_{h}_!": {type: x, filepath: f}\nb: {type: text.TextDataset, filepath: "\${_a}"}\n`,
    });
    assert.equal(project.stages.length, 1);
  });

  it('is none where pyproject.toml has no [tool.kedro], and says what is missing where it has', async () => {
    const none = await detectIn({ 'pyproject.toml': '[project]\nname = "x"\n# see tool.kedro\n' });
    assert.deepEqual([none.stages, none.problems], [[], []]);
    const bare = await detectIn({ 'pyproject.toml': '\n[tool.kedro]\nproject_name = "x"\n' });
    assert.deepEqual(
      bare.problems.map((one) => [one.code, one.line]),
      [['kedro-invalid', 2]],
    );
  });
});

import assert from 'node:assert/strict';
import type { Project } from '../../../src/project/project';
import { detectIn, lineOf, stageOf } from './makeProject';

const ids = (project: Project): readonly string[] => project.stages.map((stage) => stage.id);
const tools = (project: Project): readonly string[] => project.tools.map(({ tool }) => tool);

describe('detection of Metaflow', () => {
  const flow = `import metaflow as mf
from metaflow import FlowSpec, Parameter, IncludeFile, step as stage
import pandas as pd

class Train(FlowSpec):
    alpha = Parameter("alpha", default=0.1)
    rows = IncludeFile("rows", default="data/rows.csv")

    @stage
    def start(self):
        self.table = pd.read_csv("data/train.csv")
        self.next(self.end)

    @mf.step
    def end(self):
        self.table.to_csv("out/scored.csv")

if __name__ == "__main__":
    Train()
`;

  it('runs a flow by its file, with its steps and parameters as evidence', async () => {
    const project = await detectIn({ 'train_flow.py': flow, 'data/train.csv': 'a\n1\n' });
    assert.deepEqual(ids(project), ['train_flow.py']);
    const stage = stageOf(project, 'train_flow.py');
    assert.deepEqual([stage.tool, stage.name, stage.kind], ['metaflow', 'Train', 'train']);
    assert.equal(stage.command, 'python train_flow.py run');
    assert.deepEqual(stage.dependencies, ['train_flow.py', 'data/train.csv', 'data/rows.csv']);
    assert.deepEqual(stage.outputs, ['out/scored.csv']);
    const lines = ['class Train', 'def start', 'def end', '"alpha"', '"rows"'];
    for (const text of lines) {
      assert.ok(
        stage.evidence.some((one) => one.line === lineOf(flow, text)),
        text,
      );
    }
  });

  it('takes no class that only has the name', async () => {
    const own = `from .base import FlowSpec, step

class Flow(FlowSpec):
    @step
    def start(self): ...

if __name__ == "__main__":
    Flow()
`;
    const redefined = `import metaflow

class FlowSpec: ...

class Flow(FlowSpec):
    @metaflow.step
    def start(self): ...
`;
    const project = await detectIn({
      'a.py': own,
      'b.py': redefined,
      'c.py': '# from metaflow import FlowSpec\n',
    });
    assert.deepEqual(ids(project), []);
    assert.deepEqual(tools(project), []);
  });

  it('reads a half-written flow as far as it goes', async () => {
    const project = await detectIn({ 'flow.py': flow.slice(0, flow.indexOf('self.table.to_csv')) });
    const stage = stageOf(project, 'flow.py');
    assert.equal(stage.notRunnable, 'nothing in flow.py runs it');
    assert.equal(stage.command, '');
  });
});

describe('detection of ZenML and Prefect', () => {
  const pipeline = (
    framework: string,
    flow: string,
    step: string,
  ) => `from ${framework} import ${flow}, ${step}
import pandas as pd

@${step}
def load():
    return pd.read_csv("data/train.csv")

@${flow}(name="nightly training")
def train_it():
    load()

@${flow}
def unused():
    load()
`;
  const run =
    'from pipelines.training import train_it\n\nif __name__ == "__main__":\n    train_it.with_options(x=1)()\n';

  it('runs a ZenML pipeline by the script that calls it, in whatever file it is', async () => {
    const text = pipeline('zenml', 'pipeline', 'step');
    const project = await detectIn({
      'run.py': run,
      'pipelines/training.py': text,
      '.zen/config.yaml': 'a: 1\n',
    });
    assert.deepEqual(ids(project), ['run.py', 'pipelines/training.py:unused']);
    const stage = stageOf(project, 'run.py');
    assert.deepEqual([stage.tool, stage.name, stage.kind], ['zenml', 'nightly training', 'train']);
    assert.equal(stage.command, 'python run.py');
    assert.ok(stage.dependencies.includes('data/train.csv'));
    assert.ok(stage.dependencies.includes('pipelines/training.py'));
    assert.deepEqual(stage.source, {
      file: 'pipelines/training.py',
      line: lineOf(text, 'def train_it'),
    });
    assert.match(
      stageOf(project, 'pipelines/training.py:unused').notRunnable ?? '',
      /calls unused/,
    );
  });

  it('leaves a flow to Prefect that only a deployment or a server runs', async () => {
    const deployments = `deployments:
  - name: first
  - name: nightly
    entrypoint: flows/etl.py:train_it
  - name: outside
    entrypoint: ../../x.py:f
`;
    const text = pipeline('prefect', 'flow', 'task').replace(/@flow\ndef unused[^]*$/, '');
    const project = await detectIn({
      'prefect.yaml': deployments,
      'flows/etl.py': text,
      'serve.py':
        'from prefect import flow\n@flow\ndef live(): ...\nif __name__ == "__main__":\n    live.serve("x")\n',
    });
    const stage = stageOf(project, 'flows/etl.py');
    assert.equal(stage.notRunnable, 'a worker of Prefect runs it as the deployment nightly');
    assert.ok(stage.evidence.some((one) => one.file === 'prefect.yaml' && one.line === 3));
    assert.match(stageOf(project, 'serve.py').notRunnable ?? '', /serve\.py gives it/);
  });

  it('takes no `flow` of another module', async () => {
    const project = await detectIn({
      'a.py':
        'from mine import flow\nimport prefect\n@flow\ndef f(): ...\nif __name__ == "__main__":\n    f()\n',
    });
    assert.deepEqual(ids(project), []);
  });
});

describe('detection of Airflow', () => {
  it('has one stage for each DAG, its tasks in the order in which they run', async () => {
    const dags = `from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.decorators import dag, task

with DAG("etl", schedule=None) as first:
    load = BashOperator(task_id="load", bash_command="true")
    clean = BashOperator(task_id="clean", bash_command="true")
    fetch = BashOperator(task_id="fetch", bash_command="true")
    fetch >> [clean] >> load

@dag(schedule=None)
def train_daily():
    @task
    def fit(data): ...

    @task
    def read(): ...

    fit(read())

train_daily()
`;
    const project = await detectIn({ 'dags/all.py': dags });
    assert.deepEqual(ids(project), ['dags/all.py:etl', 'dags/all.py:train_daily']);
    const lines = (id: string) => stageOf(project, id).evidence.map((one) => one.line);
    const etl = ['DAG("etl"', 'fetch = ', 'clean = ', 'load = ', 'fetch >>'];
    const inEtl = lines('dags/all.py:etl').filter((line) => line <= lineOf(dags, 'fetch >>'));
    assert.deepEqual(
      inEtl,
      etl.map((text) => lineOf(dags, text)),
    );
    const daily = ['def train_daily', 'def read', 'def fit', 'fit(read())'];
    const inDaily = lines('dags/all.py:train_daily').filter((line) => line > 10);
    assert.deepEqual(
      inDaily,
      daily.map((text) => lineOf(dags, text)),
    );
    const stage = stageOf(project, 'dags/all.py:train_daily');
    assert.deepEqual([stage.tool, stage.kind, stage.command], ['airflow', 'train', '']);
    assert.equal(stage.notRunnable, "Airflow's scheduler runs it");
  });
});

describe('detection of Kubeflow', () => {
  const ir = `# PIPELINE DEFINITION
# Name: trainer
components:
  comp-inner:
    dag:
      tasks:
        fit:
          componentRef: {name: comp-fit}
  comp-fit: {executorLabel: exec-fit}
  comp-load: {executorLabel: exec-load}
deploymentSpec:
  executors:
    exec-fit:
      container: {image: "python:3.11", command: [python, fit.py]}
    exec-load:
      container:
        args:
          - "a text that is broken \\
          as the compiler \\"breaks\\" it"
          - 'and it''s
          so here'
        image: python:3.11
pipelineInfo: {name: trainer}
root:
  dag:
    tasks:
      evaluate-model:
        componentRef: {name: comp-load}
        dependentTasks: [inner]
      inner:
        componentRef: {name: comp-inner}
        dependentTasks: [load-data]
      load-data:
        componentRef: {name: comp-load}
schemaVersion: 2.1.0
---
platforms: {}
`;

  it('has one stage for each task of a compiled pipeline, those of inner pipelines too', async () => {
    const project = await detectIn({ 'out/trainer.yaml': ir });
    const id = (name: string) => `out/trainer.yaml:trainer/${name}`;
    assert.deepEqual(ids(project), [id('inner/fit'), id('evaluate-model'), id('load-data')]);
    assert.deepEqual(stageOf(project, id('inner/fit')).needs, [id('load-data')]);
    assert.deepEqual(stageOf(project, id('evaluate-model')).needs, [id('inner/fit')]);
    assert.equal(stageOf(project, id('evaluate-model')).kind, 'evaluate');
    assert.deepEqual(stageOf(project, id('inner/fit')).evidence, [
      { file: 'out/trainer.yaml', line: lineOf(ir, 'fit:') },
      { file: 'out/trainer.yaml', line: lineOf(ir, 'exec-fit:') },
    ]);
    assert.match(stageOf(project, id('load-data')).notRunnable ?? '', /cluster/);
    assert.deepEqual(project.problems, []);
  });

  it('reads what version 1 made, and takes no other workflow for it', async () => {
    const workflow = (mark: string) => `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  annotations: {${mark}: 1.8.22}
spec:
  entrypoint: all
  templates:
    - name: all
      dag:
        tasks:
          - {name: train, template: train, dependencies: [load]}
          - {name: load, template: load}
    - {name: load, container: {image: a}}
    - {name: train, container: {image: a}}
`;
    const project = await detectIn({
      'kfp.yaml': workflow('pipelines.kubeflow.org/kfp_sdk_version'),
      'argo.yaml': workflow('other'),
      'sdk/test_data/kfp.yaml': workflow('pipelines.kubeflow.org/kfp_sdk_version'),
      'web/mock-backend/kfp.yaml': workflow('pipelines.kubeflow.org/kfp_sdk_version'),
      'circle.yaml':
        'pipelineInfo: {name: c}\ndeploymentSpec: {}\ncomponents: {comp-a: {dag: {tasks: {a: {componentRef: {name: comp-a}}}}}}\nroot: {dag: {tasks: {a: {componentRef: {name: comp-a}}}}}\n',
    });
    assert.deepEqual(stageOf(project, 'kfp.yaml:train').needs, ['kfp.yaml:load']);
    assert.ok(!ids(project).some((one) => one.startsWith('argo.yaml')));
    // Compiled to test something else.
    assert.ok(!ids(project).some((one) => one.includes('/kfp.yaml')));
    assert.equal(ids(project).filter((one) => one.startsWith('circle.yaml')).length, 1);
  });
});

describe('detection of TFX', () => {
  const pipeline = `from tfx import v1 as tfx

def create_pipeline(data):
    examples = tfx.components.CsvExampleGen(input_base=data)
    trainer = tfx.components.Trainer(examples=examples.outputs["examples"])
    return tfx.dsl.Pipeline(pipeline_name="taxi", components=[examples, trainer])
`;

  it('runs a pipeline by the script that gives it to a local runner', async () => {
    const runner = `from tfx import v1 as tfx
from pipeline import create_pipeline

if __name__ == "__main__":
    tfx.orchestration.LocalDagRunner().run(create_pipeline("data"))
`;
    const project = await detectIn({ 'pipeline.py': pipeline, 'local_runner.py': runner });
    assert.deepEqual(ids(project), ['local_runner.py']);
    const stage = stageOf(project, 'local_runner.py');
    assert.deepEqual(
      [stage.tool, stage.name, stage.command],
      ['tfx', 'taxi', 'python local_runner.py'],
    );
    assert.equal(stage.kind, 'train');
    assert.deepEqual(stage.source, { file: 'pipeline.py', line: 3 });
    assert.deepEqual(stage.dependencies, ['local_runner.py', 'pipeline.py']);
  });

  it('leaves to its server what no local runner is given', async () => {
    const project = await detectIn({ 'pipeline.py': pipeline });
    assert.equal(
      stageOf(project, 'pipeline.py').notRunnable,
      'no script of the project runs it here',
    );
  });
});

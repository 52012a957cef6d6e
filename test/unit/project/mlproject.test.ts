import assert from 'node:assert/strict';
import { detectIn, lineOf, stageOf } from './makeProject';

const PROJECT = `name: wine
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: {type: path, default: "my data.csv"}
    command: "python train.py --alpha {alpha} --data {data}"
  validate:
    parameters: {run_id: string}
    command: python validate.py {run_id}
  broken: {parameters: {}}
`;

describe('MLproject', () => {
  it('has a stage for each entry point, with its defaults filled in', async () => {
    const project = await detectIn({
      MLproject: PROJECT,
      'train.py': 'import pandas as pd\nif __name__ == "__main__":\n    pd.read_csv("in.csv")\n',
    });
    const main = stageOf(project, 'main');
    assert.equal(main.command, "python train.py --alpha 0.5 --data 'my data.csv'");
    assert.deepEqual([main.kind, main.onRequest], ['train', undefined]);
    assert.deepEqual(main.dependencies, ['MLproject', 'train.py', 'in.csv']);
    assert.deepEqual(main.source, { file: 'MLproject', line: lineOf(PROJECT, 'main:') });
    // `main` is the pipeline, and nobody knows the run of the other.
    assert.equal(stageOf(project, 'validate').onRequest, true);
    // The script is the entry point's, and no stage besides it.
    assert.deepEqual(
      project.stages.map(({ id }) => id),
      ['main', 'validate'],
    );
    assert.deepEqual(
      project.problems.map(({ code, line }) => [code, line]),
      [['mlproject-invalid', lineOf(PROJECT, 'broken:')]],
    );
  });

  it('are of the kind that their folder says, where nothing else does', async () => {
    const project = await detectIn({
      'get_data/MLproject': 'entry_points:\n  main: {command: "python run.py"}\n',
      'data_check/MLproject': 'entry_points:\n  main: {command: "pytest ."}\n',
      // A template, no project.
      'step/{{ cookiecutter.name }}/MLproject': 'entry_points:\n  main: {{ cookiecutter.x }}\n',
    });
    assert.deepEqual(
      project.stages.map(({ kind }) => kind),
      ['validate', 'ingest'],
    );
    assert.deepEqual(project.problems, []);
  });

  it('of several folders have names of their own, and may be half-written', async () => {
    const project = await detectIn({
      'a/MLproject': 'entry_points:\n  main: {command: "python x.py"}\n',
      'b/MLproject': 'entry_points:\n  main: {command: "python x.py"}\n  half: {',
    });
    assert.deepEqual(project.stages.map(({ id, cwd }) => [id, cwd]).slice(0, 2), [
      ['a/MLproject:main', 'a'],
      ['b/MLproject:main', 'b'],
    ]);
    assert.ok(
      project.problems.some(({ file, code }) => file === 'b/MLproject' && code === 'yaml-invalid'),
    );
  });
});

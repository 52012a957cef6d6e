import assert from 'node:assert/strict';
import { stageToolOf } from '../../../src/pipeline/tools/stageTools';
import { detectIn, lineOf } from './makeProject';

const PYPROJECT = `[project]
name = "x"
description = """
[tool.poe.tasks]
train = "not this one"
"""

[tool.poe.tasks]
lint = "ruff check ."
train = "python src/train.py --fast"
"prepare data" = { cmd = "python src/prepare.py" }
test-model = "pytest"

[tool.poe.tasks.evaluate]
shell = "python -m src.evaluate"
deps = ["train"]

[tool.hatch.envs.ml.scripts]
predict = ["python src/predict.py"]
`;
const PIXI = `[tasks]
features = { cmd = "python src/prepare.py", inputs = ["raw.csv"], outputs = ["features.csv"] }
fit = { cmd = "python src/train.py", depends-on = ["features"], outputs = ["model.pkl"] }
start = "python app.py"
`;
const SCRIPTS = Object.fromEntries(
  ['train', 'prepare', 'evaluate', 'predict'].map((name) => [`src/${name}.py`, '']),
);

describe('tasks', () => {
  it('of pyproject.toml that work on data or models are stages, run by whoever knows them', async () => {
    const { stages } = await detectIn({ 'pyproject.toml': PYPROJECT, ...SCRIPTS });
    const tasks = stages.filter(({ tool }) => tool === 'pyproject');
    assert.deepEqual(
      tasks.map((stage) => {
        const run = stageToolOf(stage).invocation?.(stage, { force: false });
        return [
          stage.name,
          stage.kind,
          stage.source.line,
          [run?.program, ...(run?.arguments ?? [])].join(' '),
        ];
      }),
      [
        ['train', 'train', lineOf(PYPROJECT, 'train = "python'), 'poe train'],
        ['prepare data', 'prepare', lineOf(PYPROJECT, '"prepare data"'), 'poe prepare data'],
        ['evaluate', 'evaluate', lineOf(PYPROJECT, '[tool.poe.tasks.evaluate]'), 'poe evaluate'],
        ['predict', 'evaluate', lineOf(PYPROJECT, 'predict ='), 'hatch run ml:predict'],
      ],
    );
    assert.ok(tasks.every(({ onRequest }) => onRequest === true));
    assert.deepEqual(tasks[2]?.needs, ['pyproject.toml:train']);
  });

  it('of pixi with outputs are a pipeline', async () => {
    const { stages } = await detectIn({
      'pixi.toml': PIXI,
      'raw.csv': 'a\n',
      'app.py': '',
      ...SCRIPTS,
    });
    const tasks = stages.filter(({ tool }) => tool === 'pyproject');
    assert.deepEqual(
      tasks.map(({ name, outputs, needs, onRequest }) => [name, outputs, needs, onRequest]),
      [
        ['features', ['features.csv'], undefined, undefined],
        ['fit', ['model.pkl'], ['pixi.toml:features'], undefined],
      ],
    );
  });

  it('of package.json are stages where they run Python, and a project of JavaScript has none', async () => {
    const scripts = {
      build: 'tsc',
      train: 'python train.py',
      test: 'pytest',
      'evaluate:all': 'node x.js',
    };
    const text = JSON.stringify({ name: 'x', scripts }, null, 2);
    const { stages } = await detectIn({ 'package.json': text, 'train.py': '' });
    assert.deepEqual(
      stages.filter(({ tool }) => tool === 'npm').map(({ name, source }) => [name, source.line]),
      [['train', lineOf(text, '"train"')]],
    );
    const javascript = await detectIn({ 'package.json': text });
    assert.deepEqual(javascript.stages, []);
  });

  it('that are half-written are told with their line, or left to their own editor', async () => {
    const half = await detectIn({
      'pyproject.toml': '[tool.poe.tasks]\ntrain = "python',
      'x.py': '',
    });
    assert.deepEqual(
      half.problems.map(({ code, file, line }) => [code, file, line]),
      [['toml-invalid', 'pyproject.toml', 2]],
    );
    const json = await detectIn({ 'package.json': '{"scripts": {', 'x.py': '' });
    assert.deepEqual(json.problems, []);
  });
});

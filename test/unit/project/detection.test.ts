import assert from 'node:assert/strict';
import { ok } from '../../../src/base/result';
import { detectProjects } from '../../../src/project/detectProjects';
import { findProjectRoots } from '../../../src/project/findProjectRoots';
import { isEmptyProject } from '../../../src/project/project';
import { detectIn, lineOf, stageOf, withFolder } from './makeProject';

describe('projects in a folder', () => {
  it('are those with a preflight.yaml, a DVC repository or a Kedro project of their own, and the rest', async () => {
    const rootsOf = (...paths: readonly string[]) =>
      findProjectRoots({
        paths,
        readText: (path) =>
          Promise.resolve(ok(path.startsWith('kedro') ? '[tool.kedro]\n' : '[project]\n')),
      });
    assert.deepEqual(await rootsOf(), ['.']);
    assert.deepEqual(await rootsOf('.dvc/config', 'preflight.yaml', 'a.py'), ['.']);
    assert.deepEqual(await rootsOf('a/.dvc/config', 'b/c/preflight.yaml', 'x.py'), [
      '.',
      'a',
      'b/c',
    ]);
    assert.deepEqual(await rootsOf('a/.dvc/config', 'a/x.py', 'b/preflight.yaml'), ['a', 'b']);
    assert.deepEqual(await rootsOf('x.dvc/config', 'my-preflight.yaml'), ['.']);
    assert.deepEqual(await rootsOf('a/pyproject.toml', 'kedro-a/pyproject.toml', 'x.py'), [
      '.',
      'kedro-a',
    ]);
  });

  it('do not share their files', async () => {
    const files = {
      'README.md': '',
      'data/all.csv': 'a\n',
      'one/preflight.yaml': 'version: 1\n',
      'one/data/train.csv': 'a\n',
      'one/inner/.dvc/config': '',
      'one/inner/dvc.yaml': 'stages: {train: {cmd: x}}\n',
    };
    await withFolder(files, async (root) => {
      const projects = await detectProjects(root);
      assert.ok(projects.ok);
      assert.deepEqual(
        projects.value.map((project) => [
          project.root.slice(root.length),
          project.datasets.map((dataset) => dataset.path),
          project.stages.map((stage) => stage.id),
        ]),
        [
          ['', ['data/all.csv'], []],
          ['/one', ['data/train.csv'], []],
          ['/one/inner', [], ['train']],
        ],
      );
    });
  });

  it('may be none: an empty folder is an empty project', async () => {
    const project = await detectIn({});
    assert.ok(isEmptyProject(project));
    assert.deepEqual([project.tools, project.problems], [[], []]);
  });
});

describe('notebooks', () => {
  const cell = (...source: string[]) => ({ cell_type: 'code', source, outputs: [] });
  const notebook = (...cells: object[]) =>
    JSON.stringify({ cells, metadata: {}, nbformat: 4 }, null, 1);

  it('are stages with what they read from their own folder, and the lines of it', async () => {
    const text = notebook(
      { cell_type: 'markdown', source: ['pd.read_csv("not.csv")'] },
      cell('%matplotlib inline\n', '!pip install x\n', 'import pandas as pd\n', 'NAME = "train"'),
      cell('rows = pd.read_csv(f"../data/{NAME}.csv")\n', 'rows.to_parquet("out é.parquet")'),
    );
    const project = await detectIn({ 'nb/a b.ipynb': text, 'data/train.csv': 'a\n' });
    const stage = stageOf(project, 'nb/a b.ipynb');
    assert.equal(stage.command, "jupyter execute 'nb/a b.ipynb'");
    assert.deepEqual(
      [stage.kind, stage.tool, stage.dependencies, stage.outputs],
      ['other', 'notebook', ['nb/a b.ipynb', 'data/train.csv'], ['nb/out é.parquet']],
    );
    assert.deepEqual(stage.evidence, [
      { file: 'nb/a b.ipynb', line: 1 },
      { file: 'nb/a b.ipynb', line: lineOf(text, 'read_csv(f') },
      { file: 'nb/a b.ipynb', line: lineOf(text, 'to_parquet') },
    ]);
  });

  it('have the kind that their name says, and no models of somebody else', async () => {
    const project = await detectIn({
      'nb/02_train_model.ipynb': notebook(
        cell('import torch\n', 'net = torch.load("resnet.pt")\n', 'torch.save(net, "tuned.pt")'),
      ),
    });
    assert.equal(stageOf(project, 'nb/02_train_model.ipynb').kind, 'train');
    assert.deepEqual(
      project.models.map(({ path }) => path),
      ['nb/tuned.pt'],
    );
  });

  it('that cannot be read are left out, and disturb nothing', async () => {
    const project = await detectIn({
      'empty.ipynb': '',
      'half.ipynb': '{"cells": [',
      'list.ipynb': '[]',
      'odd.ipynb': '{"cells": [null, 3, {"cell_type": "code"}]}',
      'r.ipynb': '{"cells": [], "metadata": {"kernelspec": {"language": "R"}}}',
      'data/train.csv': 'a\n',
    });
    assert.deepEqual(
      project.stages.map((stage) => stage.id),
      ['odd.ipynb'],
    );
    assert.equal(project.datasets.length, 1);
  });
});

describe('metrics of models', () => {
  it('are those of the stages at and after the model', async () => {
    const project = await detectIn({
      'dvc.yaml': `stages:
  a: {cmd: x, outs: [models/a.onnx]}
  b: {cmd: x, outs: [models/b.onnx]}
  eval_a: {cmd: x, deps: [models/a.onnx], metrics: [a.json], outs: [a.csv]}
  later_a: {cmd: x, deps: [a.csv], metrics: [later.json]}
  eval_b: {cmd: x, deps: [models], outs: [b/]}
metrics: [b/metrics.json, none.json]
`,
    });
    assert.deepEqual(
      project.models.map(({ name, metrics }) => [name, metrics]),
      [
        ['a', ['a.json', 'b/metrics.json', 'later.json']],
        ['b', ['b/metrics.json']],
      ],
    );
  });
});

describe('detection', () => {
  it('comes to the same, in the same order, every time', async () => {
    const files = Object.fromEntries(
      ['z', 'a', 'M', 'é'].flatMap((name) => [
        [`${name}/train.py`, 'import pandas as pd\npd.read_csv("in.csv").to_csv("out.csv")\n'],
        [`${name}/in.csv`, 'a\n'],
        [`${name}/model.v1.joblib`, ''],
      ]),
    );
    await withFolder(files, async (root) => {
      const [first, second] = [await detectProjects(root), await detectProjects(root)];
      assert.deepEqual(first, second);
      assert.ok(first.ok);
      assert.deepEqual(
        first.value[0]?.stages.map((stage) => stage.id),
        ['M/train.py', 'a/train.py', 'z/train.py', 'é/train.py'],
      );
    });
  });

  it('never runs what it reads', async () => {
    const script =
      'import pathlib, pandas as pd\npathlib.Path("ran").write_text("x")\npd.read_csv("a.csv")\n';
    await withFolder(
      { 'train.py': script, 'setup.py': script, Makefile: 'all:\n\ttouch ran\n' },
      async (root) => {
        await detectProjects(root);
        const after = await detectProjects(root);
        assert.ok(after.ok);
        // What was there is what is there.
        assert.deepEqual(
          after.value[0]?.stages.map((stage) => stage.outputs),
          [['ran']],
        );
        const { existsSync } = await import('node:fs');
        assert.equal(existsSync(`${root}/ran`), false);
      },
    );
  });

  it('joins packed files of one kind, and keeps those of another apart', async () => {
    const files = Object.fromEntries(
      [1, 2, 3, 4].flatMap((part) => [
        [`data/part-${part}.csv.gz`, ''],
        [`data/part-${part}.jsonl.gz`, ''],
      ]),
    );
    const { datasets } = await detectIn(files);
    assert.deepEqual(
      datasets.map(({ path, format }) => [path, format]),
      [
        ['data/part-*.csv.gz', 'csv'],
        ['data/part-*.jsonl.gz', 'jsonl'],
      ],
    );
  });

  it('takes folders of images for data only where each is a class', async () => {
    const images = (...folders: readonly string[]) =>
      folders.flatMap((folder) => [`${folder}/1.png`, `${folder}/2.jpg`]);
    const { datasets } = await detectIn(
      Object.fromEntries(
        [
          ...images('pets/train/cat', 'pets/train/dog', 'pets/test/cat', 'pets/test/dog'),
          ...images('segmentation/images', 'segmentation/masks'),
          ...images('docs/a', 'docs/b', 'assets/light', 'assets/dark'),
          ...images('alone/only'),
          'few/a/1.png',
          'few/b/1.png',
          'train.py',
        ].map((path) => [path, '']),
      ),
    );
    assert.deepEqual(
      datasets.map(({ path, format, role }) => [path, format, role]),
      [
        ['pets/test', 'images', 'test'],
        ['pets/train', 'images', 'train'],
      ],
    );
  });

  it('reads a folder of the format that preflight.yaml says', async () => {
    const project = await detectIn({
      'preflight.yaml': 'datasets:\n  sales: { path: data/sales, format: parquet }\n',
      'data/sales/year=2024/a.parquet': '',
      'data/sales/year=2025/a.parquet': '',
    });
    assert.deepEqual(project.problems, []);
    assert.deepEqual(
      project.datasets.map(({ name, path, format }) => [name, path, format]),
      [['sales', 'data/sales', 'parquet']],
    );
  });
});

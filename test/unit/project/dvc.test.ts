import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { detectIn, lineOf, stageOf } from './makeProject';

// Expected names and paths are those of DVC's documentation of dvc.yaml (templating, foreach, matrix).

describe('detection of DVC', () => {
  it('resolves ${…} from params.yaml and vars, and writes maps as options', async () => {
    const pipeline = `vars:
  - codedir: src
  - more.json:extra
stages:
  train:
    cmd: python \${codedir}/train.py \${model} --out \${extra.out[0]} \\\${HOME}
    deps: ["\${codedir}/train.py"]
    outs:
      - "models/\${model.name}.pkl":
          cache: true
    params: [model.name, {other.json: [a.b]}, {big.toml: null}]
`;
    const project = await detectIn({
      'dvc.yaml': pipeline,
      'params.yaml':
        'model:\n  name: cnn\n  lr: 0.1\n  fast: true\n  slow: false\n  nested: {depth: 3}\n',
      'more.json': '{"extra": {"out": ["o.txt"]}, "model": {"name": "not taken"}}',
    });
    const train = stageOf(project, 'train');
    assert.equal(
      train.command,
      'python src/train.py --name cnn --lr 0.1 --fast --nested.depth 3 --out o.txt ${HOME}',
    );
    assert.deepEqual(train.dependencies, ['src/train.py']);
    assert.deepEqual(train.outputs, ['models/cnn.pkl']);
    assert.deepEqual(train.parameters, ['params.yaml:model.name', 'other.json:a.b', 'big.toml']);
    assert.deepEqual(project.problems, []);
    assert.deepEqual(project.models[0]?.evidence, [
      { file: 'dvc.yaml', line: lineOf(pipeline, 'models/${model.name}') },
    ]);
  });

  it('writes numbers into commands as Python does, because the lock has them that way', async () => {
    const numbers = [
      '1.0',
      '1e-5',
      '0.00001',
      '0.0001',
      '1e16',
      '1.5e3',
      '-0.0',
      '123456789012345678901234567890',
    ];
    const python = `import sys; print(" ".join(repr(eval(n)) for n in sys.argv[1:]))`;
    const expected = execFileSync('python3', ['-c', python, ...numbers], {
      encoding: 'utf8',
    }).trim();
    const project = await detectIn({
      'params.yaml': `n: [${numbers.join(', ')}]\n`,
      'dvc.yaml': `stages: {a: {cmd: "${numbers.map((_, index) => `\${n[${index}]}`).join(' ')}"}}`,
    });
    assert.equal(stageOf(project, 'a').command, expected);
  });

  it('quotes the values of maps as a shell needs it', async () => {
    const project = await detectIn({
      'params.yaml': `o: {a: "x y", b: "it's", c: [1, "p q"], d: null, e: "", f: $(touch x)}\n`,
      'dvc.yaml': 'stages: {a: {cmd: "echo ${o}"}}',
    });
    const { command } = stageOf(project, 'a');
    const words = execFileSync('sh', ['-c', command.replace('echo', "printf '%s\\n'")], {
      encoding: 'utf8',
    });
    assert.deepEqual(words.split('\n').slice(0, -1), [
      '--a',
      'x y',
      '--b',
      "it's",
      '--c',
      '1',
      'p q',
      '--d',
      'None',
      '--e',
      '',
      '--f',
      '$(touch x)',
    ]);
  });

  it('expands foreach over lists and maps, and matrix, with the names that DVC gives', async () => {
    const project = await detectIn({
      'params.yaml': 'folds: [a, b]\nlabels: [[x, y], {deep: z}]\n',
      'dvc.yaml': `stages:
  clean:
    foreach: [raw1, raw2]
    do: {cmd: "clean \${item}", outs: ["\${item}.cln"]}
  fit:
    foreach:
      - {epochs: 3, thresh: 10}
      - {epochs: 10, thresh: 15}
    do:
      cmd: fit \${item.epochs} \${item.thresh}
  build:
    foreach: {uk: {year: 2020}, us: {year: 2021}}
    do:
      cmd: build \${key} \${item.year}
  train:
    matrix:
      model: [cnn, xgb]
      fold: \${folds}
    cmd: train \${item.model} \${item.fold}
    outs: ["models/\${key}.pkl"]
  complex:
    matrix: {labels: "\${labels}"}
    cmd: echo \${key}
`,
    });
    const commands = Object.fromEntries(project.stages.map((stage) => [stage.id, stage.command]));
    assert.deepEqual(commands, {
      'clean@raw1': 'clean raw1',
      'clean@raw2': 'clean raw2',
      'fit@0': 'fit 3 10',
      'fit@1': 'fit 10 15',
      'build@uk': 'build uk 2020',
      'build@us': 'build us 2021',
      'train@cnn-a': 'train cnn a',
      'train@cnn-b': 'train cnn b',
      'train@xgb-a': 'train xgb a',
      'train@xgb-b': 'train xgb b',
      'complex@labels0': 'echo labels0',
      'complex@labels1': 'echo labels1',
    });
    assert.deepEqual(stageOf(project, 'train@xgb-b').outputs, ['models/xgb-b.pkl']);
    assert.deepEqual(project.problems, []);
  });

  it('understands wdir, lists of commands, and a dvc.yaml in a folder', async () => {
    const project = await detectIn({
      'sub/dvc.yaml': `stages:
  prepare:
    wdir: inner
    cmd:
      - python a.py
      - python b.py
    deps: [../raw.csv, ./a.py]
    outs: [out/]
    params: [lr, {../p.yaml: [x]}]
metrics: [inner/out/metrics.json]
`,
    });
    const prepare = stageOf(project, 'sub/dvc.yaml:prepare');
    assert.equal(prepare.command, 'python a.py && python b.py');
    assert.equal(prepare.cwd, 'sub/inner');
    assert.deepEqual(prepare.dependencies, ['sub/raw.csv', 'sub/inner/a.py']);
    assert.deepEqual(prepare.outputs, ['sub/inner/out']);
    assert.deepEqual(prepare.parameters, ['sub/inner/params.yaml:lr', 'sub/p.yaml:x']);
    // Top-level metrics belong to the stage that writes the folder they are in.
    assert.deepEqual(prepare.metrics, ['sub/inner/out/metrics.json']);
  });

  it('finds what .dvc files track and what artifacts: names', async () => {
    const tracked =
      'outs:\n- md5: 0123456789abcdef0123456789abcdef\n  size: 4\n  path: train.csv\n';
    const pipeline = `artifacts:
  churn:
    path: models/churn.pkl
    type: model
  people:
    path: data/people.parquet
    type: dataset
`;
    const project = await detectIn({
      'dvc.yaml': pipeline,
      'data/train.csv.dvc': tracked,
      'data/images.dvc': 'outs:\n- md5: 0.dir\n  path: images\n',
      'models/churn.pkl.dvc': 'outs:\n- md5: 0\n  path: churn.pkl\n',
    });
    assert.deepEqual(
      project.datasets.map(({ name, path, role }) => [name, path, role]),
      [
        ['people', 'data/people.parquet', 'other'],
        ['train', 'data/train.csv', 'train'],
      ],
    );
    assert.deepEqual(project.datasets[1]?.evidence, [
      { file: 'data/train.csv.dvc', line: lineOf(tracked, 'path:') },
    ]);
    assert.deepEqual(
      project.models.map(({ name, path, evidence }) => [name, path, evidence]),
      [
        [
          'churn',
          'models/churn.pkl',
          [
            { file: 'dvc.yaml', line: lineOf(pipeline, 'churn:') },
            { file: 'models/churn.pkl.dvc', line: 3 },
          ],
        ],
      ],
    );
  });
});

describe('a dvc.yaml that is wrong', () => {
  it('is a problem with its place when half-written, and everything else is still detected', async () => {
    const pipeline =
      'stages:\n  prepare:\n    cmd: python prepare.py\n  train:\n    cmd: "python tr\n';
    const project = await detectIn({
      'dvc.yaml': pipeline,
      'data/train.csv': 'a\n1\n',
      'metrics.json': '{"auc": 0.5}\n',
    });
    const [problem] = project.problems;
    assert.equal(problem?.code, 'yaml-invalid');
    assert.equal(problem?.file, 'dvc.yaml');
    // The quote that is never closed is on the last line, where the text ends.
    assert.ok((problem?.line ?? 0) >= lineOf(pipeline, '"python tr'));
    assert.ok((problem?.column ?? 0) >= 1);
    assert.ok(project.stages.some((stage) => stage.id === 'prepare'));
    assert.deepEqual(
      project.datasets.map((dataset) => dataset.path),
      ['data/train.csv'],
    );
    assert.deepEqual(
      project.metrics.map((metrics) => metrics.path),
      ['metrics.json'],
    );
  });

  it('says where a value is unknown, and where a stage has no command', async () => {
    const pipeline = `stages:
  a:
    cmd: run \${nothing.here}
  b:
    foreach: \${nowhere}
    do: {cmd: x}
  c:
    deps: [x]
`;
    const project = await detectIn({ 'dvc.yaml': pipeline });
    assert.deepEqual(
      project.problems.map(({ code, line }) => [code, line]),
      [
        ['dvc-template-unsupported', lineOf(pipeline, 'nothing.here')],
        ['dvc-template-unsupported', lineOf(pipeline, 'nowhere')],
        ['dvc-invalid', lineOf(pipeline, '  c:')],
      ],
    );
    assert.deepEqual(
      project.stages.map((stage) => stage.id),
      ['a'],
    );
  });

  it('stays detected where its root is an output, and .dvcignore leaves something out', async () => {
    const project = await detectIn({
      'dvc.yaml': 'stages:\n  a: {cmd: x, outs: [.]}\n',
      '.dvcignore': '*.tmp\n',
    });
    assert.deepEqual(
      project.problems.map(({ code, line }) => [code, line]),
      [['dvc-outputs', 2]],
    );
  });

  it('is looked through once, and no further, where a few lines stand for billions', async () => {
    const levels = 'abcdefgh'.split('').map((name, index, all) => {
      const item = index === 0 ? 'x' : `*${all[index - 1]}`;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => item).join(',')}]\n`;
    });
    const project = await detectIn({
      'dvc.yaml': `${levels.join('')}stages: {t: {cmd: x, meta: *h, outs: *h, desc: *h}}\nplots: *h\n`,
    });
    assert.ok(project.problems.length > 0 && project.problems.length <= 30);
  }).timeout(10_000);

  it('may go through the names of a map in a matrix', async () => {
    const project = await detectIn({
      'params.yaml': 'models: {cnn: {lr: 1}, xgb: {lr: 2}}\n',
      'dvc.yaml': 'stages:\n  a:\n    matrix: {model: "${models}"}\n    cmd: fit ${item.model}\n',
    });
    assert.deepEqual(
      project.stages.map(({ id, command }) => [id, command]),
      [
        ['a@cnn', 'fit cnn'],
        ['a@xgb', 'fit xgb'],
      ],
    );
    assert.deepEqual(project.problems, []);
  });

  it('may be empty, no map, a list of nonsense or a bomb', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
vars: [{x: *f}]
stages: {train: {foreach: *f, do: {cmd: "echo \${item}"}}}
`;
    const loop = 'stages: &s\n  train: {cmd: x, deps: &d [*d], vars: [*s]}\n';
    for (const text of [
      '',
      'stages:',
      '[1, 2]',
      'text',
      'stages: [a]',
      'stages: {train: 3}',
      bomb,
      loop,
    ]) {
      const project = await detectIn({ 'dvc.yaml': text, 'data/train.csv': 'a\n' });
      assert.deepEqual(
        project.datasets.map((one) => one.path),
        ['data/train.csv'],
        text,
      );
    }
  });
});

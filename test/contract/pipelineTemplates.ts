import { chmod, mkdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { Edits } from './pipelineEdits';

/** A DVC project whose stages are written in templates, with parameters in every format, imports and tracked files. */
export const TEMPLATE_FILES: Readonly<Record<string, string>> = {
  'dvc.yaml': `vars:
  - config.toml
  - settings.json:model,run
  - constants.py:width,title,Model
  - folder: out
    sizes: [1_000, 2.50, 0x1f]
    desk: desk
    options: {rate: 1e-5, names: [a b, true, 3], nested: {on: true, off: false, none: null}}
stages:
  grid:
    matrix:
      shape: \${shapes}
      size: \${sizes}
      kind: [{name: a, deep: {x: 1}}, {name: b}]
    desc: One file for each
    cmd: echo \${item.shape} \${item.size} \${item.kind.name} \${key} > \${folder}/\${key}.txt
    outs:
      - \${folder}/\${key}.txt:
          cache: false
  years:
    foreach: {2020: {name: old}, new: {name: young}}
    do:
      cmd: echo \${key} \${item.name} > \${folder}/\${key}.year
      deps: [raw/data.csv]
      outs:
        - \${folder}/\${key}.year:
            persist: true
            desc: kept
  each:
    foreach: \${run.parts}
    do:
      vars: [own: "\\\\\${item}"]
      wdir: \${desk}
      cmd: cp ../raw/data.csv \${item.name}.csv
      deps: [../raw/data.csv]
      params: [rate]
      outs: ["\${item.name}.csv"]
  options:
    cmd: >-
      echo \${options} \${model.name} \${Model.lr} \${width} \${title} "\\\${HOME}" > options.txt
    params:
      - constants.py: [width, Model.lr, shape, Model.Inner.deep]
      - whole.py:
      - config.toml: [big, deep.l*]
      - settings.json: ['run.p?rt*']
      - absent
    outs: [options.txt]
  measure:
    wdir: \${desk}/..
    cmd:
      - mkdir -p eval/plots
      - echo '{"auc":0.5}' > eval/metrics.json
      - printf 'x,y\\n1,2\\n' > eval/plots/roc.csv
      - printf '{"x":1}' > eval/hist.json
    deps: [options.txt, tracked.csv, imported.csv]
    metrics:
      - eval/metrics.json:
          cache: false
    plots:
      - eval/plots/roc.csv:
          x: x
          y: y
      - eval/hist.json:
          cache: false
  callback:
    cmd: "true"
    frozen: True
  reader:
    cmd: "test -f /etc/hosts"
    deps: [/etc/hosts, ../outside.txt]
  lines:
    cmd: |
      true
      cat raw/data.csv > lines.txt
    deps: [raw/data.csv]
    outs: [lines.txt]
metrics: ["\${folder}/summary.json"]
plots:
  - eval/plots/roc.csv:
      x: x
artifacts:
  \${model.name}:
    path: \${folder}/model.pkl
    type: model
params: [config.toml]
`,
  'params.yaml': 'rate: 0.5\nabsent: 1\nlist: [1, 2]\n',
  'config.toml':
    'shapes = ["round", "flat"]\nbig = 12345678901234567\n[deep]\nlist = [1, 2.0, "x"]\n',
  'settings.json':
    '{"model": {"name": "cnn"}, "run": {"parts": [{"name": "p"}, {"name": "q"}]}, "other": 1}\n',
  'constants.py': `import os
width: int = 1_0
title = "a" 'b'
shape = (1, 2)
computed = os.environ.get("X", 3)
class Model:
    lr = 1e-3; steps = [1, 2]
    class Inner:
        deep = {"x": [1]}
    def __init__(self):
        self.seed = -1
        local = 2
`,
  'whole.py': 'a = 1\nb = ["x", None, True]\nc = f(1)\n',
  'desk/params.yaml': 'rate: 1\n',
  'raw/data.csv': 'a,b\n1,2\n',
  'tracked.csv': 'a\n1\n',
  'origin.csv': 'from\nelsewhere\n',
  'out/.keep': '',
  '../outside.txt': 'outside\n',
};

export const TEMPLATE_EDITS: Edits = {
  nothing: async () => undefined,
  'an item of a matrix less': (p) => p.replace('config.toml', ', "flat"', ''),
  'an item of a matrix more': (p) => p.replace('dvc.yaml', '0x1f]', '0x1f, 7]'),
  'a number of a matrix written otherwise': (p) => p.replace('dvc.yaml', '1_000', '1000'),
  'a number of a matrix that is a float now': (p) => p.replace('dvc.yaml', '2.50', '2.5e0'),
  'an output of a matrix stage changed': (p) => p.append('out/round-1000-kind0.txt', 'x'),
  'an output that persists missing': (p) => p.remove('out/2020.year'),
  'a value of a foreach map': (p) => p.replace('dvc.yaml', 'name: young', 'name: new'),
  'a part of a foreach list more': (p) =>
    p.replace('settings.json', '{"name": "q"}', '{"name": "q"}, {"name": "r"}'),
  'a working folder from a template': async (p) => {
    await p.replace('dvc.yaml', 'desk: desk', 'desk: table');
    await p.move('desk', 'table');
  },
  'a parameter beside a working folder': (p) => p.write('desk/params.yaml', 'rate: 2\n'),
  'a parameter beside dvc.yaml, which another file has too': (p) =>
    p.replace('params.yaml', 'rate: 0.5', 'rate: 0.7'),
  'a map that becomes options': (p) => p.replace('dvc.yaml', 'off: false', 'off: true'),
  'switches written with their negation': (p) =>
    p.append('.dvc/config', '[parsing]\n    bool = boolean_optional\n'),
  'lists repeated, by the local configuration': async (p) => {
    await p.append('.dvc/config', '[parsing]\n    list = nargs\n');
    await p.write('.dvc/config.local', '["parsing"]\n    list = "append" # mine\n');
  },
  'a parameter in Python': (p) => p.replace('constants.py', 'width: int = 1_0', 'width: int = 11'),
  'a parameter in a class of Python': (p) => p.replace('constants.py', '1e-3', '0.001'),
  'a parameter in a class of Python changed': (p) => p.replace('constants.py', '1e-3', '0.002'),
  'a parameter in an inner class of Python': (p) =>
    p.replace('constants.py', '{"x": [1]}', '{"x": [2]}'),
  'a tuple of Python': (p) => p.replace('constants.py', '(1, 2)', '(1, 3)'),
  'a tuple of Python that is a list now': (p) => p.replace('constants.py', '(1, 2)', '[1, 2]'),
  'a parameter of Python that is computed now': (p) =>
    p.replace('constants.py', 'shape = (1, 2)', 'shape = tuple([1, 2])'),
  'an untracked name of Python': (p) =>
    p.replace('constants.py', 'self.seed = -1', 'self.seed = 1'),
  'a whole file of Python': (p) => p.replace('whole.py', 'a = 1', 'a = 2'),
  'a computed name of a whole file of Python': (p) => p.replace('whole.py', 'f(1)', 'f(2)'),
  'a name more in a whole file of Python': (p) => p.append('whole.py', 'd = {}\n'),
  'a large integer': (p) => p.replace('config.toml', '12345678901234567', '12345678901234568'),
  'a parameter that a pattern stands for': (p) =>
    p.replace('settings.json', '"name": "q"', '"name": "z"'),
  'a pattern that stands for nothing now': (p) => p.replace('config.toml', 'list =', 'other ='),
  'a list in TOML': (p) => p.replace('config.toml', '2.0', '2.5'),
  'a tracked parameter removed': (p) => p.replace('params.yaml', 'absent: 1\n', ''),
  'a tracked parameter that is null now': (p) => p.replace('params.yaml', 'absent: 1', 'absent:'),
  'no file of Python parameters': async (p) => {
    await p.replace('dvc.yaml', '  - constants.py:width,title,Model\n', '');
    await p.replace('dvc.yaml', '${Model.lr} ${width} ${title}', '');
    await p.remove('constants.py');
  },
  'metrics of a stage': (p) => p.write('eval/metrics.json', '{"auc":0.6}\n'),
  'metrics of a stage that may be cached now': (p) =>
    p.replace('dvc.yaml', /metrics\.json:\n {10}cache: false/, 'metrics.json'),
  'plots of a stage': (p) => p.append('eval/plots/roc.csv', '3,4\n'),
  'plots of a stage missing': (p) => p.remove('eval/hist.json'),
  'how a plot is drawn': (p) =>
    p.replace('dvc.yaml', 'x: x\n          y: y', 'x: y\n          y: x'),
  'a tracked file changed': (p) => p.append('tracked.csv', '2\n'),
  'the .dvc file of a tracked file gone': (p) => p.remove('tracked.csv.dvc'),
  'an imported file changed': (p) => p.append('imported.csv', 'x\n'),
  'the origin of an imported file changed': (p) => p.append('origin.csv', 'x\n'),
  'an output cached but missing': (p) => p.remove('options.txt'),
  'an output neither cached nor there': async (p) => {
    await p.remove('options.txt');
    await p.remove('.dvc/cache/files');
  },
  'an output that is a link to the same content': async (p) => {
    await p.move('options.txt', 'elsewhere.txt');
    await p.link('elsewhere.txt', 'options.txt');
  },
  'an output that is a folder now': async (p) => {
    await p.remove('options.txt');
    await mkdir(p.at('options.txt'));
  },
  'an ignored dependency': (p) => p.write('.dvcignore', 'raw/data.csv\n'),
  'an executable output': (p) => chmod(p.at('options.txt'), 0o755),
  'a stage frozen in a foreach': async (p) => {
    await p.replace('dvc.yaml', 'cmd: cp ../raw', 'frozen: true\n      cmd: cp ../raw');
    await p.append('raw/data.csv', '3,4\n');
  },
  'a stage of a matrix that is always changed': (p) =>
    p.replace('dvc.yaml', 'desc: One file for each', 'always_changed: true'),
  'a stage without anything, no longer frozen': (p) =>
    p.replace('dvc.yaml', '    frozen: True\n', ''),
  'a dependency out of the project': (p) => p.replace('dvc.yaml', '../outside.txt', '../other.txt'),
  'a dependency out of the project changed': (p) => p.write('../outside.txt', 'changed\n'),
  'a new dependency out of the project': (p) =>
    p.replace('dvc.yaml', '[/etc/hosts,', '[/etc/hosts, /etc/hostname,'),
  'a dependency out of the project less': (p) => p.replace('dvc.yaml', '/etc/hosts, ', ''),
  'a command of one line that is a list': (p) =>
    p.replace('dvc.yaml', 'cmd: "test -f /etc/hosts"', 'cmd: ["test -f /etc/hosts"]'),
  'a command without its last line end': (p) => p.replace('dvc.yaml', 'cmd: |', 'cmd: |-'),
  'a command with a space more': (p) => p.replace('dvc.yaml', '"test -f ', '"test  -f '),
  'the commands of a list joined': (p) =>
    p.replace(
      'dvc.yaml',
      /cmd:\n {6}- (mkdir.*)\n {6}- (echo.*)\n {6}- (.*)\n {6}- (.*)\n/,
      'cmd: $1 && $2\n',
    ),
  'a description': (p) => p.replace('dvc.yaml', 'One file for each', 'Another text'),
  'a stage in another dvc.yaml': (p) =>
    p.write('more/dvc.yaml', 'stages:\n  extra:\n    cmd: echo\n    deps: [../raw/data.csv]\n'),
  'an ignored dvc.yaml': async (p) => {
    await p.write(
      'more/dvc.yaml',
      'stages:\n  extra:\n    cmd: echo\n    deps: [../raw/data.csv]\n',
    );
    await p.write('.dvcignore', 'more/\n');
  },
  'a dependency without its digest in the lock file': (p) =>
    p.replace('dvc.lock', /(path: tracked\.csv\n) +hash: md5\n +md5: .*\n/, '$1'),
  'an object in the cache that was written to': async (p) => {
    const digest = createHash('md5').update('x,y\n1,2\n').digest('hex');
    const path = `.dvc/cache/files/md5/${digest.slice(0, 2)}/${digest.slice(2)}`;
    await chmod(p.at(path), 0o644);
    await p.write(path, 'damaged');
  },
};

import type { Cases } from './dvcRefusedProjects';

/** Projects that look as if something were wrong with them, and that DVC takes. */
export const ACCEPTED: Cases = {
  ok: 'stages:\n  a:\n    cmd: echo\n    deps: [p.txt]\n    outs: [x]\n',
  empty: '',
  'cmd list number': 'stages:\n  a:\n    cmd: [1, x]\n',
  'params mapitem': 'stages:\n  a:\n    cmd: x\n    params: [{t.json: null}]\n',
  'params emptyitem': 'stages:\n  a:\n    cmd: x\n    params: [""]\n',
  'vars mapitem': 'stages:\n  a:\n    cmd: x\n    vars: [{t.json: null}]\n',
  'outs checkpoint': 'stages:\n  a:\n    cmd: x\n    outs: [{t: {checkpoint: true}}]\n',
  'outs remote push':
    'stages:\n  a:\n    cmd: x\n    outs: [{t: {remote: r, push: false, desc: d, type: t, labels: [a], meta: {x: 1}, persist: true}}]\n',
  'outs two keys': 'stages:\n  a:\n    cmd: x\n    outs: [{t: {cache: false}, u: {cache: true}}]\n',
  'plots props':
    'stages:\n  a:\n    cmd: x\n    plots: [{t: {x: a, y: b, template: c, x_label: d, y_label: e, title: f, header: false, cache: false}}]\n',
  'params keynumber': 'stages:\n  a:\n    cmd: x\n    params: [{p.yaml: [1]}]\n',
  'params keynull': 'stages:\n  a:\n    cmd: x\n    params: [{p.yaml: null}]\n',
  'wdir missing': 'stages:\n  a:\n    cmd: x\n    wdir: nowhere\n',
  'wdir outside': 'stages:\n  a:\n    cmd: x\n    wdir: ..\n',
  'meta any': 'stages:\n  a:\n    cmd: x\n    meta: [1]\n',
  'foreach empty': 'stages:\n  a:\n    foreach: []\n    do: {cmd: x}\n',
  'matrix empty list': 'stages:\n  a:\n    matrix: {a: []}\n    cmd: x\n',
  'matrix templ map': {
    'dvc.yaml': 'stages:\n  a:\n    matrix: {a: "${n}"}\n    cmd: x ${item.a}\n',
    'params.yaml': 'n: {k: 1, l: 2}\n',
  },
  'foreach dup': 'stages:\n  a:\n    foreach: [1, 1]\n    do: {cmd: "x ${item}"}\n',
  'foreach null item': 'stages:\n  a:\n    foreach: [null, a]\n    do: {cmd: "x ${item}"}\n',
  'foreach bool item': 'stages:\n  a:\n    foreach: [true, 1.50]\n    do: {cmd: "x ${item}"}\n',
  'foreach intkey': 'stages:\n  a:\n    foreach: {1: a, 2: b}\n    do: {cmd: "x ${key} ${item}"}\n',
  'template unclosed': { 'dvc.yaml': 'stages:\n  a:\n    cmd: x ${a\n', 'params.yaml': 'a: 1\n' },
  'template map as cmd': {
    'dvc.yaml': 'stages:\n  a:\n    cmd: ${a}\n',
    'params.yaml': 'a: {x: 1}\n',
  },
  'template number as cmd': {
    'dvc.yaml': 'stages:\n  a:\n    cmd: ${a}\n',
    'params.yaml': 'a: 5\n',
  },
  'template null as cmd': { 'dvc.yaml': 'stages:\n  a:\n    cmd: ${a}\n', 'params.yaml': 'a:\n' },
  'params empty': { 'dvc.yaml': 'stages:\n  a:\n    cmd: x\n', 'params.yaml': '' },
  'params comment only': {
    'dvc.yaml': 'stages:\n  a:\n    cmd: x\n    params: [a]\n',
    'params.yaml': '# nothing\n',
  },
  'params tracked bad yaml': {
    'dvc.yaml': 'stages:\n  a:\n    cmd: x\n    params: [{p.yaml: [a]}]\n',
    'p.yaml': 'a: [1\n',
  },
  'params tracked bad json': {
    'dvc.yaml': 'stages:\n  a:\n    cmd: x\n    params: [{p.json: [a]}]\n',
    'p.json': '{',
  },
  'merge key stage': 'stages:\n  a: &d {cmd: y}\n  b:\n    <<: *d\n    deps: [q]\n',
  'stage name slash': 'stages:\n  a/b: {cmd: x}\n',
  'stage name space': 'stages:\n  "a b": {cmd: x}\n',
  'stage name template': { 'dvc.yaml': 'stages:\n  "${n}": {cmd: x}\n', 'params.yaml': 'n: q\n' },
  'dup outs one': 'stages:\n  a: {cmd: x, outs: [o, o]}\n',
  'dup deps': 'stages:\n  a: {cmd: x, deps: [o, o]}\n',
  'dup params': { 'dvc.yaml': 'stages:\n  a: {cmd: x, params: [o, o]}\n', 'params.yaml': 'o: 1\n' },
  'stage in out': {
    'dvc.yaml': 'stages:\n  a: {cmd: x, outs: [sub]}\n',
    'sub/dvc.yaml': 'stages:\n  b: {cmd: x}\n',
  },
  'empty dvcfile': { 'dvc.yaml': 'stages:\n  a: {cmd: x}\n', 'o.dvc': '' },
  'vars item': 'vars: [{item: 1}]\nstages: {a: {foreach: [1], do: {cmd: "x ${item}"}}}\n',
  'plots top ok':
    'plots: [m.json, {n.json: {x: a, y: [b, c], title: t}}, {q: null}, {z: {y: {f.csv: b, g.csv: [c]}}}]\nstages: {a: {cmd: x}}\n',
  'artifacts ok':
    'artifacts: {m: {path: p, type: model, desc: d, labels: [x], meta: {a: 1}}}\nstages: {a: {cmd: x}}\n',
  datasets: 'datasets: [{name: x, type: dvc}]\nstages: {a: {cmd: x}}\n',
  'lock no stages': {
    'dvc.yaml': 'stages: {a: {cmd: x, outs: [o]}}\n',
    'dvc.lock': 'schema: "2.0"\n',
  },
  'yaml gitignored': {
    'dvc.yaml': 'stages: {a: {cmd: x, outs: [o]}}\n',
    '.gitignore': 'dvc.yaml\n',
  },
  'dvc.yml': { 'dvc.yaml': 'stages: {a: {cmd: x}}\n', 'sub/dvc.yml': 'stages: {b: {cmd: x}}\n' },
  'dvc.yaml in gitignored folder': {
    'dvc.yaml': 'stages: {a: {cmd: x, outs: [o]}}\n',
    '.gitignore': 'sub/\n',
    'sub/dvc.yaml': 'stages: {b: {cmd: x}}\n',
  },
};

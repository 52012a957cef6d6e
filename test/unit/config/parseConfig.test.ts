import assert from 'node:assert/strict';
import { parseConfig } from '../../../src/config/parseConfig';

function problemsOf(text: string) {
  const parsed = parseConfig(text);
  assert.ok(!parsed.ok, 'expected problems');
  return parsed.problem;
}

describe('parseConfig', () => {
  it('reads the example of the design and tells where each key stands', () => {
    const parsed = parseConfig(
      'version: 1\n# data\ndatasets:\n  train: { path: data/train.parquet, role: train, label: admitted }\n' +
        'gate:\n  metrics:\n    auc: { margin: 0.005 }\n  policy: { main: { inconclusive: block } }\n',
    );
    assert.ok(parsed.ok);
    assert.equal(parsed.value.config.datasets?.train?.label, 'admitted');
    assert.equal(parsed.value.config.gate?.metrics?.auc?.margin, 0.005);
    assert.equal(parsed.value.lineOf(['datasets', 'train']), 4);
    assert.equal(parsed.value.lineOf(['gate', 'metrics', 'auc']), 7);
  });

  it('takes an empty file as an empty configuration', () => {
    const parsed = parseConfig('');
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.config, {});
  });

  it('names the line and the nearest key of an unknown one', () => {
    const [problem] = problemsOf('version: 1\ngate:\n  metrics:\n    auc: { margn: 0.005 }\n');
    assert.equal(problem?.code, 'config-unknown-key');
    assert.equal(problem?.line, 4);
    assert.equal(problem?.column, 12);
    assert.match(problem?.fix ?? '', /"margin"/);
  });

  it('knows the top level too', () => {
    const [problem] = problemsOf('dataset: {}\n');
    assert.match(problem?.fix ?? '', /"datasets"/);
  });

  it('places a value that does not fit', () => {
    const [problem] = problemsOf('datasets:\n  train:\n    path: a.csv\n    role: training\n');
    assert.equal(problem?.code, 'config-invalid');
    assert.equal(problem?.line, 4);
  });

  it('reports half-written YAML with its line', () => {
    const [problem] = problemsOf('gate:\n  metrics: { auc: [\n');
    assert.equal(problem?.code, 'yaml-invalid');
    assert.ok((problem?.line ?? 0) >= 2);
  });

  it('refuses a document that explodes by aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, index) => {
        const before = 'abcdefgh'[index];
        return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(',')}]`;
      }),
    ].join('\n');
    assert.equal(problemsOf(bomb)[0]?.code, 'yaml-invalid');
  });

  it('reads a text once, however often it is asked for, and another one anew', () => {
    const text = 'version: 1\nstages: { a: { run: echo } }\n';
    assert.equal(parseConfig(text), parseConfig(text));
    assert.notEqual(parseConfig(text), parseConfig(text, 'other/preflight.yaml'));
    const changed = parseConfig(text.replace('echo', 'pwd'));
    assert.equal(changed.ok && changed.value.config.stages?.['a']?.run, 'pwd');
  });
});

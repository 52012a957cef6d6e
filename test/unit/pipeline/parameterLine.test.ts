import assert from 'node:assert/strict';
import { lineOfParameter } from '../../../src/pipeline/parameters/parameterLine';

describe('lineOfParameter', () => {
  it('finds a key of YAML, also in a merged map and with a dot in its name', () => {
    const text = [
      'base: &base',
      '  rate: 0.1',
      'lr: 1',
      'train:',
      '  <<: *base',
      '  # lr: 2',
      '  lr: 3',
      'model.rate: 4',
      'model:',
      '  depth: 5',
    ].join('\n');
    const line = (key: string) => lineOfParameter(text, 'params.yaml', key);
    assert.equal(line('train.lr'), 7);
    assert.equal(line('lr'), 3);
    assert.equal(line('train.rate'), 2);
    assert.equal(line('model.rate'), 8);
    assert.equal(line('model.depth'), 10);
  });

  it('says where a key that has gone would be', () => {
    const text = 'a: 1\ntrain:\n  lr: 1\n';
    assert.equal(lineOfParameter(text, 'params.yaml', 'train.depth'), 2);
    assert.equal(lineOfParameter(text, 'params.yaml', 'other.depth'), undefined);
    assert.equal(lineOfParameter('', 'params.yaml', 'a'), undefined);
    assert.equal(lineOfParameter('a: [', 'params.yaml', 'a'), 1);
  });

  it('finds a key of JSON, TOML and Python', () => {
    const json = '{\n  "lr": 1,\n  "train": {\n    "lr": 2\n  }\n}\n';
    assert.equal(lineOfParameter(json, 'params.json', 'train.lr'), 4);
    const toml = 'lr = 1\n[other]\nlr = 2\n[train]\n# lr = 3\nlr = 4\n[train.deep]\nx.y = 5\n';
    assert.equal(lineOfParameter(toml, 'params.toml', 'lr'), 1);
    assert.equal(lineOfParameter(toml, 'params.toml', 'train.lr'), 6);
    assert.equal(lineOfParameter(toml, 'params.toml', 'train.deep.x.y'), 8);
    assert.equal(lineOfParameter(toml, 'params.toml', 'train.gone'), 4);
    const python =
      'LR: float = 1\n\nclass Train:\n    LR = 2\n    SEEDS = {\n        "a": 1,\n    }\n';
    assert.equal(lineOfParameter(python, 'params.py', 'LR'), 1);
    assert.equal(lineOfParameter(python, 'params.py', 'Train.LR'), 4);
  });
});

import assert from 'node:assert/strict';
import { parseByteSize } from '../../../src/config/byteSize';
import { detectIn, stageOf } from './makeProject';

describe('resources in preflight.yaml', () => {
  it('are those of a stage of its own, and of one that a tool describes and still runs', async () => {
    const project = await detectIn({
      'preflight.yaml': `stages:
  train: { resources: { cpus: 2, memory: 4GB, gpus: 1 } }
  own: { run: ./own.sh, resources: { memory: 512MiB } }
  ghost: { resources: { cpus: 1 } }
`,
      'dvc.yaml': 'stages:\n  train:\n    cmd: python train.py\n    deps: [train.py]\n',
      'train.py': '',
    });
    const train = stageOf(project, 'train');
    assert.equal(train.tool, 'dvc');
    assert.equal(train.command, 'python train.py');
    assert.equal(train.source.file, 'dvc.yaml');
    assert.deepEqual(train.resources, { cpus: 2, memory: 4e9, gpus: 1 });
    assert.deepEqual(stageOf(project, 'own').resources, { memory: 512 * 2 ** 20 });
    assert.deepEqual(
      project.problems.map(({ code, file, line }) => `${code} ${file}:${line}`),
      ['stage-run-missing preflight.yaml:4'],
    );
    assert.equal(
      project.stages.some((stage) => stage.id === 'ghost'),
      false,
    );
  });
});

describe('parseByteSize', () => {
  it('knows decimal and binary units', () => {
    assert.deepEqual(['4GB', '4 GiB', '1.5k', '2Ti', '512mb', '7', 9].map(parseByteSize), [
      4e9,
      2 ** 32,
      1500,
      2 ** 41,
      512e6,
      7,
      9,
    ]);
    assert.deepEqual(['', 'much', '4 XB', '-1GB'].map(parseByteSize), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

import assert from 'node:assert/strict';
import { stagePlaces } from '../../../src/project/stagePlaces';
import { makeStage } from '../pipeline/makeStage';

describe('The places of stages that share a name', () => {
  const placesOf = (...stages: readonly Parameters<typeof makeStage>[]) =>
    Object.fromEntries(stagePlaces(stages.map(([id, parts]) => makeStage(id, parts))));

  it('are needed only where a name is not enough', () => {
    assert.deepEqual(placesOf(['prepare'], ['train']), {});
  });

  it('are their folders', () => {
    assert.deepEqual(
      placesOf(
        ['train', {}],
        ['a/dvc.yaml:train', { name: 'train', cwd: 'a' }],
        ['a/dvc.yaml:test', { name: 'test', cwd: 'a' }],
      ),
      { train: './', 'a/dvc.yaml:train': 'a' },
    );
  });

  it('are their files or their tools where they run in one folder, else their ids', () => {
    const at = (file: string) => ({ source: { file, line: 1 } });
    assert.deepEqual(
      placesOf(['1', { name: 'fit', ...at('x.smk') }], ['2', { name: 'fit', ...at('y.smk') }]),
      { 1: 'x.smk', 2: 'y.smk' },
    );
    assert.deepEqual(placesOf(['1', { name: 'fit', tool: 'make' }], ['2', { name: 'fit' }]), {
      1: 'make',
      2: 'preflight',
    });
    assert.deepEqual(placesOf(['1', { name: 'fit' }], ['2', { name: 'fit' }]), { 1: '1', 2: '2' });
  });
});

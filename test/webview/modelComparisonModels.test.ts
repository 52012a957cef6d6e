import assert from 'node:assert/strict';
import {
  byWeight,
  comparisonHeadline,
  relativeGain,
} from '../../webview-ui/modelComparison/comparisonHeadline';
import { metric, worseModel } from './fixtures/comparison';

describe('The verdict on a model', () => {
  it('names its weightiest reason, and how many more there are', () => {
    assert.equal(
      comparisonHeadline(worseModel),
      'Failed: auc: \u22120.0124 is worse by more than the margin of 0.005',
    );
    const twice = [...worseModel.metrics, ...worseModel.metrics];
    assert.match(comparisonHeadline({ ...worseModel, metrics: twice }), /\(and 1 more metric\)$/);
    assert.equal(
      comparisonHeadline({ ...worseModel, verdict: 'pass', metrics: [] }),
      'Nothing to compare: no metric was found',
    );
  });

  it('knows what is a gain', () => {
    assert.equal(relativeGain(metric({ base: 2, delta: 1 })), 0.5);
    assert.equal(relativeGain(metric({ base: -2, delta: 1, direction: 'lower' })), -0.5);
    assert.equal(relativeGain(metric({ base: 2, delta: 1, direction: 'unknown' })), undefined);
    assert.equal(relativeGain(metric({ base: null, delta: null })), undefined);
  });

  it('orders by result before it orders by loss', () => {
    const metrics = [
      metric({ name: 'lost', base: 1, delta: -100, result: 'pass' }),
      metric({ name: 'warned', base: 1, delta: 0.5, result: 'warn' }),
      metric({ name: 'failed', base: 1, delta: 100, result: 'fail' }),
      metric({ name: 'doubtful', base: 1, delta: 0, result: 'inconclusive' }),
      metric({ name: 'won', base: 1, delta: 100, result: 'pass' }),
    ];
    assert.deepEqual(
      byWeight(metrics).map(({ name }) => name),
      ['failed', 'doubtful', 'warned', 'lost', 'won'],
    );
  });
});

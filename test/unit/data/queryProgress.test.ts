import assert from 'node:assert/strict';
import { nextStep, QueryProgress } from '../../../src/data/engine/queryProgress';

describe('how far a request is', () => {
  let told: [string, number][];
  let progress: QueryProgress;
  beforeEach(() => {
    told = [];
    progress = new QueryProgress(({ what, done }) => told.push([what, Number(done.toFixed(4))]));
  });

  it('moves within a step as the query does, but for what other queries of it may need', () => {
    progress.tell({ what: 'reading', done: 0 }, 0.4);
    for (const share of [-0.01, 0, 0.25, 0.5, 1]) progress.look(share);
    assert.deepEqual(told, [
      ['reading', 0],
      ['reading', 0.05],
      ['reading', 0.1],
      ['reading', 0.2],
    ]);
  });

  it('goes on from there with another query, and never back', () => {
    progress.tell({ what: 'reading', done: 0 }, 0.4);
    for (const share of [1, 0.5]) progress.look(share);
    // What is left of the step is 0.2, of which half of a half is done.
    assert.deepEqual(told.at(-1), ['reading', 0.25]);
    progress.tell({ what: 'comparing', done: 0.3 }, 0.6);
    assert.deepEqual(told.at(-1), ['comparing', 0.3]);
    progress.look(1);
    progress.tell({ what: 'comparing', done: 0.4 }, 0.9);
    assert.deepEqual(told.at(-1), ['comparing', 0.45]);
  });

  it('knows where the next step begins', () => {
    assert.deepEqual([0, 0.4, 0.62, 0.8, 1].map(nextStep), [0.4, 0.5, 0.8, 1, 1]);
  });
});

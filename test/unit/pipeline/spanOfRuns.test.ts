import assert from 'node:assert/strict';
import { spanOfRuns } from '../../../src/pipeline/ledger/spanOfRuns';

describe('The time of several runs', () => {
  it('is that from the first start to the last end, also where they overlap', () => {
    const runs = [
      { started: 10_000, seconds: 5 },
      { started: 11_000, seconds: 1.5 },
      { started: 15_200, seconds: 2 },
    ];
    assert.equal(spanOfRuns(runs), 7.2);
  });

  it('is not known where none has ended', () => {
    assert.equal(spanOfRuns([]), undefined);
    assert.equal(spanOfRuns([{ started: 1, seconds: undefined }]), undefined);
  });
});

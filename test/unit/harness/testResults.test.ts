import assert from 'node:assert/strict';
import { countResults } from '../../harness/testResults';

describe('the results of a test process', () => {
  it('counts what happened', () => {
    const text =
      '{"kind":"passed","title":"a"}\n{"kind":"failed","title":"b","error":"e"}\n{"kind":"skipped","title":"c"}\n{"kind":"end"}\n';
    assert.deepEqual(countResults(text), { passed: 1, failed: 1, skipped: 1, ended: true });
  });

  it('counts a process that died as one more failure, even in the middle of a line', () => {
    const text = '{"kind":"passed","title":"a"}\n{"kind":"pass';
    assert.deepEqual(countResults(text), { passed: 1, failed: 1, skipped: 0, ended: false });
    assert.equal(countResults('').failed, 1);
  });
});

import assert from 'node:assert/strict';
import { countResults, describeFailures } from '../../harness/testResults';

describe('the results of a test process', () => {
  it('counts what happened', () => {
    const text =
      '{"kind":"passed","title":"a"}\n{"kind":"failed","title":"b","error":"e"}\n{"kind":"skipped","title":"c"}\n{"kind":"end"}\n';
    const counts = countResults(text);
    assert.deepEqual(counts, {
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: [{ title: 'b', error: 'e' }],
      ended: true,
    });
    assert.equal(describeFailures(counts), 'FAILED b\ne\n\n');
  });

  it('counts a process that died as one more failure, even in the middle of a line', () => {
    const text = '{"kind":"passed","title":"a"}\n{"kind":"pass';
    assert.deepEqual(countResults(text), {
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: [],
      ended: false,
    });
    assert.equal(countResults('').failed, 1);
  });
});

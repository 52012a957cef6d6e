import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { problemOf } from './dataFixtures';

describe('a record without an end', function () {
  this.timeout(30_000);

  it('of JSON Lines is told in plain words', async () => {
    const text = Buffer.concat([Buffer.from('{"a": "'), Buffer.alloc(48 * 2 ** 20, 'x')]);
    const { code, message } = await problemOf(gzipSync(text, { level: 1 }), {
      format: 'jsonl',
      shown: ['data.jsonl.gz'],
    });
    assert.equal(code, 'json-record-too-long');
    assert.doesNotMatch(message, /maximum_object_size/);
  });
});

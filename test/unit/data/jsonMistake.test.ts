import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findJsonMistake } from '../../../src/data/engine/jsonMistake';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the search for a mistake in JSON', function () {
  this.timeout(60_000);

  it('finds one exactly where the parser of the runtime does', () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e4"',
      '"\u0085"',
      '"\\x"',
      '"\n"',
      '1',
      '01',
      '-0.5e3',
      '.5',
      'true',
      'nul',
      ' ',
      '\n',
      '\u00a0',
    );
    const broken = fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(''));
    fc.assert(
      fc.property(fc.oneof(broken, fc.json()), (text) => {
        assert.equal(findJsonMistake(text) === undefined, isJson(text));
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('tells the offset of the first wrong token', () => {
    assert.equal(findJsonMistake('[{"a":1}, {"b":}]'), 15);
    assert.equal(findJsonMistake('{"a" 1}'), 5);
    assert.equal(findJsonMistake('[1,\n2'), 5);
    assert.equal(findJsonMistake('[1] x'), 4);
  });
});

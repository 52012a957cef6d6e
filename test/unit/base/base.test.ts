import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeFileAtomically } from '../../../src/base/atomicWrite';
import { canonicalJson } from '../../../src/base/canonicalJson';
import { escapeHtml, escapeMarkdown, quoteLiteral, showControls } from '../../../src/base/escape';
import {
  formatAge,
  formatElapsed,
  formatNumber,
  formatSeconds,
  formatShare,
  formatSigned,
} from '../../../src/base/format';
import { nearestWord } from '../../../src/base/nearest';
import { gravestVerdict } from '../../../src/base/verdict';

describe('canonicalJson', () => {
  it('is the same text for any order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).toReversed());
        assert.equal(canonicalJson(object), canonicalJson(turned));
      }),
    );
  });

  it('rounds floats to 12 significant digits and keeps integers', () => {
    assert.equal(
      canonicalJson({ b: 0.1 + 0.2, a: 9007199254740991 }),
      '{\n  "a": 9007199254740991,\n  "b": 0.3\n}\n',
    );
  });
});

describe('writeFileAtomically', () => {
  it('replaces the content and leaves no temporary file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'preflight-'));
    try {
      const path = join(folder, 'deep', 'state.json');
      await writeFileAtomically(path, 'old');
      await Promise.all([writeFileAtomically(path, 'new'), writeFileAtomically(path, 'new')]);
      assert.equal(await readFile(path, 'utf8'), 'new');
      assert.deepEqual(await readdir(join(folder, 'deep')), ['state.json']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('escaping', () => {
  it('makes hostile text harmless for its medium', () => {
    assert.equal(escapeHtml('<img onerror="x">&'), '&#60;img onerror=&#34;x&#34;&#62;&#38;');
    assert.equal(showControls('a\u001b[31mb\nc\u202ed'), 'a\\u001b[31mb\u23cec\\u202ed');
    assert.equal(escapeMarkdown('[x](y)|z'), '\\[x\\]\\(y\\)\\|z');
    assert.equal(quoteLiteral("a'; DROP"), "'a''; DROP'");
  });
});

describe('formatting', () => {
  it('writes three significant digits, signs and units', () => {
    assert.equal(formatNumber(0.98765), '0.988');
    assert.equal(formatNumber(12345.678), '12,346');
    assert.equal(formatNumber(0.00001234), '1.23e-5');
    assert.equal(formatSigned(-0.0125), '\u22120.0125');
    assert.equal(formatSigned(0.5), '+0.500');
    assert.equal(formatShare(0.5), '50.0 %');
    assert.equal(formatShare(0.00001), '<0.01 %');
    assert.equal(formatSeconds(0.0414), '41 ms');
    assert.equal(formatSeconds(125), '2 min 5 s');
    assert.equal(formatElapsed(16.9), '16 s');
    assert.equal(formatElapsed(-0.2), '0 s');
    assert.equal(formatElapsed(125.8), '2 min 5 s');
    assert.equal(formatSeconds(119.7), '2 min 0 s');
    assert.equal(formatAge(0, 3 * 86_400_000), '3 days ago');
    assert.equal(formatAge(5, 0), 'just now');
  });
});

describe('nearestWord', () => {
  it('finds what was meant, and nothing where nothing is close', () => {
    assert.equal(nearestWord('trian', ['train', 'test', 'tune']), 'train');
    assert.equal(nearestWord('zebra', ['train', 'test']), undefined);
  });
});

describe('gravestVerdict', () => {
  it('weighs fail over inconclusive over warn over pass', () => {
    assert.equal(gravestVerdict(['pass', 'warn', 'inconclusive']), 'inconclusive');
    assert.equal(gravestVerdict(['fail', 'inconclusive']), 'fail');
    assert.equal(gravestVerdict([]), 'pass');
  });
});

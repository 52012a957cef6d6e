import assert from 'node:assert/strict';
import { dropExplained } from '../../../../src/data/checks/dropExplained';
import type { Finding, Severity } from '../../../../src/data/finding';

const found = (
  rule: string,
  severity: Severity,
  {
    column = 'x',
    samples = [],
    share,
    because,
  }: { column?: string; samples?: string[]; share?: number; because?: string } = {},
): Finding => ({
  rule,
  severity,
  dataset: 'train',
  column,
  message: '',
  observed: '',
  expected: '',
  samples,
  ...(because === undefined ? {} : { because }),
  ...(share === undefined ? {} : { effect: { value: share, unit: 'share' } }),
});

const left = (...findings: readonly Finding[]): readonly string[] =>
  dropExplained(findings).map(({ rule, severity, column }) => `${severity} ${rule}:${column}`);

describe('findings that others explain', () => {
  it('are not told again, and leave their gravity to the cause', () => {
    assert.deepEqual(left(found('unit-changed', 'error'), found('drift', 'error')), [
      'error unit-changed:x',
    ]);
    assert.deepEqual(left(found('nulls-increased', 'error'), found('column-empty', 'error')), [
      'error column-empty:x',
    ]);
    assert.deepEqual(
      left(found('sentinel-value', 'warning', { share: 0.05 }), found('drift', 'error')),
      ['error sentinel-value:x'],
    );
  });

  it('stay where the cause is another column, too small, or only told', () => {
    assert.equal(
      left(found('unit-changed', 'error'), found('drift', 'error', { column: 'y' })).length,
      2,
    );
    assert.equal(
      left(found('sentinel-value', 'error', { share: 0.001 }), found('drift', 'error')).length,
      2,
    );
    assert.equal(left(found('constant-column', 'info'), found('drift', 'error')).length, 2);
    assert.equal(
      left(found('category-unknown', 'error', { share: 1 }), found('drift', 'error')).length,
      2,
    );
  });

  it('are explained for both columns that were swapped', () => {
    const swapped = found('columns-swapped', 'error', { column: 'a', samples: ['a', 'b'] });
    assert.deepEqual(
      left(
        swapped,
        found('drift', 'error', { column: 'a' }),
        found('drift', 'error', { column: 'b' }),
        found('drift', 'error', { column: 'c' }),
        found('correlation-changed', 'error', { column: 'd', samples: ['a', 'b'] }),
        found('correlation-changed', 'error', { column: 'e', samples: ['a', 'f'] }),
      ),
      ['error columns-swapped:a', 'error drift:c', 'error correlation-changed:e'],
    );
  });

  it('are explained by spellings only where all that they name are among them', () => {
    const variants = found('string-variants', 'warning', { samples: ['berlin', 'BERLIN'] });
    assert.deepEqual(left(variants, found('category-unknown', 'error', { samples: ['berlin'] })), [
      'error string-variants:x',
    ]);
    assert.equal(
      left(variants, found('category-unknown', 'error', { samples: ['berlin', 'Bern'] })).length,
      2,
    );
  });

  it('only tell where they name their cause themselves, so that both can be accepted', () => {
    const drift = found('drift', 'error', { because: 'category-unknown' });
    assert.deepEqual(left(found('category-unknown', 'warning'), drift), [
      'error category-unknown:x',
      'info drift:x',
    ]);
    // Of another column, or silenced: then nothing else tells of it.
    assert.deepEqual(left(found('category-unknown', 'error', { column: 'y' }), drift), [
      'error category-unknown:y',
      'error drift:x',
    ]);
    assert.deepEqual(left(drift), ['error drift:x']);
  });

  it('are not told where what they name as their cause is explained itself', () => {
    assert.deepEqual(
      left(
        found('string-variants', 'warning', { samples: ['berlin', 'BERLIN'] }),
        found('category-unknown', 'error', { samples: ['berlin'], share: 0.008 }),
        found('drift', 'error', { because: 'category-unknown' }),
      ),
      ['error string-variants:x'],
    );
  });

  it('are all explained by a pointer in the place of the data', () => {
    const pointer = found('pointer-committed', 'error');
    assert.deepEqual(left(found('column-missing', 'error', { column: 'a' }), pointer), [
      'error pointer-committed:x',
    ]);
  });
});

import assert from 'node:assert/strict';
import { formatTable } from '../../../src/cli/textTable';

describe('formatTable', () => {
  it('pads cells to the widest of their column', () => {
    const columns = [{ title: 'A' }, { title: 'Number', align: 'right' as const }];
    assert.equal(formatTable(columns, [['long', '1']]), 'A     Number\nlong       1');
  });

  it('makes nothing longer for one cell that is very long', () => {
    const rows = [['x'.repeat(100_000), 'y'], ...Array.from({ length: 2000 }, () => ['x', 'y'])];
    const text = formatTable([{ title: 'A' }, { title: 'B' }], rows);
    assert.ok(text.length < 500_000, `${text.length} characters`);
  });
});

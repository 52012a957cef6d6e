import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fractionFiller, longestFraction, splitNumber } from '../../webview-ui/shared/decimals';
import { rememberLast } from '../../webview-ui/shared/remember';
import { rowAfterKey, rowWindow, scrollToReveal } from '../../webview-ui/shared/rowWindow';
import { barsPath, stepsPath } from '../../webview-ui/shared/sparkline';
import { nextSort, sortRows, type TableModel } from '../../webview-ui/shared/tableModel';
import { tableToCsv, tableToMarkdown } from '../../webview-ui/shared/tableText';
import { visibleText } from '../../webview-ui/shared/visibleText';

const TABLE: TableModel = {
  label: 'metrics',
  columns: [
    { id: 'name', title: 'Name', track: 'auto' },
    { id: 'value', title: 'Value', track: 'auto', align: 'decimal' },
  ],
  rows: [
    { key: 'a', cells: [{ text: 'b, "quoted"' }, { text: '0.500', value: 0.5004 }] },
    { key: 'b', cells: [{ text: '=1+1' }, { text: '\u2013', value: null }] },
    { key: 'c', cells: [{ text: 'A|b' }, { text: '\u22121.00', value: -1 }] },
  ],
};

describe('Tables', () => {
  it('are copied as CSV with all digits, and no text that a spreadsheet would run', () => {
    assert.equal(
      tableToCsv(TABLE),
      'Name,Value\r\n"b, ""quoted""",0.5004\r\n\'=1+1,\r\nA|b,-1\r\n',
    );
  });

  it('are copied as Markdown with what is special escaped', () => {
    assert.equal(
      tableToMarkdown(TABLE),
      '| Name | Value |\n| --- | ---: |\n| b, "quoted" | 0.500 |\n| =1\\+1 | \u2013 |\n| A\\|b | \u22121.00 |\n',
    );
  });

  it('sort numbers by value and text by its letters, what is missing last', () => {
    const keys = (column: string, descending: boolean) =>
      sortRows(TABLE, { column, descending }).map(({ key }) => key);
    assert.deepEqual(keys('value', false), ['c', 'a', 'b']);
    assert.deepEqual(keys('value', true), ['a', 'c', 'b']);
    assert.deepEqual(keys('name', false), ['b', 'c', 'a']);
    assert.deepEqual(sortRows(TABLE, undefined), TABLE.rows);
  });

  it('sort by clicks: one way, the other, then as given', () => {
    const first = nextSort(TABLE, undefined, 'value');
    assert.deepEqual(first, { column: 'value', descending: true });
    const second = nextSort(TABLE, first, 'value');
    assert.deepEqual(second, { column: 'value', descending: false });
    assert.equal(nextSort(TABLE, second, 'value'), undefined);
    assert.deepEqual(nextSort(TABLE, second, 'name'), { column: 'name', descending: false });
  });

  it('draw a window of rows that covers what is in sight', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.nat(100_000),
        fc.integer({ min: 1, max: 2000 }),
        (count, top, height) => {
          const { first, end } = rowWindow(count, 22, top, height);
          for (let row = 0; row < count; row++) {
            const inSight = (row + 1) * 22 > top && row * 22 < top + height;
            if (inSight) assert.ok(row >= first && row < end);
          }
          assert.ok(end - first <= height / 22 + 18);
        },
      ),
    );
  });

  it('scroll no further than a row needs', () => {
    assert.equal(scrollToReveal(0, 22, 100, 220), 0);
    assert.equal(scrollToReveal(7, 22, 100, 220), 100);
    assert.equal(scrollToReveal(20, 22, 100, 220), 20 * 22 + 22 - 220);
  });

  it('move by keys within their rows', () => {
    assert.equal(rowAfterKey('ArrowDown', 9, 10, 5), 9);
    assert.equal(rowAfterKey('PageUp', 3, 10, 5), 0);
    assert.equal(rowAfterKey('End', 3, 10, 5), 9);
    assert.equal(rowAfterKey('a', 3, 10, 5), undefined);
  });
});

describe('Numbers in a column', () => {
  it('are split at the decimal point and before the unit', () => {
    assert.deepEqual(splitNumber('\u22121,234.5 %'), {
      whole: '\u22121,234',
      fraction: '.5',
      unit: ' %',
    });
    assert.deepEqual(splitNumber('1.23e-5'), { whole: '1', fraction: '.23e-5', unit: '' });
    assert.deepEqual(splitNumber('12 rows'), { whole: '12', fraction: '', unit: ' rows' });
    assert.deepEqual(splitNumber('<0.01 %'), { whole: '<0', fraction: '.01', unit: ' %' });
    assert.deepEqual(splitNumber('\u2013'), { whole: '\u2013', fraction: '', unit: '' });
  });

  it('are filled to the longest fraction', () => {
    const longest = longestFraction(['0.5', '+0.00750', '12']);
    assert.equal(longest, 6);
    assert.equal(fractionFiller('.5', longest), '0000');
    assert.equal(fractionFiller('', longest), '.00000');
    assert.equal(fractionFiller('.00750', longest), '');
    assert.equal(fractionFiller('', 0), '');
  });
});

describe('Text of a dataset', () => {
  it('is cut where it is long, and shows what controls would hide', () => {
    assert.equal(visibleText('abc', 3), 'abc');
    assert.equal(visibleText('abcd', 3), 'abc\u2026');
    assert.equal(visibleText('a\u202eb'), 'a\\u202eb');
    assert.equal(visibleText('ab\u{1d70b}', 3), 'ab\u2026');
  });
});

describe('Small histograms', () => {
  it('are drawn on a common scale', () => {
    assert.equal(barsPath([0.5, 1], 1, 20, 11), 'M0.5 11V6H9.5V11ZM10.5 11V1H19.5V11Z');
    assert.equal(stepsPath([0.5, 1], 1, 20, 11), 'M0 6H10V1H20');
    assert.equal(stepsPath([0, 0], 0, 20, 11), 'M0 11H10V11H20');
  });
});

describe('rememberLast', () => {
  it('computes anew only for other arguments', () => {
    let computed = 0;
    const add = rememberLast((a: number, b: number) => {
      computed++;
      return a + b;
    });
    assert.deepEqual([add(1, 2), add(1, 2), add(2, 2), add(1, 2)], [3, 3, 4, 3]);
    assert.equal(computed, 3);
  });
});

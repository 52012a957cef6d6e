import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { openDatabase } from '../../../src/data/engine/database';
import { openSource } from '../../../src/data/engine/openSource';
import { findRows } from '../../../src/data/engine/rows/findRows';
import type { FailingRows, RowFilter } from '../../../src/data/finding';
import type { DatasetFormat } from '../../../src/project/project';
import { csvOf, writeData } from './dataFixtures';

interface Settings {
  readonly format?: DatasetFormat;
  readonly limit?: number;
  readonly threads?: number;
  readonly shown?: string;
}

async function rowsOf(
  contents: readonly (string | Uint8Array)[],
  filter: RowFilter,
  { format = 'csv', limit = 20, threads = 2, shown = 'data.csv' }: Settings = {},
): Promise<FailingRows> {
  const files = contents.map((content, index) => ({
    path: writeData(content, format),
    shown: contents.length > 1 ? `part${index}.csv` : shown,
  }));
  const database = await openDatabase(files, threads);
  try {
    const columns = await openSource(database, format);
    const [found] = await findRows(database, columns, { filters: [filter], format, limit });
    assert.ok(found !== undefined);
    return found;
  } finally {
    await database.close();
  }
}

/** `3: a | null`, the line and the values. */
function tell({ rows }: FailingRows): readonly string[] {
  return rows.map(({ file, line, values }) =>
    [file, `${line}: ${values.join(' | ')}`].filter(Boolean).join(':'),
  );
}

const CSV = [
  'x,name,when',
  '1,a,2020-01-01',
  '-999,"two',
  'lines, ""quoted""",2021-01-01',
  '',
  ',b ,2022-01-01',
  'inf, ,2023-01-01',
  'nan,"",2024-01-01',
  '7,a,2025-01-01',
].join('\n');

describe('the rows that a finding is about', function () {
  this.timeout(60_000);

  it('are found by every filter of one column, with the line that they begin in', async () => {
    const cases: readonly [RowFilter, readonly string[]][] = [
      [
        { kind: 'missing', column: 'x' },
        ['6: null | b  | 2022-01-01', '8: null | null | 2024-01-01'],
      ],
      [
        { kind: 'values', column: 'x', values: ['-999'] },
        ['3: -999.0 | two\nlines, "quoted" | 2021-01-01'],
      ],
      [
        { kind: 'values', column: 'name', values: ['a', 'b '], not: true },
        ['3: -999.0 | two\nlines, "quoted" | 2021-01-01', '7: inf |   | 2023-01-01'],
      ],
      [
        { kind: 'outside', column: 'x', min: 0, max: 6 },
        [
          '3: -999.0 | two\nlines, "quoted" | 2021-01-01',
          '7: inf |   | 2023-01-01',
          '9: 7.0 | a | 2025-01-01',
        ],
      ],
      [{ kind: 'outside', column: 'when', max: '2024-06-01' }, ['9: 7.0 | a | 2025-01-01']],
      [{ kind: 'infinite', column: 'x' }, ['7: inf |   | 2023-01-01']],
      [
        { kind: 'unlike', column: 'name', pattern: '[ab] ?' },
        ['3: -999.0 | two\nlines, "quoted" | 2021-01-01', '7: inf |   | 2023-01-01'],
      ],
      [
        { kind: 'padded', column: 'name' },
        ['6: null | b  | 2022-01-01', '7: inf |   | 2023-01-01'],
      ],
      [{ kind: 'blank', column: 'name' }, ['7: inf |   | 2023-01-01']],
      [
        { kind: 'false', sql: "name <> 'a'" },
        ['2: 1.0 | a | 2020-01-01', '9: 7.0 | a | 2025-01-01'],
      ],
    ];
    for (const [filter, expected] of cases) {
      const found = await rowsOf([CSV], filter);
      assert.deepEqual(
        tell(found),
        expected.map((each) => each.replaceAll('null', '')),
        JSON.stringify(filter),
      );
      assert.equal(found.total, expected.length);
      assert.deepEqual(found.columns, ['x', 'name', 'when']);
    }
  });

  it('are none where the column or the rule is not there', async () => {
    const filters: readonly RowFilter[] = [
      { kind: 'missing', column: 'gone' },
      { kind: 'false', sql: 'gone > 1' },
      { kind: 'false', sql: '1=1) FROM (SELECT 2' },
      { kind: 'repeated', columns: ['gone'] },
      { kind: 'conflicting', label: 'gone' },
    ];
    for (const filter of filters) {
      assert.deepEqual(await rowsOf([CSV], filter), {
        columns: ['x', 'name', 'when'],
        rows: [],
        total: 0,
      });
    }
  });

  it('that are of another type are found where the column became text', async () => {
    const found = await rowsOf(['x\n1\ntwo\n3\n4.5\n'], {
      kind: 'misfit',
      column: 'x',
      type: 'integer',
    });
    assert.deepEqual(tell(found), ['3: two', '5: 4.5']);
  });

  it('that repeat stand together', async () => {
    const text = 'id,y\n1,a\n2,b\n1,c\n3,d\n2,b\n,e\n,e\n';
    const all = await rowsOf([text], { kind: 'repeated', columns: [] });
    assert.deepEqual(tell(all), ['3: 2 | b', '6: 2 | b', '7:  | e', '8:  | e']);
    const byKey = await rowsOf([text], { kind: 'repeated', columns: ['id'] });
    assert.deepEqual(tell(byKey), ['2: 1 | a', '4: 1 | c', '3: 2 | b', '6: 2 | b']);
    assert.equal(byKey.total, 4);
    const labels = 'id,x,y\n1,5,no\n2,6,no\n3,5,yes\n4,5,\n5,5,no\n';
    const conflicting = await rowsOf([labels], { kind: 'conflicting', label: 'y', names: ['id'] });
    assert.deepEqual(tell(conflicting), ['2: 1 | 5 | no', '4: 3 | 5 | yes', '6: 5 | 5 | no']);
  });

  it('are no more than asked for, and their values are cut', async () => {
    const text = csvOf(
      ['x', 'long'],
      Array.from({ length: 300 }, (_, row) => [row % 2, `${row}-${'y'.repeat(300)}`]),
    );
    const found = await rowsOf(
      [text],
      { kind: 'values', column: 'x', values: ['1'] },
      { limit: 3 },
    );
    assert.equal(found.total, 150);
    assert.deepEqual(
      found.rows.map(({ line }) => line),
      [3, 5, 7],
    );
    assert.equal(found.rows[0]?.values[1]?.length, 200);
    const most = await rowsOf([text], { kind: 'false', sql: 'x > 1' }, { limit: 99 });
    assert.equal(most.rows.length, 20);
  });

  it('have their lines in files of every kind of line', async () => {
    const filter: RowFilter = { kind: 'values', column: 'a', values: ['7'] };
    const lines: readonly (readonly [string | Uint8Array, number, Settings?])[] = [
      ['a;b\r\n1;"x\r\ny"\r\n7;z\r\n', 4],
      ['# made by hand\n# twice\na,b\n1,x\n# within\n7,y\n', 6],
      ['\uFEFFa,b\n1,x\n\n\n7,y', 5],
      ['a,b\n1,5" pipe\n7,\'x\n', 3],
      [Buffer.from('a\tb\n1\tM\u00FCller\n7\tx\n', 'latin1'), 3],
      [Buffer.from('\uFEFFa,b\n1,\u4E2D\n7,x\n', 'utf16le'), 3],
      ['a,b\r1,x\r7,y\r', 3],
      [gzipSync('a,b\n1,x\n7,y\n'), 3, { shown: 'data.csv.gz' }],
      ['{"a":1,"b":"x\\ny"}\n\n{"a":7}\n', 3, { format: 'jsonl' }],
    ];
    for (const [content, line, settings] of lines) {
      const { rows } = await rowsOf([content], filter, settings);
      assert.deepEqual(
        rows.map((row) => row.line),
        [line],
        String(content),
      );
    }
  });

  it('are told with their file where there are several, and without a line where there are none', async () => {
    const parts = ['a,b\n1,x\n2,y\n', 'b,a\nz,7\n', 'a\n7\n'];
    const filter: RowFilter = { kind: 'values', column: 'a', values: ['7', '2'] };
    assert.deepEqual(tell(await rowsOf(parts, filter)), [
      'part0.csv:3: 2 | y',
      'part1.csv:2: 7 | z',
      'part2.csv:2: 7 | ',
    ]);
    const json = await rowsOf(['[{"a": 1},\n{"a": 7}]'], filter, { format: 'json' });
    assert.deepEqual(json.rows, [{ values: ['7'] }]);
  });

  it('are the same for any number of threads in a large file', async () => {
    const rows = 300_000;
    const text = csvOf(
      ['i', 'x'],
      Array.from({ length: rows }, (_, row) => [
        row,
        row % 50_000 === 49_999 ? 'odd' : `v${row % 9}`,
      ]),
    );
    for (const threads of [1, 2, 4]) {
      const found = await rowsOf(
        [text],
        { kind: 'values', column: 'x', values: ['odd'] },
        { threads },
      );
      assert.deepEqual(
        found.rows.map(({ line, values }) => [line, values[0]]),
        [0, 1, 2, 3, 4, 5].map((each) => [each * 50_000 + 50_001, `${each * 50_000 + 49_999}`]),
      );
    }
  });
});

import assert from 'node:assert/strict';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/base/canonicalJson';
import { columnOf, csvOf, profileFiles, profileText, writeData } from './dataFixtures';

describe('a profile', function () {
  this.timeout(60_000);

  it('tells types, nulls, extremes and moments', async () => {
    const profile = await profileText(
      csvOf(
        ['whole', 'real', 'text', 'yes', 'day', 'time', 'zip', 'void'],
        [
          [1, 0.5, 'a', 'true', '2024-01-31', '2024-01-31 10:00:00', '01234', ''],
          [2, '', 'b', 'False', '2024-02-01', '2024-02-01T11:00:00', '99999', 'NA'],
          [6, 2.5, 'a', '', '2024-02-02', '2024-02-02 12:30:00', '00001', ''],
        ],
      ),
    );
    assert.equal(profile.rows, 3);
    assert.deepEqual(
      profile.columns.map(({ name, type, nulls }) => [name, type, nulls]),
      [
        ['whole', 'integer', 0],
        ['real', 'number', 1],
        ['text', 'string', 0],
        ['yes', 'boolean', 1],
        ['day', 'date', 0],
        ['time', 'timestamp', 0],
        ['zip', 'string', 0],
        ['void', 'string', 3],
      ],
    );
    // By hand: mean of 1, 2, 6 is 3, their variance (4 + 1 + 9) / 2 = 7.
    assert.deepEqual(columnOf(profile, 'whole').numeric, {
      min: 1,
      max: 6,
      mean: 3,
      standardDeviation: Number(Math.sqrt(7).toPrecision(12)),
    });
    assert.deepEqual(columnOf(profile, 'text').categories, [
      { value: 'a', count: 2 },
      { value: 'b', count: 1 },
    ]);
    assert.deepEqual(columnOf(profile, 'text').distinct, { count: 2, error: 0 });
    assert.deepEqual(columnOf(profile, 'day').range, { min: '2024-01-31', max: '2024-02-02' });
  });

  it('gives few values bins of their own, with room below and above', async () => {
    const profile = await profileText(csvOf(['x'], [[0], [1], [1], [3]]));
    assert.deepEqual(columnOf(profile, 'x').histogram, {
      edges: [-1, 0, 1, 3],
      counts: [0, 1, 2, 1, 0],
    });
  });

  it('cuts many values into tenths', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => [index]);
    const { histogram } = columnOf(await profileText(csvOf(['x'], rows)), 'x');
    assert.deepEqual(histogram?.edges, [99, 199, 299, 399, 499, 599, 699, 799, 899]);
    assert.deepEqual(
      histogram?.counts,
      Array.from({ length: 10 }, () => 100),
    );
  });

  it('counts on the edges and the categories that were asked for', async () => {
    const shape = new Map([
      ['x', { edges: [1, 2] }],
      ['c', { categories: ['rare', 'absent'] }],
    ]);
    const rows = [
      [0, 'often'],
      [1, 'often'],
      [1.5, 'rare'],
      [2, 'often'],
      [9, 'often'],
    ];
    const profile = await profileText(csvOf(['x', 'c'], rows), { shape });
    assert.deepEqual(columnOf(profile, 'x').histogram, { edges: [1, 2], counts: [2, 2, 1] });
    assert.deepEqual(columnOf(profile, 'c').categories, [
      { value: 'often', count: 4 },
      { value: 'rare', count: 1 },
    ]);
  });

  it('lists what does not fit the expected type', async () => {
    const shape = new Map([['x', { type: 'number' as const }]]);
    const profile = await profileText('x\n1\nhigh\n2.5\nhigh\nlow\n', { shape });
    assert.deepEqual(columnOf(profile, 'x').misfits, [
      { value: 'high', count: 2 },
      { value: 'low', count: 1 },
    ]);
  });

  it('finds a single value of another type anywhere in the file', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => [index, index, index]);
    rows[29_990] = [29_990, 0.5, Number.NaN];
    const text = csvOf(['a', 'b', 'c'], rows).replace('29990,0.5,NaN', '29990,0.5,?');
    const profile = await profileText(text);
    assert.deepEqual(
      profile.columns.map(({ type }) => type),
      ['integer', 'number', 'string'],
    );
  });

  it('names columns as they are, however hostile', async () => {
    const header = [
      'a"; DROP TABLE data; --',
      'new\nline',
      "it's",
      '🦆',
      'A',
      'a',
      'a',
      '',
      '__proto__',
    ];
    const quoted = header.map((name) => `"${name.replaceAll('"', '""')}"`);
    const profile = await profileText(csvOf(quoted, [header.map((_, index) => index)]));
    assert.deepEqual(
      profile.columns.map(({ name }) => name),
      [
        'a"; DROP TABLE data; --',
        'new\nline',
        "it's",
        '🦆',
        'A',
        'a',
        'a.1',
        'Unnamed: 7',
        '__proto__',
      ],
    );
    assert.deepEqual(
      profile.columns.map(({ numeric }) => numeric?.min),
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
    );
  });

  it('reads files of one dataset as one table, by the names of the columns', async () => {
    const paths = [writeData('a,b\n1,x\n'), writeData('b,a,c\ny,2,3\n')];
    const profile = await profileFiles(paths);
    assert.equal(profile.rows, 2);
    assert.equal(columnOf(profile, 'a').numeric?.max, 2);
    assert.deepEqual(
      columnOf(profile, 'b').categories?.map(({ value }) => value),
      ['x', 'y'],
    );
    assert.equal(columnOf(profile, 'c').nulls, 1);
  });

  it('reads a file whose name is a pattern, and not the one that it matches', async () => {
    const path = writeData('wrong\n1\n', 'csv');
    const hostile = path.replace(/(\d+)\.csv$/, '[$1].csv');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(hostile, 'right\n1\n');
    assert.equal((await profileFiles([hostile])).columns[0]?.name, 'right');
  });

  it('takes the delimiter from the header', async () => {
    const profile = await profileText('a;"b,c;d";e\n1,5;2;3\n');
    assert.deepEqual(
      profile.columns.map(({ name, type }) => [name, type]),
      [
        // A comma before the decimals, as where semicolons separate the fields.
        ['a', 'number'],
        ['b,c;d', 'integer'],
        ['e', 'integer'],
      ],
    );
  });

  it('reads JSON Lines and JSON, and tells NaN from null', async () => {
    const jsonl = await profileText('{"x":1.5,"o":{"p":1}}\n{"x":NaN}\n{"x":null}\n{"x":2.5}\n', {
      format: 'jsonl',
    });
    const x = columnOf(jsonl, 'x');
    assert.deepEqual([x.type, x.nulls, x.nans, x.numeric?.mean], ['number', 1, 1, 2]);
    assert.equal(columnOf(jsonl, 'o').type, 'other');
    const json = await profileText('[{"x":1},{"x":2}]', { format: 'json' });
    assert.equal(columnOf(json, 'x').numeric?.max, 2);
  });

  it('reads Parquet, and keeps NaN and infinities out of the moments and the bins', async () => {
    const path = writeData('', 'parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (
      SELECT i % 3 AS few, CASE i % 4 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 'inf' ELSE i END AS many,
        i::DECIMAL(10, 2) / 2 AS money, [i] AS list
      FROM range(40000) AS t(i)) TO '${path}'`);
    connection.closeSync();
    instance.closeSync();
    const profile = await profileFiles([path], { format: 'parquet' });
    assert.deepEqual(
      profile.columns.map(({ type }) => type),
      ['integer', 'number', 'number', 'other'],
    );
    const many = columnOf(profile, 'many');
    assert.equal(many.nans, 10_000);
    // Of 2, 3, 6, 7, ..., 39998, 39999: the mean is that of 2 and 39999.
    assert.deepEqual(
      [many.numeric?.min, many.numeric?.max, many.numeric?.mean],
      [2, 39_999, 20_000.5],
    );
    const counts = many.histogram?.counts ?? [];
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      20_000,
    );
    assert.equal(many.infinities, 10_000);
  });

  it('leaves text that only some tools take for numbers as text', async () => {
    const profile = await profileText('a,b,c,d\n007,1_000,-01,0.5\n1,2,3,-0.5e3\n');
    assert.deepEqual(
      profile.columns.map(({ type }) => type),
      ['string', 'string', 'string', 'number'],
    );
  });

  it('knows what numbers the rows', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => [index + 1, index % 50]);
    const profile = await profileText(csvOf(['id', 'x'], rows));
    assert.equal(columnOf(profile, 'id').unique, true);
    assert.equal(columnOf(profile, 'x').unique, undefined);
  });
});

describe('the laws of a profile', function () {
  this.timeout(120_000);

  const cell = fc.oneof(
    fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e12, max: 1e12 }),
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom('', 'a', 'b', 'ä"'),
  );
  const table = fc.array(fc.tuple(cell, cell, fc.integer()), { minLength: 1, maxLength: 40 });
  const header = ['p', 'q', 'r'];
  const quoted = (rows: readonly (readonly unknown[])[]) =>
    rows.map((row) =>
      row.map((each) => (typeof each === 'string' ? `"${each.replaceAll('"', '""')}"` : each)),
    );

  it('the order of rows and columns changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const straight = await profileText(csvOf(header, quoted(rows)));
        const turned = await profileText(
          csvOf(
            header.toReversed(),
            quoted(rows)
              .toReversed()
              .map((row) => row.toReversed()),
          ),
        );
        assert.equal(canonicalJson(straight.columns), canonicalJson(turned.columns.toReversed()));
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  it('the number of threads and the order change nothing of a large table of many values', async () => {
    const rows = Array.from({ length: 300_000 }, (_, index) => {
      const x = Math.sin(index) * 10 ** (index % 7);
      return [x, (x * 1e7) % 1, index, `k${index % 20_000}`];
    });
    const columns = ['wild', 'small', 'id', 'key'];
    const path = writeData(csvOf(columns, rows));
    const turned = writeData(csvOf(columns, rows.toReversed()));
    const one = canonicalJson(await profileFiles([path], { threads: 1 }));
    assert.equal(canonicalJson(await profileFiles([path], { threads: 2 })), one);
    assert.equal(canonicalJson(await profileFiles([path], { threads: 4 })), one);
    assert.equal(canonicalJson(await profileFiles([turned], { threads: 3 })), one);
  });
});

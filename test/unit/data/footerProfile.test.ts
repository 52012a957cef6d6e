import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../../src/base/escape';
import { describeColumns } from '../../../src/data/engine/source';
import { profileFooters } from '../../../src/data/footer/footerProfile';
import type { ColumnProfile, Profile } from '../../../src/data/profile/profile';
import { profileFiles, writeData } from './dataFixtures';

/** Written by pandas and pyarrow: see make_files.py. */
const file = (name: string): string => join(__dirname, 'files', name);

async function footersOf(paths: readonly string[], within?: readonly string[]): Promise<Profile> {
  const profile = await profileFooters(
    paths.map((path, index) => ({
      path,
      shown: `data${index}.parquet`,
      ...(within?.[index] === undefined ? {} : { within: within[index] }),
    })),
  );
  assert.ok(profile.ok, profile.ok ? '' : profile.problem.message);
  return profile.value;
}

/** What the footers tell is what DuckDB measures; @returns the columns with what they do not tell. */
async function agree(
  paths: readonly string[],
  within?: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const quick = await footersOf(paths, within);
  const full = await profileFiles(paths, { format: 'parquet', ...(within && { within }) });
  assert.equal(quick.rows, full.rows);
  assert.deepEqual(
    quick.columns.map(({ name }) => name),
    full.columns.map(({ name }) => name),
  );
  for (const [index, column] of quick.columns.entries()) {
    const measured = full.columns[index];
    assert.ok(measured !== undefined);
    agreeOnColumn(column, measured);
  }
  return new Map(quick.columns.map(({ name, untold = [] }) => [name, untold]));
}

function agreeOnColumn(quick: ColumnProfile, full: ColumnProfile): void {
  const { name, untold = [], ends, range } = quick;
  if (!untold.includes('type'))
    assert.deepEqual([quick.type, quick.nativeType], [full.type, full.nativeType], name);
  if (!untold.includes('nulls')) assert.equal(quick.nulls, full.nulls, `${name}: nulls`);
  if (!untold.includes('nans')) assert.equal(quick.nans, full.nans, `${name}: nans`);
  if (range !== undefined) assert.deepEqual(range, full.range, `${name}: range`);
  if (ends === undefined) return;
  assert.deepEqual([ends.min, ends.max], [full.numeric?.min, full.numeric?.max], `${name}: ends`);
}

/** Writes the rows of a query by DuckDB itself. */
async function writeParquet(query: string, options = ''): Promise<string> {
  const path = writeData('', 'parquet');
  await withDuckDB((connection) =>
    connection.run(`COPY (${query}) TO ${quoteLiteral(path)} (FORMAT parquet${options})`),
  );
  return path;
}

async function withDuckDB(use: (connection: DuckDBConnection) => Promise<unknown>): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await use(connection);
  connection.closeSync();
  instance.closeSync();
}

/** Types of DuckDB, with three values of each; the middle one is missing. */
const VALUES: Readonly<Record<string, readonly [string, string]>> = {
  TINYINT: ['-128', '127'],
  UTINYINT: ['0', '255'],
  SMALLINT: ['-32768', '7'],
  USMALLINT: ['1', '65535'],
  INTEGER: ['-5', '2147483647'],
  UINTEGER: ['3', '4294967295'],
  BIGINT: ['-9007199254740993', '9007199254740993'],
  UBIGINT: ['5', '18446744073709551615'],
  HUGEINT: ['-1', '5'],
  FLOAT: ['-0.1', '1e30'],
  DOUBLE: ['-0.1', '1e300'],
  'DECIMAL(4,2)': ['-12.34', '99.99'],
  'DECIMAL(9,0)': ['-1', '12'],
  'DECIMAL(18,5)': ['-12.34', '9999.00001'],
  'DECIMAL(38,10)': ['-12.34', '99999999999999.5'],
  DATE: ["'1815-12-10'", "'9999-12-31'"],
  TIMESTAMP: ["'1815-12-10 01:02:03.000004'", "'2020-02-29 23:59:59.5'"],
  TIMESTAMP_S: ["'1815-12-10 01:02:03'", "'2020-02-29 23:59:59'"],
  TIMESTAMP_MS: ["'1815-12-10 01:02:03.004'", "'2020-02-29'"],
  TIMESTAMP_NS: ["'1815-12-10 01:02:03.000000004'", "'2020-02-29 12:00:00'"],
  TIMESTAMPTZ: ["'1815-12-10 01:02:03+02'", "'2020-02-29 23:59:59.25+00'"],
  VARCHAR: ["'a'", "'b'"],
  BOOLEAN: ['true', 'false'],
  BLOB: ["'a'", "'b'"],
  UUID: ["'00000000-0000-0000-0000-000000000001'", "'10000000-0000-0000-0000-000000000001'"],
  TIME: ["'01:02:03'", "'04:05:06'"],
  TIMETZ: ["'01:02:03+01'", "'04:05:06+00'"],
  INTERVAL: ["'1 day'", "'2 days'"],
  BIT: ["'101'", "'1'"],
  JSON: [`'{"a": 1}'`, `'[]'`],
  "ENUM('a', 'b')": ["'a'", "'b'"],
  'INTEGER[]': ['[1, 2]', '[]'],
  'INTEGER[][]': ['[[1], NULL]', '[]'],
  'STRUCT(a INTEGER, "b c" VARCHAR)': [`{'a': 1, 'b c': 'x'}`, `{'a': NULL, 'b c': NULL}`],
  'STRUCT(a INTEGER)[]': [`[{'a': 1}]`, '[]'],
  'MAP(VARCHAR, INTEGER)': [`MAP {'k': 1}`, `MAP {}`],
};

const columnsOfTypes = Object.entries(VALUES).map(
  ([type, [first, last]], index) =>
    `CASE i WHEN 0 THEN (${first})::${type} WHEN 1 THEN NULL::${type} ELSE (${last})::${type} END AS c${index}`,
);

describe('the footer of a Parquet file', function () {
  this.timeout(60_000);

  it('tells of every type that pyarrow writes what DuckDB reads', async () => {
    const untold = await agree([file('types.parquet')]);
    const gaps = [...untold].filter(([, each]) => each.length > 0);
    // Of numbers that can be NaN it says only that there are values, not how many are none.
    assert.deepEqual(
      new Map(gaps),
      new Map([
        ['float16', ['nans']],
        ['float32', ['nans']],
        ['float64', ['nans']],
        ['some_nan', ['nans']],
        ['all_nan', ['nans', 'values']],
        ['infinite', ['nans', 'values']],
      ]),
    );
  });

  it('tells of every type that DuckDB writes what DuckDB reads', async () => {
    const path = await writeParquet(`SELECT ${columnsOfTypes.join(', ')} FROM range(3) AS r(i)`);
    const untold = await agree([path]);
    const gaps = Object.keys(VALUES).filter(
      (_, index) => (untold.get(`c${index}`) ?? []).length > 0,
    );
    // DuckDB writes no statistics of TIMETZ and INTERVAL, and no histogram of levels: what is missing inside of something
    // nested tells nothing of the whole.
    assert.deepEqual(gaps, [
      'HUGEINT',
      'FLOAT',
      'DOUBLE',
      'TIMETZ',
      'INTERVAL',
      'INTEGER[]',
      'INTEGER[][]',
      'STRUCT(a INTEGER, "b c" VARCHAR)',
      'STRUCT(a INTEGER)[]',
      'MAP(VARCHAR, INTEGER)',
    ]);
  });

  it('says what it does not tell where there are no statistics', async () => {
    const untold = await agree([file('types-no-statistics.parquet')]);
    assert.deepEqual(untold.get('int32'), ['nulls', 'values']);
    assert.deepEqual(untold.get('float64'), ['nulls', 'nans', 'values']);
    assert.deepEqual(untold.get('required'), []);
  });

  it('tells of old versions of the format what DuckDB reads', async () => {
    assert.deepEqual((await agree([file('types-1.0.parquet')])).get('uint32'), []);
    assert.deepEqual((await agree([file('times-int96.parquet')])).get('time_us'), [
      'nulls',
      'values',
    ]);
  });

  it('takes its groups of rows together', async () => {
    const columns = [
      'i - 5000 AS whole',
      'CASE WHEN i % 3 > 0 THEN i::DECIMAL(9,2) / 7 END AS part',
      'CASE WHEN i > 9000 THEN i END AS late',
      "DATE '2020-01-01' + (i * 7919 % 3000)::INTEGER AS day",
      'NULL::INTEGER AS nothing',
    ];
    const query = `SELECT ${columns.join(', ')} FROM range(10000) AS r(i)`;
    const path = await writeParquet(query, ', ROW_GROUP_SIZE 2048');
    await agree([path]);
    const [whole, , late] = (await footersOf([path])).columns;
    assert.deepEqual(whole?.ends, { min: -5000, max: 4999 });
    assert.deepEqual([late?.ends, late?.nulls], [{ min: 9001, max: 9999 }, 9001]);
  });

  it('names columns as DuckDB does', async () => {
    await agree([file('twice.parquet')]);
    for (const names of [
      ['x', 'x', 'x_1'],
      ['A', 'a', 'a_1'],
      ['x_1', 'x', 'x'],
      ['a\n"; DROP', '<b>', '😀'],
    ]) {
      const select = names.map((name, index) => `${index} AS "${name.replaceAll('"', '""')}"`);
      const path = await writeParquet(`SELECT ${select.join(', ')}`);
      await agree([path]);
    }
  });

  it('is that of one table where there are several files', async () => {
    const first = await writeParquet(
      'SELECT i AS id, i AS "Age", i % 2 = 0 AS even FROM range(5) AS r(i)',
    );
    const second = await writeParquet(
      'SELECT -i AS id, NULL::BIGINT AS age, i AS extra FROM range(7) AS r(i)',
    );
    const third = await writeParquet('SELECT * FROM (SELECT 1 AS id, 2 AS age) WHERE id = 2');
    await agree([first, second, third]);
    const { columns, rows } = await footersOf([first, second, third]);
    assert.equal(rows, 12);
    const found = columns.map(({ name, nulls, ends }) => [name, nulls, ends?.min, ends?.max]);
    assert.deepEqual(found, [
      ['id', 0, -6, 4],
      ['Age', 7, 0, 4],
      ['even', 7, undefined, undefined],
      ['extra', 5, 0, 6],
    ]);
  });

  it('has the type that DuckDB finds for two files, or none', async () => {
    const types = [
      'TINYINT',
      'UTINYINT',
      'SMALLINT',
      'INTEGER',
      'UINTEGER',
      'BIGINT',
      'UBIGINT',
      'FLOAT',
      'DOUBLE',
      'DECIMAL(4,2)',
      'DECIMAL(18,0)',
      'DATE',
      'TIMESTAMP',
      'TIMESTAMP_NS',
      'TIMESTAMPTZ',
      'VARCHAR',
      'BOOLEAN',
    ];
    const paths: string[] = [];
    for (const type of types)
      paths.push(await writeParquet(`SELECT (${VALUES[type]?.[0] ?? 'NULL'})::${type} AS x`));
    let told = 0;
    await withDuckDB(async (connection) => {
      for (const [index, first] of paths.entries()) {
        for (const second of paths.slice(index + 1)) {
          const [quick] = (await footersOf([first, second])).columns;
          if (quick === undefined || quick.untold?.includes('type') === true) continue;
          const both = `[${quoteLiteral(first)}, ${quoteLiteral(second)}]`;
          const [full] = await describeColumns(
            connection,
            `SELECT * FROM read_parquet(${both}, union_by_name = true)`,
          );
          assert.equal(quick.nativeType, full?.nativeType);
          told++;
        }
      }
    });
    // All pairs of numbers but those of FLOAT and decimals, and all pairs of times.
    assert.equal(told, (11 * 10) / 2 - 2 + (4 * 3) / 2);
  });

  it('has the columns of the folders', async () => {
    const path = await writeParquet('SELECT i, i AS year FROM range(3) AS r(i)');
    const other = await writeParquet('SELECT i, i AS year FROM range(4) AS r(i)');
    const within = [
      'year=2023/kind=a%2Fb/day=2020-01-02/code=007/on=true/share=0.5/x.parquet',
      'year=2024/kind=__HIVE_DEFAULT_PARTITION__/day=2020-02-30/code=8/on=false/share=1/x.parquet',
    ];
    const untold = await agree([path, other], within);
    assert.deepEqual(
      [...untold],
      [
        ['i', []],
        ['year', []],
        ['kind', []],
        ['day', ['type']],
        ['code', ['type']],
        ['on', []],
        ['share', []],
      ],
    );
    assert.deepEqual((await footersOf([path], ['year=-7/x.parquet'])).columns[1]?.ends, {
      min: -7,
      max: -7,
    });
  });
});

import assert from 'node:assert/strict';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteLiteral } from '../../../src/base/escape';
import { formatBaseline, parseBaseline } from '../../../src/data/baseline/baselineText';
import type { Baseline } from '../../../src/data/baseline/baseline';
import { chooseFooters, quickCheckDatasets } from '../../../src/data/footer/quickCheck';
import type { DatasetReport } from '../../../src/data/report';
import { parseSchema } from '../../../src/data/schema/parseSchema';
import type { Schema } from '../../../src/data/schema/schema';
import { validateDatasets, type DatasetInput } from '../../../src/data/validate';
import type { Dataset } from '../../../src/project/project';
import { datasetOf, ENGINE, writeData } from './dataFixtures';

const DATASET: Dataset = {
  ...datasetOf(),
  name: 'train',
  path: 'train.parquet',
  format: 'parquet',
};

/** A table of 1000 rows; @param columns others instead of its own, by name; nothing for a column that is left out */
async function write(columns: Readonly<Record<string, string>> = {}, rows = 1000): Promise<string> {
  const all = { ...COLUMNS, ...columns };
  const select = Object.entries(all).flatMap(([name, sql]) =>
    sql === '' ? [] : [`${sql} AS ${name}`],
  );
  const path = writeData('', 'parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT ${select.join(', ')} FROM range(${rows}) AS r(i)) TO ${quoteLiteral(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}

const COLUMNS = {
  id: 'i',
  age: '(18 + i * 7919 % 60)::INTEGER',
  weight: '50 + (i * 7919 % 997) / 17.0::DOUBLE',
  price: '(i * 31 % 1000)::DECIMAL(9,2)',
  city: "'c' || (i % 7)",
  born: "DATE '1950-01-01' + (i * 7919 % 20000)::INTEGER",
};

const validateOne = async (input: Omit<DatasetInput, 'dataset'>): Promise<DatasetReport> => {
  const [report] = (await validateDatasets([{ dataset: DATASET, ...input }], { engine: ENGINE }))
    .datasets;
  assert.ok(report !== undefined);
  return report;
};

const quickOne = async (
  input: Omit<DatasetInput, 'dataset'>,
  dataset: Dataset = DATASET,
): Promise<DatasetReport> => {
  const [report] = (await quickCheckDatasets([{ dataset, ...input }])).datasets;
  assert.ok(report !== undefined);
  return report;
};

const rulesOf = ({ findings }: DatasetReport): string[] =>
  findings.map(({ rule, column, severity }) => `${severity} ${rule}:${column ?? ''}`).sort();

function schemaOf(text: string): Schema {
  const parsed = parseSchema(text, 'schema.yaml');
  assert.ok(parsed.ok);
  return parsed.value;
}

describe('the quick check of a footer', function () {
  this.timeout(60_000);
  let path: string;
  let baseline: Baseline;
  before(async () => {
    path = await write();
    const parsed = parseBaseline(formatBaseline(await validateOne({ files: [path] })), 'baseline');
    assert.ok(parsed.ok);
    baseline = parsed.value;
  });

  it('does not pass what it did not read', async () => {
    const report = await quickOne({ files: [path], baseline });
    assert.deepEqual([report.verdict, report.rows, report.findings], ['inconclusive', 1000, []]);
    assert.deepEqual(report.footer?.decided, [
      'column-missing',
      'column-added',
      'column-order-changed',
      'row-count-changed',
      'type-changed',
      'out-of-range',
      'future-date',
      'freshness',
    ]);
    // Whether `weight` is NaN, whether a city is blank or the only one.
    assert.deepEqual(report.footer?.undecided, [
      'nulls-increased',
      'column-empty',
      'constant-column',
    ]);
  });

  const changes: readonly (readonly [
    string,
    Readonly<Record<string, string>>,
    readonly string[],
    number?,
  ])[] = [
    ['a column that is missing', { age: '' }, ['error column-missing:age']],
    ['a new column', { extra: 'i' }, ['warning column-added:extra']],
    ['another type', { age: "'x' || i" }, ['error type-changed:age']],
    ['numbers where dates were', { born: 'i' }, ['error type-changed:born']],
    ['nulls', { age: 'CASE WHEN i % 5 > 0 THEN i END' }, ['error nulls-increased:age']],
    [
      'nulls among floating-point numbers',
      { weight: 'CASE WHEN i % 5 > 0 THEN 60.5::DOUBLE + i % 7 END' },
      ['error nulls-increased:weight'],
    ],
    ['nothing but nulls', { city: 'NULL::VARCHAR' }, ['error column-empty:city']],
    ['one value', { price: '5::DECIMAL(9,2)' }, ['error constant-column:price']],
    ['one date', { born: "DATE '2000-01-01'" }, ['error constant-column:born']],
    [
      'dates to come',
      { born: "DATE '2950-01-01' + (i % 50)::INTEGER" },
      ['warning future-date:born'],
    ],
    ['a third of the rows', {}, ['warning row-count-changed:'], 300],
  ];
  for (const [what, columns, expected, rows] of changes) {
    it(`finds ${what}, as the full check does`, async () => {
      const files = [await write(columns, rows)];
      const quick = await quickOne({ files, baseline });
      assert.deepEqual(rulesOf(quick), expected);
      assert.equal(
        quick.verdict,
        expected.some((each) => each.startsWith('error')) ? 'fail' : 'inconclusive',
      );
      const full = rulesOf(await validateOne({ files, baseline }));
      assert.deepEqual(
        expected.filter((each) => !full.includes(each)),
        [],
      );
    });
  }

  it('holds the bounds and limits of the schema against the footer', async () => {
    const schema = schemaOf(`
rows: { min: 2000 }
columns:
  id: { type: integer, min: 0, max: 999 }
  age: { type: integer, min: 21 }
  weight: { max: 100 }
  price: { type: number, max: 990.5, nulls: 0 }
  city: { type: string }
  born: { type: date, min: 1955-01-01, max: 2004-10-03 }
`);
    const files = [path];
    const quick = await quickOne({ files, schema });
    assert.deepEqual(rulesOf(quick), [
      'error out-of-range:age',
      'error out-of-range:born',
      'error out-of-range:price',
      'error out-of-range:weight',
      'error row-count-changed:',
    ]);
    const full = await validateOne({ files, schema });
    const told = (report: DatasetReport) =>
      report.findings.map(({ rule, column, observed }) => [
        rule,
        column,
        observed.replace(/ \(.*/, ''),
      ]);
    for (const finding of told(quick))
      assert.ok(
        told(full).some((each) => JSON.stringify(each) === JSON.stringify(finding)),
        String(finding),
      );
  });

  it('asks how fresh the data are', async () => {
    const schema = schemaOf(
      'freshness: { column: born, within: 7d }\ncolumns: { born: { type: date } }\nextraColumns: allow\n',
    );
    assert.deepEqual(rulesOf(await quickOne({ files: [path], schema })), ['error freshness:born']);
    const files = [await write({ born: "'1950'" })];
    assert.deepEqual(rulesOf(await quickOne({ files, schema })), [
      'error freshness:born',
      'error type-changed:born',
    ]);
  });

  it('compares with the footers of the version before', async () => {
    const reference = { files: [path], source: 'HEAD (1a2b3c4)' };
    const changed = await write({
      age: 'CASE WHEN i % 5 > 0 THEN i END',
      city: 'i',
      // Before, some may have been NaN: that they are missing now is not certain to be new.
      weight: 'CASE WHEN i % 5 > 0 THEN 60.5::DOUBLE END',
      // Before, nearly all may have been the same.
      price: '5::DECIMAL(9,2)',
    });
    const report = await quickOne({ files: [changed], reference });
    assert.deepEqual(rulesOf(report), ['error nulls-increased:age', 'error type-changed:city']);
    assert.equal(report.reference?.source, 'HEAD (1a2b3c4)');
    const csv = {
      files: [writeData('a,b\n1,2\n')],
      source: 'HEAD',
      place: { path: 'a.csv', format: 'csv' as const },
    };
    assert.deepEqual(rulesOf(await quickOne({ files: [path], reference: csv })), [
      'info reference-not-here:',
    ]);
    const broken = { files: [writeData('PAR1', 'parquet')], source: 'HEAD' };
    assert.deepEqual(rulesOf(await quickOne({ files: [path], reference: broken })), [
      'warning reference-unreadable:',
    ]);
  });

  it('offers no demand that it does not know', async () => {
    const files = [await write({ extra: 'i::DOUBLE', list: '[i]' })];
    const { findings } = await quickOne({ files, baseline });
    const edits = findings.map(({ fix }) => fix?.edit);
    // How many of them are NaN is not told, nor how many lists are missing.
    assert.deepEqual(edits, [
      { action: 'set', path: ['columns', 'extra'], value: { type: 'number' } },
      { action: 'set', path: ['columns', 'list'], value: { type: 'other' } },
    ]);
  });

  it('cannot judge what has no footer, or none that can be read', async () => {
    const csv = await quickOne(
      { files: [writeData('a\n1\n')] },
      { ...DATASET, path: 'a.csv', format: 'csv' },
    );
    assert.deepEqual(
      [csv.verdict, csv.problems[0]?.code, csv.problems[0]?.file],
      ['inconclusive', 'no-footer', 'a.csv'],
    );
    const broken = await quickOne({ files: [writeData('PAR1', 'parquet')] });
    assert.deepEqual(
      [broken.verdict, broken.problems[0]?.code],
      ['inconclusive', 'parquet-invalid'],
    );
    const empty = await quickOne({ files: [await write({}, 0)] });
    assert.deepEqual([empty.verdict, empty.problems[0]?.code], ['inconclusive', 'data-empty']);
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
    const committed = await quickOne({ files: [writeData(pointer, 'parquet')] });
    assert.deepEqual(
      [committed.verdict, rulesOf(committed)],
      ['fail', ['error pointer-committed:']],
    );
  });

  it('leaves out what has no footer, but for what is asked for by name', () => {
    const csv: Dataset = { ...DATASET, name: 'test', format: 'csv' };
    const chosen = chooseFooters([csv, DATASET], false);
    assert.deepEqual(chosen.ok && chosen.value, [DATASET]);
    assert.ok(chooseFooters([csv], true).ok);
    const none = chooseFooters([csv], false);
    assert.equal(!none.ok && none.problem.code, 'no-footer');
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactsAsk } from '../../../src/data/profile/factsAsk';
import type { Association, LabelFacts, RowFacts } from '../../../src/data/profile/profile';
import { csvOf, factsOfFiles, writeData } from './dataFixtures';

function factsOfText(
  text: string,
  ask: FactsAsk,
  settings?: Parameters<typeof factsOfFiles>[2],
): Promise<RowFacts> {
  return factsOfFiles([writeData(text, settings?.format)], ask, settings);
}

/** Counted by hand. A column's name is hostile on purpose. */
const TEXT = [
  'id,"x""; DROP TABLE data; --",label',
  '1,a,yes',
  '1,a,yes',
  '1,a,no',
  '2,,no',
  '2,,no',
  ',b,yes',
  '3,c,yes',
  '3,c,',
].join('\n');

describe('the facts of rows', function () {
  this.timeout(120_000);

  for (const threads of [1, 2, 4]) {
    it(`count repeated rows, missing values among them, with ${threads} threads`, async () => {
      const facts = await factsOfText(TEXT, { duplicates: true }, { threads });
      assert.deepEqual(facts, { duplicates: 2 });
    });
  }

  it('count repeated rows where a key tells some of them apart', async () => {
    const text = 'id,x,y\n1,a,0\n1,a,0\n2,a,0\n3,b,0\n';
    const { duplicates } = await factsOfText(text, { duplicates: true, key: ['id'], label: 'y' });
    assert.equal(duplicates, 1);
    const all = await factsOfText('x\n0.5\n1.5\n0.25\n', { duplicates: true });
    assert.equal(all.duplicates, 0);
  });

  it('count keys that repeat and rows without one', async () => {
    const repeated = {
      columns: ['id'],
      duplicates: 4,
      nulls: 1,
      samples: [
        { value: '1', count: 3 },
        { value: '2', count: 2 },
        { value: '3', count: 2 },
      ],
    };
    const facts = await factsOfText(TEXT, { key: ['id'], unique: ['id', 'gone'] });
    assert.deepEqual(facts, { key: repeated, uniques: [repeated] });
  });

  it('take a key of several columns together', async () => {
    const { key } = await factsOfText('a,b\n1,x\n1,y\n1,x\n,x', { key: ['a', 'b'] });
    assert.deepEqual(key, {
      columns: ['a', 'b'],
      duplicates: 1,
      nulls: 1,
      samples: [{ value: '1, x', count: 2 }],
    });
  });

  it('count rows that differ in nothing but the label, and no row without a label', async () => {
    const { label } = await factsOfText(TEXT, { label: 'label' });
    assert.equal(label?.conflicting, 3);
    assert.equal(label.changes, 2);
    assert.deepEqual(label.classes, [
      { value: 'yes', count: 4 },
      { value: 'no', count: 3 },
    ]);
    const keyed = await factsOfText('id,x,y\n1,a,0\n2,a,1\n', { key: ['id'], label: 'y' });
    assert.equal(keyed.label?.conflicting, 2);
  });

  it('leave out what the data do not have', async () => {
    assert.deepEqual(await factsOfText('a\n1\n', { key: ['b'], label: 'y', unique: ['c'] }), {});
  });
});

describe('the order of rows', function () {
  this.timeout(120_000);

  /** Eight blocks of a label: seven changes in the order of the file, whatever reads it. */
  const rows = 400_000;
  const labelOf = (row: number): string => (Math.floor(row / (rows / 8)) % 2 === 0 ? 'a' : 'b');
  const padding = 'x'.repeat(90);

  it('is that of a CSV of several buffers, of JSON Lines and of a small table', async () => {
    const all = Array.from({ length: rows }, (_, row) => [row, labelOf(row), padding]);
    const csv = writeData(csvOf(['i', 'y', 'x'], all));
    for (const threads of [1, 2, 4])
      assert.equal((await factsOfFiles([csv], { label: 'y' }, { threads })).label?.changes, 7);
    const lines = all.map(([i, y]) => JSON.stringify({ i, y })).join('\n');
    const json = await factsOfText(lines, { label: 'y' }, { format: 'jsonl' });
    assert.equal(json.label?.changes, 7);
  });

  it('is that of Parquet files one after the other', async () => {
    const paths = [writeData('', 'parquet'), writeData('', 'parquet')];
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const [part, path] of paths.entries()) {
      const first = (part * rows) / 2;
      await connection.run(`COPY (
        SELECT i, CASE WHEN i // ${rows / 8} % 2 = 0 THEN 'a' ELSE 'b' END AS y
        FROM range(${first}, ${first + rows / 2}) AS t(i)
      ) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 10000)`);
    }
    connection.closeSync();
    for (const threads of [1, 2, 4]) {
      const facts = await factsOfFiles(paths, { label: 'y' }, { threads, format: 'parquet' });
      assert.equal(facts.label?.changes, 7);
    }
  });
});

describe('what a column tells of the label', function () {
  this.timeout(120_000);
  const PENGUINS = join(__dirname, '../../../node_modules/vega-datasets/data/penguins.json');

  async function penguins(threads = 2): Promise<LabelFacts> {
    const all = JSON.parse(readFileSync(PENGUINS, 'utf8')) as { readonly Species: string }[];
    const two = all.filter(({ Species }) => Species !== 'Gentoo');
    const text = JSON.stringify(two);
    const { label } = await factsOfText(text, { label: 'Species' }, { format: 'json', threads });
    assert.ok(label !== undefined);
    return label;
  }

  /**
   * By scikit-learn 1.9: `mutual_info_score` and `roc_auc_score` on the bins of `numpy.quantile(method='inverted_cdf')`,
   * missing values as one more bin, the categories in the order of their share.
   */
  it('agrees with scikit-learn on two kinds of penguins', async () => {
    const label = await penguins();
    assert.equal(label.changes, 1);
    const expected: readonly [string, number, number][] = [
      ['Beak Length (mm)', 0.7640243442736683, 0.9896962074303405],
      ['Island', 0.36513071096832256, 0.8157894736842105],
      ['Flipper Length (mm)', 0.10279354257600068, 0.7351973684210527],
      ['Beak Depth (mm)', 0.03331000551908284, 0.5283475232198142],
      ['Body Mass (g)', 0.017364886226735758, 0.5346845975232197],
      ['Sex', 0.0092318797149113, 0.5197368421052632],
    ];
    assert.deepEqual(
      label.associations.map(({ column }) => column),
      expected.map(([column]) => column),
    );
    label.associations.forEach(({ score, auc }, index) => {
      assert.ok(Math.abs(score - (expected[index]?.[1] ?? NaN)) < 1e-9, `${score}`);
      assert.ok(Math.abs((auc ?? NaN) - (expected[index]?.[2] ?? NaN)) < 1e-9, `${auc}`);
    });
    const { missing } = label.associations.at(-1) ?? {};
    assert.ok(Math.abs((missing?.score ?? NaN) - 0.012907223456891584) < 1e-9);
    assert.ok(Math.abs((missing?.auc ?? NaN) - 0.5197368421052632) < 1e-9);
  });

  it('is the same for any number of threads, and of many rows close to what all of them tell', async () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => {
      const x = ((row * 7919) % 200_000) / 1000;
      return [x, x > 100 ? 1 : 0, (row * 31) % 3, x > 100 === row % 10 < 8 ? 'u' : 'v'];
    });
    const path = writeData(csvOf(['x', 'y', 'noise', 'often'], rows));
    const [one, ...others] = await Promise.all(
      [1, 2, 4].map((threads) => factsOfFiles([path], { label: 'y' }, { threads })),
    );
    for (const other of others) assert.deepEqual(other, one);
    const byColumn = new Map<string, Association>(
      one?.label?.associations.map((each) => [each.column, each]),
    );
    assert.ok((byColumn.get('x')?.auc ?? 0) > 0.999);
    assert.ok((byColumn.get('x')?.score ?? 0) > 0.95);
    assert.ok((byColumn.get('noise')?.score ?? 1) < 0.001);
    // Four of five rows: 1 − H(0.2) / ln 2 of the entropy.
    assert.ok(Math.abs((byColumn.get('often')?.score ?? 0) - 0.2781) < 0.01);
    assert.ok(Math.abs((byColumn.get('often')?.auc ?? 0) - 0.8) < 0.01);
  });

  it('is told of a label that is a number, and of a column of few values in many rows', async () => {
    const rows = Array.from({ length: 120_000 }, (_, row) => [row / 7, row % 2, (row % 2) * 3]);
    const numbers = await factsOfText(csvOf(['y', 'x', 'z'], rows), {
      label: 'y',
      duplicates: true,
    });
    assert.ok(numbers.label !== undefined && numbers.label.classes === undefined);
    assert.ok(numbers.label.associations.every(({ score }) => score < 0.01));
    const copied = rows.map(([y, x]) => [y, y, x]);
    const { label } = await factsOfText(csvOf(['y', 'copy', 'x'], copied), { label: 'y' });
    assert.ok((label?.associations[0]?.score ?? 0) > 0.97);
    const repeated = await factsOfText(
      csvOf(
        ['y', 'x', 'z'],
        rows.map(([, x, z]) => [x, x, z]),
      ),
      {
        label: 'y',
      },
    );
    assert.ok(repeated.label?.associations.every(({ auc }) => auc === 1));
  });
});

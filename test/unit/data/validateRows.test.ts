import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetReport } from '../../../src/data/report';
import { factsAsk, isLasting } from '../../../src/data/profile/factsAsk';
import type { Profile } from '../../../src/data/profile/profile';
import { validateDatasets, type DatasetInput } from '../../../src/data/validate';
import { csvOf, datasetOf, ENGINE, writeData } from './dataFixtures';

const HEADER = ['id', 'x', 'shop', 'y'];

/** Two hundred rows; the first ones twice. */
function rowsWith(repeated: number): string {
  const rows = Array.from({ length: 200 }, (_, row) => [
    row,
    (row * 37) % 101,
    row % 4,
    row % 7 < 3 ? 1 : 0,
  ]);
  return csvOf(HEADER, [...rows, ...rows.slice(0, repeated)]);
}

describe('validating rows', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'preflight-rows-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function validateOne(input: Partial<DatasetInput>, more = {}): Promise<DatasetReport> {
    const all = { dataset: datasetOf(), files: [], ...input };
    const { datasets } = await validateDatasets([all], { engine: ENGINE, ...more });
    const [dataset] = datasets;
    assert.ok(dataset !== undefined);
    return dataset;
  }
  const rulesOf = ({ findings }: DatasetReport) =>
    findings.map(({ rule, severity, column }) => [rule, severity, column ?? '']);

  it('compares them with the reference, and judges the schema and the key', async () => {
    const report = await validateOne({
      dataset: datasetOf('csv', { key: 'id', label: 'y' }),
      files: [writeData(rowsWith(20))],
      reference: { files: [writeData(rowsWith(0))], source: 'HEAD' },
      schema: {
        columns: HEADER.map((name) =>
          name === 'shop' ? { name, references: { dataset: 'shops', column: 'shop' } } : { name },
        ),
        rules: [{ name: 'small', sql: 'x < 100' }, { sql: 'nothing > 1' }],
        relations: ['x >= y'],
      },
      others: [
        {
          dataset: datasetOf('jsonl', { name: 'shops', path: 'shops.jsonl' }),
          files: [writeData('{"shop": 0}\n{"shop": 1}\n{"shop": 2}\n', 'jsonl')],
        },
      ],
    });
    assert.deepEqual(report.problems, []);
    assert.deepEqual(
      rulesOf(report)
        .map((each) => each.join(' '))
        .sort(),
      [
        'duplicate-rows warning ',
        'key-not-unique error id',
        'reference-missing error shop',
        'relation-violated error ',
        'rule-invalid error ',
        'user-rule error ',
      ],
    );
  });

  it('keeps what it measured by content, and measures anew what is asked anew', async () => {
    const input = {
      dataset: datasetOf('csv', { key: 'id' }),
      files: [writeData(rowsWith(20))],
      contentId: 'content',
      schema: { columns: HEADER.map((name) => ({ name })) },
    };
    const cached = { cacheFolder: folder };
    const first = await validateOne(input, cached);
    const withoutEngine = { ...cached, engine: { ...ENGINE, file: join(folder, 'none.js') } };
    const again = await validateOne(input, withoutEngine);
    assert.deepEqual(again.findings, first.findings);
    assert.ok(rulesOf(again).some(([rule]) => rule === 'key-not-unique'));
    const asked = { ...input, schema: { ...input.schema, rules: [{ sql: 'x < 100' }] } };
    assert.equal((await validateOne(asked, withoutEngine)).problems[0]?.code, 'engine-lost');
    assert.ok(rulesOf(await validateOne(asked, cached)).some(([rule]) => rule === 'user-rule'));
    // What depends on the time of day is measured each time.
    const passing = { ...input, schema: { ...input.schema, rules: [{ sql: 'now() IS NULL' }] } };
    assert.ok(rulesOf(await validateOne(passing, cached)).some(([rule]) => rule === 'user-rule'));
    assert.equal((await validateOne(passing, withoutEngine)).problems[0]?.code, 'engine-lost');
  });

  it('measures the whole of a dataset whose files are measured one by one', async () => {
    const files = [writeData(rowsWith(0)), writeData(rowsWith(0))];
    const report = await validateOne({
      files,
      fileIds: ['a', 'b'],
      contentId: 'ab',
      reference: { files: files.slice(0, 1), source: 'HEAD' },
    });
    assert.ok(rulesOf(report).some(([rule]) => rule === 'duplicate-rows'));
    assert.equal((report as unknown as Profile).facts?.duplicates, 200);
  });

  it('cannot judge where the other dataset cannot be read', async () => {
    const report = await validateOne({
      files: [writeData(rowsWith(0))],
      schema: {
        columns: [{ name: 'shop', references: { dataset: 'shops', column: 'shop' } }],
      },
      others: [{ dataset: datasetOf('csv', { name: 'shops' }), files: [join(folder, 'gone.csv')] }],
    });
    assert.equal(report.verdict, 'inconclusive');
    assert.equal(report.problems[0]?.code, 'file-missing');
  });
});

describe('what is asked of rows', () => {
  it('is what the dataset and its schema declare', () => {
    assert.deepEqual(factsAsk(datasetOf('csv', { key: 'id', label: 'y' })), {
      duplicates: true,
      key: ['id'],
      label: 'y',
      together: true,
    });
    assert.equal(factsAsk(datasetOf('images', { label: 'y' })), undefined);
    assert.equal(factsAsk(datasetOf('numpy')), undefined);
    const schema = {
      columns: [
        { name: 'a', unique: true },
        { name: 'b', references: { dataset: 'd', column: 'c' } },
        { name: 'c', unique: false },
      ],
      rules: [{ sql: 'a > 1' }],
      relations: ['a < b'],
    };
    assert.deepEqual(factsAsk(datasetOf('parquet'), schema), {
      duplicates: true,
      together: true,
      unique: ['a'],
      rules: ['a > 1', '("a") < ("b")'],
      references: [{ column: 'b', dataset: 'd', target: 'c' }],
    });
  });

  it('does not last where a rule looks at the clock', () => {
    const lasts = (sql: string): boolean => isLasting({ rules: ['a > 1', sql] });
    assert.ok(['age > 3', '"now" > 1', 'a = today', `random <> 1`].every(lasts));
    const passing = [
      'a <= now()',
      'a < current_date',
      'age (born) > 1',
      'RANDOM() < 1',
      'Today() > a',
    ];
    assert.ok(!passing.some(lasts));
  });
});

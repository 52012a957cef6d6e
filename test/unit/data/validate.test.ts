import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  acceptIntoSchema,
  baselinePath,
  schemaPath,
  writeSchemaAndBaseline,
} from '../../../src/data/baseline/baselineFiles';
import { formatBaseline, parseBaseline } from '../../../src/data/baseline/baselineText';
import { shownFile } from '../../../src/data/baseline/datasetFiles';
import { parseSchema } from '../../../src/data/schema/parseSchema';
import type { DatasetReport } from '../../../src/data/report';
import { validateDatasets, type DatasetInput } from '../../../src/data/validate';
import { csvOf, datasetOf, ENGINE, profileText, writeData } from './dataFixtures';

const rows = (shift: number) =>
  csvOf(
    ['x', 'c'],
    Array.from({ length: 1000 }, (_, row) => [(row % 100) + shift, row % 3 === 0 ? 'a' : 'b']),
  );

describe('validating datasets', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'preflight-validate-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const validateOne = async (input: Partial<DatasetInput>, more = {}): Promise<DatasetReport> => {
    const all = { dataset: datasetOf(), files: [], ...input };
    const report = await validateDatasets([all], { engine: ENGINE, ...more });
    const [dataset] = report.datasets;
    assert.ok(dataset !== undefined);
    assert.equal(report.verdict, dataset.verdict);
    return dataset;
  };
  const committed = (): Partial<DatasetInput> => {
    const schema = parseSchema(readFileSync(join(root, schemaPath('train')), 'utf8'), 'schema');
    const baseline = parseBaseline(
      readFileSync(join(root, baselinePath('train')), 'utf8'),
      'baseline',
    );
    assert.ok(schema.ok && baseline.ok);
    return { schema: schema.value, baseline: baseline.value };
  };

  it('passes where there is nothing to compare with', async () => {
    const report = await validateOne({ files: [writeData(rows(0))] });
    assert.equal(report.verdict, 'pass');
    assert.equal(report.rows, 1000);
    assert.equal(report.reference, undefined);
    assert.deepEqual(report.findings, []);
  });

  it('compares with another version on its edges', async () => {
    const reference = { files: [writeData(rows(0))], source: 'HEAD (1a2b3c4)' };
    const report = await validateOne({ files: [writeData(rows(60))], reference });
    assert.equal(report.verdict, 'fail');
    assert.deepEqual(
      report.findings.map(({ rule, column }) => [rule, column]),
      [['drift', 'x']],
    );
    assert.equal(report.reference?.source, 'HEAD (1a2b3c4)');
    const edgesOf = (columns: DatasetReport['columns']) => columns[0]?.histogram?.edges;
    assert.deepEqual(edgesOf(report.columns), edgesOf(report.reference.columns));
  });

  it('judges against what was committed, and passes once a finding is accepted', async () => {
    const written = await writeSchemaAndBaseline(root, 'train', await profileText(rows(0)));
    assert.deepEqual(written, { ok: true, value: [schemaPath('train'), baselinePath('train')] });
    const same = await validateOne({ files: [writeData(rows(0))], ...committed() });
    assert.equal(same.verdict, 'pass');
    assert.equal(same.reference?.source, '.preflight/baselines/train.json');

    const changed = [writeData(rows(60).replaceAll(',a', ',z'))];
    const failing = await validateOne({ files: changed, ...committed() });
    assert.equal(failing.verdict, 'fail');
    assert.deepEqual(failing.findings.map(({ rule, column }) => `${rule}:${column}`).sort(), [
      'category-unknown:c',
      'drift:c',
      'drift:x',
    ]);
    for (const finding of failing.findings) {
      assert.ok((await acceptIntoSchema(root, failing, finding)).ok);
    }
    const accepted = await validateOne({ files: changed, ...committed() });
    assert.deepEqual(accepted.findings, []);
  });

  it('writes the same baseline for the same data, and of other data one with edges of its own', async () => {
    const first = await validateOne({ files: [writeData(rows(0))] });
    await writeSchemaAndBaseline(root, 'train', first);
    const before = readFileSync(join(root, baselinePath('train')), 'utf8');
    const again = await validateOne({ files: [writeData(rows(0))] });
    await writeSchemaAndBaseline(root, 'train', again);
    assert.equal(readFileSync(join(root, baselinePath('train')), 'utf8'), before);
    const shifted = await validateOne({ files: [writeData(rows(1000))] });
    await writeSchemaAndBaseline(root, 'train', shifted);
    const after = parseBaseline(readFileSync(join(root, baselinePath('train')), 'utf8'), 'f');
    assert.ok(after.ok);
    const { facts, ...columns } = after.value.profile;
    assert.deepEqual(columns, JSON.parse(formatBaseline(await profileText(rows(1000)))).profile);
    // Each of 100 numbers stands beside both letters, so that 200 of 1,000 rows differ.
    assert.deepEqual(facts, { duplicates: 800 });
  });

  it('keeps what people wrote into the schema when the baseline is written again', async () => {
    mkdirSync(join(root, '.preflight/schemas'), { recursive: true });
    const own = '# by hand\ncolumns:\n  x: { nulls: 0 } # none\n';
    writeFileSync(join(root, schemaPath('train')), own);
    await writeSchemaAndBaseline(root, 'train', await profileText(rows(0)));
    const text = readFileSync(join(root, schemaPath('train')), 'utf8');
    assert.ok(text.startsWith('# by hand\ncolumns:\n  x: { nulls: 0 } # none\n  c:'), text);
  });

  it('takes known content from the cache, without an engine', async () => {
    const input = {
      files: [writeData(rows(60))],
      contentId: 'new',
      reference: { files: [writeData(rows(0))], contentId: 'old', source: 'HEAD' },
    };
    const first = await validateOne(input, { cacheFolder: root });
    const engine = { file: join(root, 'there is no engine'), execArgv: [] };
    const second = await validateOne(input, { cacheFolder: root, engine });
    assert.deepEqual({ ...second, seconds: 0 }, { ...first, seconds: 0 });
    for (const name of readdirSync(root)) writeFileSync(join(root, name), '{"rows":');
    const third = await validateOne(input, { cacheFolder: root });
    assert.deepEqual({ ...third, seconds: 0 }, { ...first, seconds: 0 });
  });

  it('is inconclusive with the problem and its place where data cannot be read', async () => {
    const report = await validateOne({ files: [writeData('a,b\n1\n')] });
    assert.equal(report.verdict, 'inconclusive');
    assert.deepEqual(
      report.problems.map(({ code, file, line }) => [code, file, line]),
      [['csv-invalid', 'data/train.csv', 2]],
    );
  });

  it('is inconclusive where something was wrong before, where no file is there, and where it was cancelled', async () => {
    const problem = { code: 'schema-invalid', message: 'No.', file: 'x', line: 3 };
    assert.deepEqual((await validateOne({ problems: [problem] })).problems, [problem]);
    assert.equal((await validateOne({})).problems[0]?.code, 'file-missing');
    const signal = AbortSignal.abort();
    const cancelled = await validateOne({ files: [writeData(rows(0))] }, { signal });
    assert.equal(cancelled.verdict, 'inconclusive');
    assert.equal(cancelled.problems[0]?.code, 'cancelled');
  });

  it('lets a change repair what was broken before', async () => {
    const reference = { files: [writeData('x\n')], source: 'HEAD' };
    const report = await validateOne({ files: [writeData(rows(0))], reference });
    assert.equal(report.verdict, 'warn');
    assert.match(report.findings[0]?.message ?? '', /HEAD.*no row/);
  });
});

describe('a baseline file', function () {
  this.timeout(60_000);

  it('says all that is compared later', async () => {
    const profile = await profileText(rows(0));
    const parsed = parseBaseline(formatBaseline(profile), 'f');
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.profile, profile);
  });

  it('keeps of rows what is compared, and no key', async () => {
    const label = { column: 'c', changes: 3, conflicting: 1, classes: [{ value: 'a', count: 7 }] };
    const key = { columns: ['x'], duplicates: 2, nulls: 1 };
    const facts = {
      duplicates: 4,
      key: { ...key, samples: [{ value: 'Jane', count: 3 }] },
      uniques: [{ ...key, samples: [] }],
      label: { ...label, associations: [{ column: 'x', score: 0.5 }] },
      rules: [{ sql: 'x > 1', rows: 9, failed: 0 }],
      references: [{ column: 'x', dataset: 'd', missing: 0, samples: [] }],
    };
    const parsed = parseBaseline(formatBaseline({ ...(await profileText(rows(0))), facts }), 'f');
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.profile.facts, {
      duplicates: 4,
      key: { ...key, samples: [] },
      label: { ...label, associations: [] },
    });
  });

  it('that is broken is a problem', () => {
    for (const text of ['', '{}', '{"version":2}', '{"version":1,"profile":{"rows":-1}}']) {
      const parsed = parseBaseline(text, '.preflight/baselines/train.json');
      assert.ok(!parsed.ok);
      assert.equal(parsed.problem.code, 'baseline-invalid');
      assert.equal(parsed.problem.file, '.preflight/baselines/train.json');
    }
  });
});

describe('the names of files', function () {
  this.timeout(60_000);

  it('never leave their folder', () => {
    assert.equal(schemaPath('../../etc/x'), '.preflight/schemas/-..-etc-x.yaml');
    assert.equal(baselinePath('..'), '.preflight/baselines/dataset.json');
    assert.equal(schemaPath('patients é'), '.preflight/schemas/patients-é.yaml');
  });

  it('are those of the project, wherever the content lies', () => {
    assert.equal(shownFile(datasetOf(), '/tmp/blobs/1a2b'), 'data/train.csv');
    const logs = datasetOf('jsonl', { path: 'logs/requests/*.jsonl' });
    assert.equal(shownFile(logs, '/tmp/copy/logs/requests/a.jsonl'), 'logs/requests/a.jsonl');
    assert.equal(shownFile(logs, '/tmp/blobs/a.jsonl'), 'a.jsonl');
  });
});

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetReport } from '../../../src/data/report';
import {
  validateDatasets,
  type DatasetInput,
  type ValidateProgress,
} from '../../../src/data/validate';
import type { Dataset } from '../../../src/project/project';
import { makeTemporaryFolder } from '../../harness/temporaryFolder';
import { csvOf, datasetOf, ENGINE, writeData } from './dataFixtures';
import { seeded } from './seeded';

const random = seeded(3);
const HEADER = ['id', 'amount', 'ratio', 'city', 'y'];
const people = Array.from({ length: 1200 }, (_, id) => [
  id,
  Math.floor(random() * 1000),
  random(),
  random() < 0.5 ? 'bern' : 'rome',
  random() < 0.5 ? 'yes' : 'no',
]);
const TRAIN = people.slice(0, 1000);
const TEST = people.slice(1000);

const train = (more: Partial<Dataset> = {}): Dataset =>
  datasetOf('csv', { label: 'y', key: 'id', ...more });
const test = (more: Partial<Dataset> = {}): Dataset =>
  datasetOf('csv', { name: 'test', path: 'data/test.csv', role: 'test', ...more });

interface Case {
  readonly rows?: readonly (readonly unknown[])[];
  readonly dataset?: Partial<Dataset>;
  readonly trains?: readonly DatasetInput[];
}

const trainInput = (more: Partial<DatasetInput> = {}): DatasetInput => ({
  dataset: train(),
  files: [writeData(csvOf(HEADER, TRAIN))],
  ...more,
});

async function judge(
  { rows = TEST, dataset = {}, trains = [trainInput()] }: Case,
  more: Omit<Parameters<typeof validateDatasets>[1], 'engine'> = {},
): Promise<DatasetReport> {
  const input = { dataset: test(dataset), files: [writeData(csvOf(HEADER, rows))], trains };
  const { datasets } = await validateDatasets([input], { engine: ENGINE, ...more });
  const [report] = datasets;
  assert.ok(report !== undefined);
  return report;
}

const rulesOf = ({ findings }: DatasetReport): readonly string[] =>
  findings.map(({ rule, severity }) => `${severity} ${rule}`);

describe('test data beside the training data', function () {
  this.timeout(120_000);

  it('pass where they are other rows of the same kind', async () => {
    assert.deepEqual(rulesOf(await judge({})), []);
  });

  it('fail where rows were leaked, whatever their ids', async () => {
    const leaked = TRAIN.slice(0, 40).map((row, index) => [5000 + index, ...row.slice(1)]);
    const report = await judge({ rows: [...TEST, ...leaked] });
    assert.deepEqual(rulesOf(report), ['error train-test-overlap']);
    assert.equal(report.verdict, 'fail');
    const [finding] = report.findings;
    assert.match(finding?.message ?? '', /^40 rows of 240 .* 40 of them with the same label\./);
    assert.equal(finding?.samples.length, 20);
  });

  it('fail where they have keys of the training data, and labels that these do not', async () => {
    const [first = [], second = []] = TEST;
    const known = [7, ...first.slice(1)];
    const unknown = [...second.slice(0, -1), 'perhaps'];
    const report = await judge({ rows: [...TEST.slice(2), known, unknown] });
    assert.deepEqual(rulesOf(report), ['error key-overlap', 'error label-unknown']);
  });

  it('are compared with the training data that have most of their columns, of their folder first', async () => {
    const other = { dataset: train({ name: 'other' }), files: [writeData('a,b\n1,2\n3,4')] };
    const far = trainInput({ dataset: train({ name: 'far', path: 'old/train.csv' }) });
    const leaked = await judge({ rows: TRAIN, trains: [other, far, trainInput()] });
    assert.match(leaked.findings[0]?.message ?? '', /in the training data "train"/);
    const named = await judge({
      rows: TRAIN,
      trains: [trainInput(), far],
      dataset: { baseline: 'far' },
    });
    assert.match(named.findings[0]?.message ?? '', /in the training data "far"/);
    assert.deepEqual(rulesOf(await judge({ rows: TRAIN, trains: [other] })), []);
  });

  it('are told to be compared with nothing where the training data cannot be read', async () => {
    const broken = trainInput({ files: [writeData('a,b\n1\n')] });
    const report = await judge({ trains: [broken] });
    assert.equal(report.verdict, 'pass');
    assert.deepEqual(rulesOf(report), ['info reference-unreadable']);
  });

  it('are compared from the cache where both contents are known, and say what is done', async () => {
    const cacheFolder = makeTemporaryFolder('pairs');
    const what = new Set<string>();
    const onProgress = (progress: ValidateProgress): void => void what.add(progress.what);
    const files = [writeData(csvOf(HEADER, [...TEST, ...TRAIN.slice(0, 50)]))];
    const trains = [trainInput({ contentId: 'train' })];
    const input: DatasetInput = { dataset: test(), files, contentId: 'test', trains };
    const first = await validateDatasets([input], { engine: ENGINE, cacheFolder, onProgress });
    assert.ok(
      what.has('reading the training data') && what.has('comparing with the training data'),
    );
    const kept = readdirSync(cacheFolder).length;
    const lost = { file: join(cacheFolder, 'no engine'), execArgv: [] };
    const again = await validateDatasets([input], { engine: lost, cacheFolder });
    const [report] = first.datasets;
    assert.ok(report !== undefined);
    assert.deepEqual(again.datasets[0]?.findings, report.findings);
    assert.deepEqual(rulesOf(report), ['error key-overlap', 'error train-test-overlap']);
    assert.equal(readdirSync(cacheFolder).length, kept);
    const changed = [trainInput({ contentId: 'other' })];
    const third = await validateDatasets([{ ...input, trains: changed }], {
      engine: lost,
      cacheFolder,
    });
    assert.equal(third.verdict, 'inconclusive');
  });

  it('are not judged where it is cancelled while they are compared', async () => {
    const aborter = new AbortController();
    const onProgress = ({ what }: ValidateProgress): void => {
      if (what === 'reading the training data') aborter.abort();
    };
    const report = await judge({}, { signal: aborter.signal, onProgress });
    assert.equal(report.verdict, 'inconclusive');
    assert.deepEqual(
      report.problems.map(({ code }) => code),
      ['cancelled'],
    );
  });
});

describe('production data beside the training data', function () {
  this.timeout(120_000);

  it('are compared on its bins, and may repeat it', async () => {
    const dataset = { role: 'production', name: 'live' } as const;
    assert.deepEqual(rulesOf(await judge({ rows: TRAIN, dataset })), []);
    const scaled = TRAIN.map(([id, amount, ratio, ...rest]) => [
      id,
      Number(amount) + 400,
      ratio,
      ...rest,
    ]);
    const report = await judge({ rows: scaled, dataset });
    assert.deepEqual(
      report.findings.map(({ rule, column }) => `${rule}:${column}`),
      ['train-serving-skew:amount'],
    );
  });
});

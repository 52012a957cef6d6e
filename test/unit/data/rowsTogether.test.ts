import assert from 'node:assert/strict';
import { formatBaseline, parseBaseline } from '../../../src/data/baseline/baselineText';
import { validateDatasets, type DatasetInput } from '../../../src/data/validate';
import { csvOf, datasetOf, ENGINE, writeData } from './dataFixtures';
import { seeded } from './seeded';

type Row = readonly [x: number, y: number, z: number];

function table(seed: number, change: (row: Row) => Row = (row) => row): string {
  const random = seeded(seed);
  const rows = Array.from({ length: 3000 }, (_, id) => {
    const [x, y, z] = change([random(), random(), random()]);
    // Goes together with x.
    return [id, x, y, z, x + random()];
  });
  return csvOf(['id', 'x', 'y', 'z', 'sum'], rows);
}

async function validate(input: Partial<DatasetInput>) {
  const report = await validateDatasets([{ dataset: datasetOf(), files: [], ...input }], {
    engine: ENGINE,
  });
  const [dataset] = report.datasets;
  assert.ok(dataset !== undefined);
  return dataset;
}

/** From the files through the engine and a baseline to the findings. */
describe('columns that go together', function () {
  this.timeout(60_000);
  let baseline: Pick<DatasetInput, 'baseline'>;
  before(async () => {
    const first = await validate({ files: [writeData(table(1))] });
    assert.deepEqual(first.findings, []);
    const text = formatBaseline(first);
    const parsed = parseBaseline(text, 'baseline');
    assert.ok(parsed.ok);
    baseline = { baseline: parsed.value };
    // The id, which numbers the rows, is in no tree.
    assert.deepEqual(parsed.value.profile.facts?.cells?.columns, ['sum', 'x', 'y', 'z']);
    assert.ok(text.length < 12_000, `${text.length}`);
  });

  it('are no finding where they do so as before', async () => {
    const report = await validate({ files: [writeData(table(2))], ...baseline });
    assert.deepEqual(report.findings, []);
  });

  it('are one where a column was shuffled alone', async () => {
    const lines = table(3).trim().split('\n');
    const cells = lines.map((line) => line.split(','));
    const shuffled = cells.map((row, at) =>
      at === 0 ? row : [...row.slice(0, 4), cells[1 + (at % (cells.length - 1))]?.[4] ?? ''],
    );
    const text = shuffled.map((row) => row.join(',')).join('\n');
    const report = await validate({ files: [writeData(text)], ...baseline });
    assert.deepEqual(
      report.findings.map(({ rule, severity, samples }) => [rule, severity, samples.length]),
      [['correlation-changed', 'error', 1]],
    );
    assert.match(report.findings[0]?.message ?? '', /"sum"/);
  });

  it('are one where only three of them together show it', async () => {
    const text = table(4, ([x, y, z]) => [x, y, x > 0.5 === y > 0.5 ? z / 2 : (1 + z) / 2]);
    const report = await validate({ files: [writeData(text)], ...baseline });
    assert.deepEqual(
      report.findings.map(({ rule, severity }) => [rule, severity]),
      [['multivariate-drift', 'error']],
    );
  });
});

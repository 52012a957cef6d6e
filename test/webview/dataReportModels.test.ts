import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DatasetReport } from '../../src/data/report';
import { columnPairs, filterPairs } from '../../webview-ui/dataReport/columnPairs';
import { driftGauge } from '../../webview-ui/dataReport/columnSummary';
import { readDataReportSaved } from '../../webview-ui/dataReport/dataReportSaved';
import { datasetHeadline } from '../../webview-ui/dataReport/datasetHeadline';
import { fewestForHalf } from '../../webview-ui/dataReport/fewestForHalf';
import { formatEffect, formatSetting } from '../../webview-ui/dataReport/findingReason';
import { histogramModel } from '../../webview-ui/dataReport/histogramModel';
import { tumoursDataset } from './fixtures/tumours';

describe('The state that was saved', () => {
  it('is read from anything, and what does not fit is left out', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const saved = readDataReportSaved(value);
        assert.equal(typeof saved.search, 'string');
        assert.ok(saved.scroll >= 0 && saved.tableScroll >= 0);
      }),
    );
    const { column, sort, scroll } = readDataReportSaved({
      column: 'age',
      sort: { column: 'name', descending: 'yes' },
      scroll: Number.NaN,
    });
    assert.deepEqual([column, sort, scroll], ['age', undefined, 0]);
  });
});

describe('The verdict on a dataset', () => {
  const headline = (change: Partial<DatasetReport>) => datasetHeadline(tumoursDataset(change));

  it('is one sentence for each verdict', () => {
    assert.equal(headline({}), 'train failed: 3 errors and 1 warning in 4 of 32 columns');
    assert.equal(
      headline({ verdict: 'warn', findings: tumoursDataset().findings.slice(3, 4) }),
      'train passed with 1 warning in 1 of 32 columns',
    );
    assert.equal(
      headline({ verdict: 'pass', findings: [] }),
      'train passed: 32 columns as expected',
    );
    assert.equal(
      headline({ verdict: 'inconclusive', findings: [] }),
      'train could not be judged: no check could decide',
    );
    assert.equal(
      headline({
        verdict: 'fail',
        findings: [],
        problems: [{ code: 'file-missing', message: 'There is no such file.' }],
      }),
      'train failed: There is no such file.',
    );
  });
});

describe('The columns of a dataset', () => {
  it('are those of both sides, those with the gravest findings first', () => {
    const { columns, findings } = tumoursDataset();
    const present = columns.filter(({ name }) => name !== 'worst_area');
    const pairs = columnPairs(tumoursDataset({ columns: present, findings }));
    assert.deepEqual(
      pairs.slice(0, 6).map(({ name }) => name),
      ['mean_smoothness', 'mean_radius', 'diagnosis', 'scanner', 'mean_texture', 'mean_perimeter'],
    );
    const missing = pairs.find(({ name }) => name === 'worst_area');
    assert.equal(missing?.current, undefined);
    assert.equal(missing?.reference?.name, 'worst_area');
    assert.deepEqual(
      filterPairs(pairs, ' WORST_a ', false).map(({ name }) => name),
      ['worst_area'],
    );
    assert.equal(filterPairs(pairs, '', true).length, 4);
  });
});

describe('The histogram of a column', () => {
  const pairOf = (report: DatasetReport, name: string) => {
    const pair = columnPairs(report).find((each) => each.name === name);
    if (pair === undefined) throw new Error(`There is no column ${name}.`);
    return pair;
  };
  const modelOf = (report: DatasetReport, name: string) =>
    histogramModel(report, pairOf(report, name));

  it('has the bins of both sides as shares of the values, and the finding marks its bins', () => {
    const model = modelOf(tumoursDataset(), 'mean_radius');
    const last = model?.bins.at(-1);
    // Counted in the data: 28 of 284 and 102 of 285 rows lie above 19.73.
    assert.equal(last?.label, 'above 19.7');
    assert.equal(last?.reference?.share, 28 / 284);
    assert.equal(last?.current?.share, 102 / 285);
    assert.deepEqual(
      model?.bins.map(({ marked }) => marked),
      [...Array(9).fill(false), true],
    );
  });

  it('leaves missing values out of the shares', () => {
    const model = modelOf(tumoursDataset(), 'mean_smoothness');
    const shares = model?.bins.map(({ current }) => current?.share ?? 0) ?? [];
    assert.ok(Math.abs(shares.reduce((total, share) => total + share, 0) - 1) < 1e-12);
  });

  it('puts the categories that are not listed together', () => {
    const listed = {
      name: 'town',
      type: 'string',
      nativeType: 'VARCHAR',
      nulls: 5,
      nans: 0,
    } as const;
    const report = tumoursDataset({
      rows: 105,
      columns: [{ ...listed, categories: [{ value: 'Oslo', count: 60 }] }],
      reference: {
        rows: 105,
        source: 'x',
        columns: [{ ...listed, categories: [{ value: 'Bergen', count: 100 }] }],
      },
      findings: [],
    });
    assert.deepEqual(
      modelOf(report, 'town')?.bins.map(({ label, reference, current }) => [
        label,
        reference?.count,
        current?.count,
      ]),
      [
        ['Bergen', 100, 0],
        ['Oslo', 0, 60],
        ['other values', 0, 40],
      ],
    );
  });

  it('compares nothing that was counted on other edges', () => {
    const report = tumoursDataset();
    const { reference, ...pair } = pairOf(report, 'mean_radius');
    const histogram = { edges: [1, 2, 3], counts: [71, 71, 71, 71] };
    const moved = reference === undefined ? undefined : { ...reference, histogram };
    const model = histogramModel(report, { ...pair, reference: moved });
    assert.equal(model?.hasReference, false);
    assert.equal(model?.drift, undefined);
  });

  it('is not there for a type without a distribution', () => {
    const column = { name: 'blob', type: 'other', nativeType: 'BLOB', nulls: 0, nans: 0 } as const;
    assert.equal(modelOf(tumoursDataset({ columns: [column], findings: [] }), 'blob'), undefined);
  });

  it('marks the fewest bins that make up half', () => {
    assert.deepEqual(fewestForHalf([0.1, 0.5, undefined, 0.3]), [1]);
    assert.deepEqual(fewestForHalf([0.3, 0.2, 0.3, 0.2]), [0, 2]);
    assert.deepEqual(fewestForHalf([]), []);
  });
});

describe('Effects', () => {
  it('are written with their unit', () => {
    assert.equal(formatEffect(0.1543, 'share'), '15.4 % of rows');
    assert.equal(formatEffect(0.56, 'PSI'), 'PSI 0.560');
    assert.equal(formatSetting(0.1, 'PSI'), '0.1');
    assert.equal(formatSetting(0.023, 'share'), '2.3 %');
  });

  it('stand on a gauge that begins at 0 and ends beyond all of them', () => {
    const gauge = driftGauge({ value: 0.6, unit: 'PSI', lower: -0.1, threshold: 0.1 }, 0.06);
    assert.deepEqual(gauge, {
      value: 0.6 / (1.15 * 0.6),
      lower: 0,
      threshold: 0.1 / (1.15 * 0.6),
      noiseFloor: 0.06 / (1.15 * 0.6),
    });
    assert.equal(driftGauge({ value: 0.6, unit: 'PSI' }, 0.06), undefined);
  });
});

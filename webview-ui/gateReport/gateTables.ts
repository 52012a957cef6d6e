import { formatCount, formatNumber } from '../../src/base/format';
import type { CheckReport, Comparison, DatasetReport } from '../../src/protocol/content';
import type { TableModel, TableRow } from '../shared/tableModel';
import { toneOfVerdict, wordOfVerdict } from '../shared/tone';

/** What the gate looked at: every dataset, then every comparison, with what came of it. */
export function judgedTable(report: CheckReport): TableModel {
  return {
    label: 'what was judged',
    columns: [
      { id: 'what', title: 'What', track: 'auto' },
      { id: 'result', title: 'Result', track: 'auto' },
      { id: 'details', title: 'Details', track: 'auto' },
    ],
    rows: [...report.datasets.map(datasetRow), ...report.comparisons.map(comparisonRow)],
  };
}

function datasetRow(dataset: DatasetReport, index: number): TableRow {
  const { name, path, rows, columns, findings, verdict } = dataset;
  const details = [
    formatCount(rows, 'row'),
    formatCount(columns.length, 'column'),
    findings.length === 0 ? 'no findings' : formatCount(findings.length, 'finding'),
  ];
  return {
    key: `dataset ${index}`,
    cells: [
      { text: `Data: ${name}`, hover: path },
      { text: wordOfVerdict(verdict), tone: toneOfVerdict(verdict) },
      { text: details.join(', ') },
    ],
  };
}

function comparisonRow(comparison: Comparison, index: number): TableRow {
  const { base, candidate, metrics, verdict } = comparison;
  const worse = metrics.filter(({ change }) => change === 'worse').length;
  return {
    key: `comparison ${index}`,
    cells: [
      { text: `Model: ${candidate} against ${base}` },
      { text: wordOfVerdict(verdict), tone: toneOfVerdict(verdict) },
      {
        text: `${formatCount(metrics.length, 'metric')}, ${formatNumber(worse)} worse`,
      },
    ],
  };
}

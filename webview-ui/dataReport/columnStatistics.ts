import { formatNumber, formatShare, formatSigned } from '../../src/base/format';
import type { ColumnProfile, DatasetReport } from '../../src/protocol/content';
import type { TableCell, TableColumn, TableModel, TableRow } from '../shared/tableModel';
import type { ColumnPair } from './columnPairs';
import { nullShare } from './nullShare';
import type { HistogramModel } from './histogramModel';

const EMPTY: TableCell = { text: '' };

/** `end` where the rows have different units: their decimal points have nothing in common. */
function sideColumns(align: 'end' | 'decimal'): readonly TableColumn[] {
  return [
    { id: 'reference', title: 'Reference', track: 'auto', align },
    { id: 'current', title: 'Current', track: 'auto', align },
    { id: 'change', title: 'Change', track: 'auto', align },
  ];
}

type Measure = (column: ColumnProfile) => number | undefined;

const MEASURES: readonly (readonly [string, Measure])[] = [
  ['Mean', ({ numeric }) => numeric?.mean],
  ['Std. deviation', ({ numeric }) => numeric?.standardDeviation],
  ['Minimum', ({ numeric, ends = numeric }) => ends?.min],
  ['Maximum', ({ numeric, ends = numeric }) => ends?.max],
  ['Distinct', ({ distinct }) => distinct?.count],
  ['Not a number', ({ nans }) => (nans === 0 ? undefined : nans)],
];

/** What was measured of a column, side by side. */
export function statisticsTable(report: DatasetReport, pair: ColumnPair): TableModel {
  return {
    label: `statistics of ${pair.name}`,
    columns: [{ id: 'name', title: 'Statistic', track: 'auto' }, ...sideColumns('end')],
    rows: [
      nullsRow(report, pair),
      ...MEASURES.flatMap(([name, measure]) => measureRow(name, measure, pair)),
    ],
  };
}

function nullsRow(report: DatasetReport, { reference, current }: ColumnPair): TableRow {
  const before = nullShare(reference, report.reference?.rows);
  const after = nullShare(current, report.rows);
  return {
    key: 'Nulls',
    cells: [
      { text: 'Nulls' },
      shareCell(before, reference?.nulls),
      shareCell(after, current?.nulls),
      pointsCell(before, after),
    ],
  };
}

function measureRow(
  name: string,
  measure: Measure,
  { reference, current }: ColumnPair,
): readonly TableRow[] {
  const before = reference && measure(reference);
  const after = current && measure(current);
  if (before === undefined && after === undefined) return [];
  const change = before === undefined || after === undefined ? undefined : after - before;
  return [
    {
      key: name,
      cells: [
        { text: name },
        numberCell(before),
        numberCell(after),
        change === undefined ? EMPTY : { text: formatSigned(change), value: change },
      ],
    },
  ];
}

/** The numbers behind the chart. */
export function binTable(column: string, histogram: HistogramModel): TableModel {
  return {
    label: `bins of ${column}`,
    columns: [
      { id: 'bin', title: histogram.kind === 'numbers' ? 'Bin' : 'Value', track: 'auto' },
      ...sideColumns('decimal'),
      { id: 'psi', title: 'Adds to PSI', track: 'auto', align: 'decimal' },
      { id: 'marked', title: 'Marked', track: 'auto' },
    ],
    rows: histogram.bins.map((bin, index) => ({
      key: String(index),
      cells: [
        { text: bin.label },
        shareCell(bin.reference?.share, bin.reference?.count),
        shareCell(bin.current?.share, bin.current?.count),
        pointsCell(bin.reference?.share, bin.current?.share),
        numberCell(bin.contribution),
        { text: bin.marked ? 'marked' : '' },
      ],
    })),
  };
}

function numberCell(value: number | undefined): TableCell {
  return value === undefined ? EMPTY : { text: formatNumber(value), value };
}

function shareCell(share: number | undefined, count: number | undefined): TableCell {
  if (share === undefined) return EMPTY;
  return { text: formatShare(share), value: share, hover: `${share} (${count} rows)` };
}

/** A change of a share, in percentage points. */
function pointsCell(before: number | undefined, after: number | undefined): TableCell {
  if (before === undefined || after === undefined) return EMPTY;
  const points = 100 * (after - before);
  return { text: `${formatSigned(points)} points`, value: points };
}

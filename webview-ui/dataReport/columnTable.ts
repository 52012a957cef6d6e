import { formatShare } from '../../src/base/format';
import type { DatasetReport, Effect, Finding } from '../../src/protocol/content';
import { toneOfSeverity } from '../shared/tone';
import type { TableCell, TableColumn, TableModel, TableRow } from '../shared/tableModel';
import { pairWeight, type ColumnPair } from './columnPairs';
import { formatDrift, formatEffect, isOfDrift } from './findingReason';
import { histogramModel, type HistogramModel } from './histogramModel';
import { nullShare } from './nullShare';

const COLUMNS: readonly TableColumn[] = [
  { id: 'name', title: 'Column', track: 'minmax(138px, 2fr)' },
  { id: 'type', title: 'Type', track: 'minmax(76px, 1fr)' },
  { id: 'nulls', title: 'Nulls', track: 'minmax(114px, 1fr)' },
  { id: 'distribution', title: 'Distribution', track: '112px' },
  { id: 'effect', title: 'Largest Effect', track: 'minmax(134px, 2.4fr)' },
];

/** The columns of a dataset, one row each. */
export function columnTable(report: DatasetReport, pairs: readonly ColumnPair[]): TableModel {
  // Without anything to compare with, and so without findings, the last column would be empty.
  const hasEffects = report.reference !== undefined || report.findings.length > 0;
  const columns = hasEffects ? COLUMNS : COLUMNS.slice(0, -1);
  return {
    label: `columns of ${report.name}`,
    columns,
    rows: pairs.map((pair) => columnRow(report, pair, columns.length)),
  };
}

/** Its cells are made when they are first looked at: of 10,000 columns only some are ever in sight. */
function columnRow(report: DatasetReport, pair: ColumnPair, shown: number): TableRow {
  let cells: readonly TableCell[] | undefined;
  return {
    key: pair.name,
    get cells() {
      cells ??= columnCells(report, pair).slice(0, shown);
      return cells;
    },
  };
}

function columnCells(report: DatasetReport, pair: ColumnPair): readonly TableCell[] {
  const histogram = histogramModel(report, pair);
  return [
    { text: pair.name },
    typeCell(pair),
    nullsCell(report, pair),
    distributionCell(histogram),
    effectCell(pair, histogram),
  ];
}

function typeCell({ reference, current }: ColumnPair): TableCell {
  if (current === undefined) return { text: 'missing' };
  const type = current.type;
  const text =
    reference === undefined || reference.type === type ? type : `${reference.type} \u2192 ${type}`;
  return { text, hover: `${text} (${current.nativeType})` };
}

function nullsCell(report: DatasetReport, { reference, current }: ColumnPair): TableCell {
  const before = nullShare(reference, report.reference?.rows);
  const after = nullShare(current, report.rows);
  if (current !== undefined && after === undefined)
    return { text: 'not told', hover: 'The footer does not tell how many values are missing.' };
  const shares = [before, after].filter((share) => share !== undefined).map(formatShare);
  const same = new Set(shares).size === 1 && shares.length > 1;
  return {
    text: (same ? shares.slice(1) : shares).join(' \u2192 '),
    hover: [
      ...(before === undefined ? [] : [`reference ${reference?.nulls ?? 0}`]),
      ...(current === undefined ? [] : [`current ${current.nulls} of ${report.rows}`]),
    ].join(', '),
    value: after ?? null,
    muted: same,
  };
}

function distributionCell(histogram: HistogramModel | undefined): TableCell {
  if (histogram === undefined) return { text: '' };
  const side = (which: 'reference' | 'current'): readonly number[] | undefined => {
    const counts = histogram.bins.map((bin) => bin[which]);
    return counts.every((count) => count === undefined)
      ? undefined
      : counts.map((count) => count?.share ?? 0);
  };
  return {
    text: '',
    hover: distributionText(histogram),
    order: histogram.drift?.psi ?? null,
    graphic: { kind: 'histogram', reference: side('reference'), current: side('current') },
  };
}

/** Beside its rule's name, a share needs no `of rows`. */
function shortEffect(finding: Finding, { value, unit }: Effect): string {
  if (isOfDrift(finding) && unit !== 'PSI') return formatDrift(value, unit);
  return unit === 'share' ? formatShare(value) : formatEffect(value, unit);
}

/** The largest bins in words, for the tooltip and for screen readers. */
function distributionText({ bins }: HistogramModel): string {
  const share = (index: number): number =>
    (bins[index]?.current ?? bins[index]?.reference)?.share ?? 0;
  const largest = bins
    .map((_, index) => index)
    .sort((a, b) => share(b) - share(a))
    .slice(0, 3);
  return largest.map((index) => `${bins[index]?.label} ${formatShare(share(index))}`).join('; ');
}

function effectCell(pair: ColumnPair, histogram: HistogramModel | undefined): TableCell {
  const [gravest] = pair.findings;
  if (gravest !== undefined) {
    const { effect } = gravest;
    return {
      text: [...(effect === undefined ? [] : [shortEffect(gravest, effect)]), gravest.rule].join(
        ' \u00b7 ',
      ),
      hover: [
        `${gravest.severity}: ${gravest.message}`,
        ...(effect === undefined ? [] : [`${effect.value} ${effect.unit}`]),
      ].join(' '),
      tone: toneOfSeverity(gravest.severity),
      order: pairWeight(pair),
    };
  }
  const psi = histogram?.drift?.psi;
  if (psi === undefined) return { text: '', order: null };
  return {
    text: formatEffect(Math.max(0, psi), 'PSI'),
    hover: `PSI ${psi}`,
    order: Math.min(psi, 0.999) - 1,
    muted: true,
  };
}

import { formatNumber } from '../../src/base/format';
import { countValues, measureColumnDrift, type ColumnDrift } from '../../src/protocol/columnDrift';
import type { ColumnProfile, DatasetReport, Histogram } from '../../src/protocol/content';
import type { ColumnPair } from './columnPairs';
import { fewestForHalf } from './fewestForHalf';

/** The chart of one column: the reference and the current data on the same bins, as shares of the values. */
export interface HistogramModel {
  readonly kind: 'numbers' | 'categories';
  readonly bins: readonly Bin[];
  /** The borders between neighbouring bins of numbers: `bins.length - 1` of them. */
  readonly edges: readonly number[];
  readonly hasReference: boolean;
  /** What the marks mean, in words; undefined where nothing is marked. */
  readonly markedBecause: string | undefined;
  readonly drift: ColumnDrift | undefined;
}

export interface Bin {
  readonly label: string;
  readonly reference: BinCount | undefined;
  readonly current: BinCount | undefined;
  readonly marked: boolean;
  /** What it adds to the PSI. */
  readonly contribution: number | undefined;
}

export interface BinCount {
  readonly count: number;
  /** Of all values. */
  readonly share: number;
}

/** Both sides on the same bins. */
interface AlignedCounts {
  readonly kind: HistogramModel['kind'];
  readonly labels: readonly string[];
  readonly edges: readonly number[];
  readonly reference: readonly number[] | undefined;
  readonly current: readonly number[] | undefined;
}

/** Undefined where neither side has a histogram or categories. */
export function histogramModel(
  report: DatasetReport,
  pair: ColumnPair,
): HistogramModel | undefined {
  const { reference, current } = pair;
  const rows = { current: report.rows, reference: report.reference?.rows ?? 0 };
  const counts = alignNumbers(pair) ?? alignCategories(pair, rows);
  if (counts === undefined) return undefined;
  const drift = current && reference && measureColumnDrift(current, reference, rows);
  const contributions = counts.labels.map((label, index) =>
    counts.kind === 'numbers'
      ? drift?.contributions.bins.get(index)
      : drift?.contributions.categories.get(label),
  );
  const marks = markBins(counts, pair, contributions);
  const before = reference && sideCounts(counts.reference, countValues(rows.reference, reference));
  const after = current && sideCounts(counts.current, countValues(rows.current, current));
  return {
    kind: counts.kind,
    edges: counts.edges,
    hasReference: before !== undefined,
    markedBecause: marks.bins.length === 0 ? undefined : marks.because,
    drift,
    bins: counts.labels.map((label, index) => ({
      label,
      reference: before?.[index],
      current: after?.[index],
      marked: marks.bins.includes(index),
      contribution: contributions[index],
    })),
  };
}

function sideCounts(
  counts: readonly number[] | undefined,
  values: number,
): readonly BinCount[] | undefined {
  return counts?.map((count) => ({ count, share: count / Math.max(1, values) }));
}

function alignNumbers({ reference, current }: ColumnPair): AlignedCounts | undefined {
  const shown = current?.histogram ?? reference?.histogram;
  if (shown === undefined) return undefined;
  return {
    kind: 'numbers',
    labels: binLabels(shown.edges),
    edges: shown.edges,
    reference: countsOn(reference?.histogram, shown.edges),
    current: countsOn(current?.histogram, shown.edges),
  };
}

/** Counts only where the edges are the same: other bins cannot be compared. */
function countsOn(
  histogram: Histogram | undefined,
  edges: readonly number[],
): readonly number[] | undefined {
  return histogram?.edges.join() === edges.join() ? histogram.counts : undefined;
}

function binLabels(edges: readonly number[]): readonly string[] {
  const [first] = edges;
  const last = edges.at(-1);
  if (first === undefined || last === undefined) return ['all values'];
  const between = edges
    .slice(1)
    .map((edge, index) => `${formatNumber(edges[index] ?? first)} to ${formatNumber(edge)}`);
  return [`up to ${formatNumber(first)}`, ...between, `above ${formatNumber(last)}`];
}

/** The categories of both sides, and what is not listed as `other values`. */
function alignCategories(
  { reference, current }: ColumnPair,
  rows: { readonly current: number; readonly reference: number },
): AlignedCounts | undefined {
  if (reference?.categories === undefined && current?.categories === undefined) return undefined;
  const listed = [reference, current].flatMap((side) => side?.categories ?? []);
  const labels = [...new Set(listed.map(({ value }) => value))];
  const before = reference && countCategories(reference, rows.reference, labels);
  const after = current && countCategories(current, rows.current, labels);
  const others = (before?.others ?? 0) + (after?.others ?? 0) > 0;
  const withOthers = (side: typeof before): readonly number[] | undefined =>
    side === undefined || !others ? side?.counts : [...side.counts, side.others];
  return {
    kind: 'categories',
    labels: others ? [...labels, 'other values'] : labels,
    edges: [],
    reference: withOthers(before),
    current: withOthers(after),
  };
}

function countCategories(
  column: ColumnProfile,
  rows: number,
  labels: readonly string[],
): { readonly counts: readonly number[]; readonly others: number } | undefined {
  if (column.categories === undefined) return undefined;
  const known = new Map(column.categories.map(({ value, count }) => [value, count]));
  const counts = labels.map((label) => known.get(label) ?? 0);
  const listed = counts.reduce((total, count) => total + count, 0);
  return { counts, others: Math.max(0, countValues(rows, column) - listed) };
}

/** Marks the categories that a finding names, else the bins that a drift comes from. */
function markBins(
  counts: AlignedCounts,
  { findings }: ColumnPair,
  contributions: readonly (number | undefined)[],
): { readonly bins: readonly number[]; readonly because: string } {
  const samples = new Set(findings.flatMap((finding) => finding.samples));
  const named = counts.labels.flatMap((label, index) => (samples.has(label) ? [index] : []));
  if (counts.kind === 'categories' && named.length > 0) {
    return { bins: named, because: 'named by a finding' };
  }
  const drifted = findings.some(({ rule }) => rule === 'drift');
  return { bins: drifted ? fewestForHalf(contributions) : [], because: 'makes up most of the PSI' };
}

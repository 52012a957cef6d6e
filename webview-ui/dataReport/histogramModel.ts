import { formatNumber } from '../../src/base/format';
import type { ColumnProfile, Finding, Histogram } from '../../src/protocol/content';
import { mainBins, measureShift, sum } from './binShift';

/** The chart of one column: the reference and the current data on the same bins, as shares of the values. */
export interface HistogramModel {
  readonly kind: 'numbers' | 'categories';
  readonly bins: readonly Bin[];
  /** The borders between neighbouring bins of numbers: `bins.length - 1` of them. */
  readonly edges: readonly number[];
  readonly hasReference: boolean;
  /** What the marks mean, in words; undefined where nothing is marked. */
  readonly markedBecause: string | undefined;
  /** Debiased; undefined where there is nothing to compare. */
  readonly psi: number | undefined;
  readonly noiseFloor: number | undefined;
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
  readonly share: number;
}

interface Sides {
  readonly kind: HistogramModel['kind'];
  readonly labels: readonly string[];
  readonly edges: readonly number[];
  readonly reference: readonly number[] | undefined;
  readonly current: readonly number[] | undefined;
}

/** Undefined where neither side has a histogram or categories. */
export function histogramModel(
  reference: ColumnProfile | undefined,
  current: ColumnProfile | undefined,
  findings: readonly Finding[],
): HistogramModel | undefined {
  const sides = alignNumbers(reference, current) ?? alignCategories(reference, current);
  if (sides === undefined) return undefined;
  const shift =
    sides.reference === undefined || sides.current === undefined
      ? undefined
      : measureShift(sides.reference, sides.current);
  const marks = markBins(sides, findings, shift === undefined ? [] : mainBins(shift));
  return {
    kind: sides.kind,
    edges: sides.edges,
    hasReference: sides.reference !== undefined,
    markedBecause: marks.bins.length === 0 ? undefined : marks.because,
    psi: shift?.psi,
    noiseFloor: shift?.noiseFloor,
    bins: sides.labels.map((label, index) => ({
      label,
      reference: binCount(sides.reference, index),
      current: binCount(sides.current, index),
      marked: marks.bins.includes(index),
      contribution: shift?.contributions[index],
    })),
  };
}

function binCount(counts: readonly number[] | undefined, index: number): BinCount | undefined {
  if (counts === undefined) return undefined;
  const count = counts[index] ?? 0;
  return { count, share: count / Math.max(1, sum(counts)) };
}

function alignNumbers(
  reference: ColumnProfile | undefined,
  current: ColumnProfile | undefined,
): Sides | undefined {
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
  if (histogram === undefined || histogram.edges.length !== edges.length) return undefined;
  return histogram.edges.every((edge, index) => edge === edges[index])
    ? histogram.counts
    : undefined;
}

function binLabels(edges: readonly number[]): readonly string[] {
  const [first] = edges;
  const last = edges.at(-1);
  if (first === undefined || last === undefined) return ['all values'];
  const between = edges
    .slice(1)
    .map((edge, index) => `${formatNumber(edges[index] ?? first)} to ${formatNumber(edge)}`);
  return [`up to ${formatNumber(first)}`, ...between, `over ${formatNumber(last)}`];
}

function alignCategories(
  reference: ColumnProfile | undefined,
  current: ColumnProfile | undefined,
): Sides | undefined {
  if (reference?.categories === undefined && current?.categories === undefined) return undefined;
  const before = new Map(reference?.categories?.map(({ value, count }) => [value, count]));
  const after = new Map(current?.categories?.map(({ value, count }) => [value, count]));
  const labels = [...new Set([...before.keys(), ...after.keys()])];
  return {
    kind: 'categories',
    labels,
    edges: [],
    reference: reference?.categories && labels.map((label) => before.get(label) ?? 0),
    current: current?.categories && labels.map((label) => after.get(label) ?? 0),
  };
}

/** Marks the categories that a finding names, else the bins that a drift comes from. */
function markBins(
  sides: Sides,
  findings: readonly Finding[],
  main: readonly number[],
): { readonly bins: readonly number[]; readonly because: string } {
  const named = new Set(findings.flatMap(({ samples }) => samples));
  const bins = sides.labels.flatMap((label, index) => (named.has(label) ? [index] : []));
  if (sides.kind === 'categories' && bins.length > 0) {
    return { bins, because: 'named by a finding' };
  }
  const drifted = findings.some(({ effect }) => effect?.unit === 'PSI');
  return { bins: drifted ? main : [], because: 'at least half of the PSI' };
}

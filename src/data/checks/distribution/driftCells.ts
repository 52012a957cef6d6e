import { formatNumber } from '../../../base/format';
import {
  valueCount,
  type ColumnProfile,
  type Histogram,
  type Profile,
} from '../../profile/profile';
import type { TwoSamples } from '../../statistics/distributionChange';
import type { Cell } from '../../statistics/stabilityIndex';
import { listValues, quote } from '../check';

/** The cells in which a column's two profiles are compared, and how each is called. */
export interface DriftCells extends TwoSamples {
  /** By a cell's member: the category; absent for bins and for all other values. */
  readonly categories: readonly string[];
  nameOf(cell: Pick<Cell, 'members'>): string;
}

/** Undefined where the two profiles were not counted on the same edges or categories. */
export function driftCells(
  current: ColumnProfile,
  reference: ColumnProfile,
  profiles: { readonly current: RowCount; readonly reference: RowCount },
): DriftCells | undefined {
  if (current.histogram !== undefined && reference.histogram !== undefined) {
    return binCells(current.histogram, reference.histogram);
  }
  if (reference.categories === undefined) return undefined;
  const totals = {
    current: valueCount(profiles.current, current),
    reference: valueCount(profiles.reference, reference),
  };
  if (totals.current === 0) return undefined;
  return isComplete(reference, totals.reference) && isComplete(current, totals.current)
    ? allCategories(current, reference)
    : listedCategories(current, reference, totals);
}

type RowCount = Pick<Profile, 'rows'>;

function binCells(current: Histogram, reference: Histogram): DriftCells | undefined {
  const { edges } = reference;
  if (edges.join() !== current.edges.join()) return undefined;
  const cells = reference.counts.map((count, index) => ({
    members: [index],
    reference: count,
    current: current.counts[index] ?? 0,
  }));
  return {
    fine: cells,
    coarse: cells,
    ordered: true,
    among: cells.length,
    categories: [],
    nameOf: ({ members }) => nameRange(edges[(members[0] ?? 0) - 1], edges[members.at(-1) ?? 0]),
  };
}

function nameRange(above: number | undefined, upTo: number | undefined): string {
  if (above === undefined) return upTo === undefined ? 'all values' : `up to ${formatNumber(upTo)}`;
  if (upTo === undefined) return `above ${formatNumber(above)}`;
  return `${formatNumber(above)} to ${formatNumber(upTo)}`;
}

/** Whether the listed categories are all there are. */
function isComplete({ categories }: ColumnProfile, values: number): boolean {
  return categories?.reduce((sum, { count }) => sum + count, 0) === values;
}

interface CountedCategory {
  readonly value: string;
  readonly reference: number;
  readonly current: number;
}

/** Every category of both, the most frequent in both together first: chosen alike in both, so that chance has no side. */
function allCategories(current: ColumnProfile, reference: ColumnProfile): DriftCells {
  const before = countsOf(reference);
  const now = countsOf(current);
  const sorted = [...new Set([...before.keys(), ...now.keys()])]
    .map((value) => countIn(value, before, now))
    .sort(byFrequency);
  const cells = sorted.map(toCell);
  return {
    fine: cells,
    coarse: cells,
    ordered: false,
    among: cells.length,
    categories: sorted.map(({ value }) => value),
    nameOf: ({ members }) =>
      listValues(members.map((member) => quote(sorted[member]?.value ?? ''))),
  };
}

/** Rarer categories are compared as one: those that were listed by luck would always seem to become rarer. */
const LEAST_COUNT = 10;
const LEAST_SHARE = 0.01;

/** The reference's most frequent categories, and all others as one, which is never judged alone: luck chose them. */
function listedCategories(
  current: ColumnProfile,
  reference: ColumnProfile,
  totals: { readonly current: number; readonly reference: number },
): DriftCells {
  const before = countsOf(reference);
  const now = countsOf(current);
  const listed = [...before.keys()].map((value) => countIn(value, before, now)).sort(byFrequency);
  const least = Math.max(LEAST_COUNT, LEAST_SHARE * totals.reference);
  const frequent = listed.map(toCell).filter((cell) => cell.reference >= least);
  const others = {
    members: [listed.length],
    reference: totals.reference - frequent.reduce((sum, cell) => sum + cell.reference, 0),
    current: totals.current - frequent.reduce((sum, cell) => sum + cell.current, 0),
  };
  const added = (current.categories ?? []).filter(({ value }) => !before.has(value));
  const examples = listValues(added.map(({ value }) => quote(value)));
  const othersName = added.length === 0 ? 'other values' : `other values such as ${examples}`;
  const nameOf = (member: number) => {
    const value = listed[member]?.value;
    return value === undefined ? othersName : quote(value);
  };
  return {
    fine: listed.map(toCell),
    coarse: others.reference + others.current > 0 ? [...frequent, others] : frequent,
    ordered: false,
    // Those that only the current data have could have been listed as well.
    among: Math.max(
      reference.distinct?.count ?? totals.reference,
      current.distinct?.count ?? 0,
      listed.length,
    ),
    totals: { n: totals.reference, m: totals.current },
    categories: listed.map(({ value }) => value),
    nameOf: ({ members }) => listValues(members.map(nameOf)),
  };
}

function countsOf({ categories = [] }: ColumnProfile): ReadonlyMap<string, number> {
  return new Map(categories.map(({ value, count }) => [value, count]));
}

function countIn(
  value: string,
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): CountedCategory {
  return { value, reference: before.get(value) ?? 0, current: now.get(value) ?? 0 };
}

/** Among equals by the values: the order of either sample would put its own ones together, which small cells then keep. */
function byFrequency(a: CountedCategory, b: CountedCategory): number {
  const difference = b.reference + b.current - (a.reference + a.current);
  return difference || (a.value < b.value ? -1 : 1);
}

function toCell({ reference, current }: CountedCategory, index: number): Cell {
  return { members: [index], reference, current };
}

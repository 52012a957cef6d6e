import { formatNumber } from '../../base/format';
import { valueCount, type ColumnProfile, type Histogram, type Profile } from '../profile/profile';
import { mergeSmallCells, type Cell } from '../statistics/stabilityIndex';
import { listValues, quote } from './check';

/** The cells in which a column's two profiles are compared, and how each is called. */
export interface DriftCells {
  readonly cells: readonly Cell[];
  nameOf(cell: Cell): string;
}

/** Undefined where the two profiles were not counted on the same edges or categories. */
export function driftCells(
  current: ColumnProfile,
  reference: ColumnProfile,
  profiles: { readonly current: Profile; readonly reference: Profile },
): DriftCells | undefined {
  if (current.histogram !== undefined && reference.histogram !== undefined) {
    return binCells(current.histogram, reference.histogram);
  }
  return categoryCells(current, reference, {
    current: valueCount(profiles.current, current),
    reference: valueCount(profiles.reference, reference),
  });
}

function binCells(current: Histogram, reference: Histogram): DriftCells | undefined {
  const { edges } = reference;
  if (edges.join() !== current.edges.join()) return undefined;
  const cells = reference.counts.map((count, index) => ({
    members: [index],
    reference: count,
    current: current.counts[index] ?? 0,
  }));
  return {
    cells: mergeSmallCells(cells),
    nameOf: ({ members }) => nameRange(edges[(members[0] ?? 0) - 1], edges[members.at(-1) ?? 0]),
  };
}

function nameRange(above: number | undefined, upTo: number | undefined): string {
  if (above === undefined) return upTo === undefined ? 'all values' : `up to ${formatNumber(upTo)}`;
  if (upTo === undefined) return `above ${formatNumber(above)}`;
  return `${formatNumber(above)} to ${formatNumber(upTo)}`;
}

/** Rarer categories are compared as one: those that were listed by luck would always seem to become rarer. */
const LEAST_COUNT = 10;
const LEAST_SHARE = 0.01;

/** The reference's categories, the most frequent of both first so that rare ones are merged, and all others last. */
function categoryCells(
  current: ColumnProfile,
  reference: ColumnProfile,
  totals: { readonly current: number; readonly reference: number },
): DriftCells | undefined {
  if (reference.categories === undefined || totals.current === 0) return undefined;
  const now = new Map(current.categories?.map(({ value, count }) => [value, count]));
  const least = Math.max(LEAST_COUNT, LEAST_SHARE * totals.reference);
  const sorted = reference.categories
    .filter(({ count }) => count >= least)
    .map(({ value, count }) => ({ value, reference: count, current: now.get(value) ?? 0 }))
    .sort((a, b) => b.reference + b.current - (a.reference + a.current));
  const others = {
    reference: totals.reference - sorted.reduce((sum, cell) => sum + cell.reference, 0),
    current: totals.current - sorted.reduce((sum, cell) => sum + cell.current, 0),
  };
  const all = others.reference + others.current > 0 ? [...sorted, others] : sorted;
  const cells = all.map((cell, index) => ({
    members: [index],
    reference: cell.reference,
    current: cell.current,
  }));
  const names = sorted.map(({ value }) => quote(value));
  const known = new Set(reference.categories.map(({ value }) => value));
  const added = (current.categories ?? []).filter(({ value }) => !known.has(value));
  const examples = listValues(added.map(({ value }) => quote(value)));
  const othersName = added.length === 0 ? 'other values' : `other values such as ${examples}`;
  return {
    cells: mergeSmallCells(cells),
    nameOf: ({ members }) => listValues(members.map((member) => names[member] ?? othersName)),
  };
}

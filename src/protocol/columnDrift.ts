import { driftCells } from '../data/checks/driftCells';
import { valueCount, type ColumnProfile } from '../data/profile/profile';
import { stabilityIndex, type CellShare } from '../data/statistics/stabilityIndex';

/** How far a column moved, by the arithmetic of the drift check: a chart must not say otherwise than the gate. */
export interface ColumnDrift {
  /** Population stability index less the noise floor; below 0 where less changed than chance alone would. */
  readonly psi: number;
  /** The index to expect of samples of these sizes without any drift. */
  readonly noiseFloor: number;
  /** What each part of the index comes from; where small bins were compared as one, each has an equal share. */
  readonly contributions: Contributions;
}

export interface Contributions {
  /** By the bin's index in the histogram. */
  readonly bins: ReadonlyMap<number, number>;
  /** By the category's value; those that are not in the reference are left out. */
  readonly categories: ReadonlyMap<string, number>;
}

/** Rows of both sides, missing values included. */
export interface RowCounts {
  readonly current: number;
  readonly reference: number;
}

/** Undefined where the two sides cannot be compared: no common bins, no values, another kind of column. */
export function measureColumnDrift(
  current: ColumnProfile,
  reference: ColumnProfile,
  rows: RowCounts,
): ColumnDrift | undefined {
  const numbers = current.histogram !== undefined && reference.histogram !== undefined;
  const categories = current.categories !== undefined && reference.categories !== undefined;
  if (reference.unique === true || (!numbers && !categories)) return undefined;
  const cells = driftCells(current, reference, {
    current: profileOf(rows.current),
    reference: profileOf(rows.reference),
  });
  // The bound of the index depends on `z`, but nothing that is taken from it here.
  const index = cells === undefined ? undefined : stabilityIndex(cells.cells, 0);
  if (index === undefined) return undefined;
  const parts = new Map(index.cells.flatMap(shareAmongMembers));
  return {
    psi: index.debiased,
    noiseFloor: index.noise,
    contributions: numbers
      ? { bins: parts, categories: new Map() }
      : { bins: new Map(), categories: byCategory(current, reference, parts) },
  };
}

function profileOf(rows: number): { rows: number; columns: readonly []; exact: boolean } {
  return { rows, columns: [], exact: true };
}

function shareAmongMembers({ members, contribution }: CellShare): [number, number][] {
  return members.map((member) => [member, contribution / members.length]);
}

/** The drift check numbers the reference's categories by their frequency on both sides. */
function byCategory(
  current: ColumnProfile,
  reference: ColumnProfile,
  parts: ReadonlyMap<number, number>,
): ReadonlyMap<string, number> {
  const now = new Map(current.categories?.map(({ value, count }) => [value, count]));
  const sorted = (reference.categories ?? []).toSorted(
    (a, b) => b.count + (now.get(b.value) ?? 0) - (a.count + (now.get(a.value) ?? 0)),
  );
  return new Map(sorted.map(({ value }, index) => [value, parts.get(index) ?? 0]));
}

/** How many values a column has: rows less what is missing. */
export function countValues(rows: number, column: ColumnProfile): number {
  return valueCount({ rows }, column);
}

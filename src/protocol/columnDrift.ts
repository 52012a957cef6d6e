import { driftCells, type DriftCells } from '../data/checks/distribution/driftCells';
import { valueCount, type ColumnProfile } from '../data/profile/profile';
import { mergeSmallCells, stabilityIndex, type CellShare } from '../data/statistics/stabilityIndex';

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
  /** By the category's value; those that are in no list of the reference, where that is cut off, are left out. */
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
    current: { rows: rows.current },
    reference: { rows: rows.reference },
  });
  // The bound of the index depends on `z`, but nothing that is taken from it here.
  const index = cells === undefined ? undefined : stabilityIndex(mergeSmallCells(cells.coarse), 0);
  if (cells === undefined || index === undefined) return undefined;
  const parts = new Map(index.cells.flatMap(shareAmongMembers));
  return {
    psi: index.debiased,
    noiseFloor: index.noise,
    contributions: numbers
      ? { bins: parts, categories: new Map() }
      : { bins: new Map(), categories: byCategory(cells, parts) },
  };
}

function shareAmongMembers({ members, contribution }: CellShare): [number, number][] {
  return members.map((member) => [member, contribution / members.length]);
}

function byCategory(
  { categories }: DriftCells,
  parts: ReadonlyMap<number, number>,
): ReadonlyMap<string, number> {
  return new Map(categories.map((value, index) => [value, parts.get(index) ?? 0]));
}

/** How many values a column has: rows less what is missing. */
export function countValues(rows: number, column: ColumnProfile): number {
  return valueCount({ rows }, column);
}

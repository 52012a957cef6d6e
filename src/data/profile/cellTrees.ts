import { uniqueEdges } from './edges';
import type { CellTree } from './profile';

/**
 * Trees that cut all rows into cells of about as many rows each, by one column at a time: histograms of many columns
 * together. As in QuantTree (Boracchi et al. 2018, ICML, "QuantTree: Histograms for Change Detection in Multivariate
 * Data Streams") what is cut where depends on ranks only, so that the counts of new rows are distributed alike for any
 * distribution. The columns of the cuts are chosen by a hash of their names: had the values chosen them, the cells would
 * fit the values by chance.
 */

/** Cuts from the root to a cell. */
const DEPTH = 4;
export const CELLS = 2 ** DEPTH;
const MOST_TREES = 8;

/** Each cell has a dozen rows then. */
export const LEAST_CUT_ROWS = 200;

/** @param values of each column, row by row; NaN where there is none, which goes with the small ones. */
export function growTrees(
  names: readonly string[],
  values: readonly Float64Array[],
): readonly CellTree[] {
  const rows = values[0]?.length ?? 0;
  if (names.length < 2 || rows < LEAST_CUT_ROWS) return [];
  const trees = Math.min(MOST_TREES, Math.ceil(names.length / 2));
  return Array.from({ length: trees }, (_, at) =>
    growTree(
      columnsOf(names, at),
      values,
      Array.from({ length: rows }, (_, row) => row),
    ),
  );
}

/** Four columns a tree: every column has its turn in half of the trees, then again beside others. */
function columnsOf(names: readonly string[], tree: number): readonly number[] {
  const turns = Math.ceil(names.length / DEPTH);
  const round = Math.floor(tree / turns);
  const shuffled = names
    .map((name, column) => ({ column, place: hashText(`${round} ${name}`) }))
    .sort((a, b) => a.place - b.place);
  const first = (tree % turns) * DEPTH;
  return Array.from(
    { length: DEPTH },
    (_, level) => shuffled[(first + level) % names.length]?.column ?? 0,
  );
}

/** FNV-1a, of UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  // The last characters of short texts would move the low bits only.
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function growTree(
  columns: readonly number[],
  values: readonly Float64Array[],
  rows: readonly number[],
): CellTree {
  const cuts: { column: number; above: number }[] = [];
  let nodes = [rows];
  for (const column of columns) {
    nodes = nodes.flatMap((node) => {
      const own = values[column] ?? new Float64Array();
      const above = middleOf(node.map((row) => own[row] ?? NaN));
      cuts.push({ column, above });
      const isAbove = (row: number) => (own[row] ?? NaN) > above;
      return [node.filter((row) => !isAbove(row)), node.filter(isAbove)];
    });
  }
  return { cuts, counts: nodes.map((node) => node.length) };
}

/** JSON has no infinity. */
const LARGEST = 1e308;

/** The value up to which about half of them lie, and never all. Of equal values, the value itself. */
function middleOf(values: readonly number[]): number {
  const known = values
    .filter((value) => !Number.isNaN(value))
    .map((value) => Math.max(-LARGEST, Math.min(LARGEST, value)))
    .sort((a, b) => a - b);
  const last = known.at(-1);
  if (last === undefined) return 0;
  const middle = known[(known.length - 1) >> 1] ?? last;
  const [above = last] = uniqueEdges([middle]);
  if (above < last) return above;
  const below = known.findLast((value) => value < middle);
  return below === undefined ? above : (uniqueEdges([below])[0] ?? below);
}

/** The same trees with the counts of other rows. */
export function countInTrees(
  trees: readonly CellTree[],
  values: readonly Float64Array[],
): readonly CellTree[] {
  const rows = values[0]?.length ?? 0;
  return trees.map(({ cuts }) => {
    const counts = Array.from({ length: CELLS }, () => 0);
    for (let row = 0; row < rows; row++) {
      const cell = cellOf(cuts, (column) => values[column]?.[row] ?? NaN);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    return { cuts, counts };
  });
}

/** The cuts stand level by level: the two below cut i are 2 i + 1 and 2 i + 2. */
function cellOf(cuts: CellTree['cuts'], valueOf: (column: number) => number): number {
  let at = 0;
  for (let cut = cuts[at]; cut !== undefined; cut = cuts[at]) {
    at = 2 * at + (valueOf(cut.column) > cut.above ? 2 : 1);
  }
  return at - cuts.length;
}

/** The bounds of a cell: those of each column that is cut on the way to it, above the first and up to the second. */
export function boundsOfCell(
  { cuts }: CellTree,
  cell: number,
): ReadonlyMap<number, { readonly above?: number; readonly upTo?: number }> {
  const bounds = new Map<number, { readonly above?: number; readonly upTo?: number }>();
  // From the cell to the root: the first cut of a column is the closest.
  for (let at = cell + cuts.length; at > 0; at = (at - 1) >> 1) {
    const cut = cuts[(at - 1) >> 1];
    if (cut === undefined) continue;
    const side = at % 2 === 0 ? { above: cut.above } : { upTo: cut.above };
    bounds.set(cut.column, { ...side, ...bounds.get(cut.column) });
  }
  return bounds;
}

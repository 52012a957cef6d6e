/** How well the cells of one variable tell the classes of another. Each row of a table is a cell, with its class counts. */

export type ContingencyTable = readonly (readonly number[])[];

/**
 * Theil's uncertainty coefficient of the classes given the cells, 0 to 1: the share of the classes' entropy that knowing
 * the cell takes away (Theil 1970, American Journal of Sociology 76:103). Chance alone takes away some in every sample:
 * (cells − 1)(classes − 1) / 2n nats on average (Miller 1955), which is subtracted.
 * @returns 0 where there are no two classes
 */
export function uncertaintyCoefficient(table: ContingencyTable): number {
  const cells = table.map(sum);
  const classes = columnSums(table);
  const n = sum(cells);
  const entropy = entropyOf(classes);
  if (entropy === 0) return 0;
  const information = entropy + entropyOf(cells) - entropyOf(table.flat());
  const degrees = (countUsed(cells) - 1) * (countUsed(classes) - 1);
  return Math.min(1, Math.max(0, (information - degrees / (2 * n)) / entropy));
}

/** In nats. */
function entropyOf(counts: readonly number[]): number {
  const n = sum(counts);
  return counts.reduce(
    (total, count) => (count === 0 ? total : total - (count / n) * Math.log(count / n)),
    0,
  );
}

/** Negatives and positives of a cell. */
export type TwoClasses = readonly [negatives: number, positives: number];

/**
 * The area under the ROC curve of cells in this order, by the trapezoidal rule: the probability that a positive stands in
 * a later cell than a negative, a shared cell counting half (Hanley and McNeil 1982). NaN where one class is missing.
 */
export function areaUnderCurve(cells: readonly TwoClasses[]): number {
  let below = 0;
  let area = 0;
  let positives = 0;
  for (const [no, yes] of cells) {
    area += yes * (below + no / 2);
    below += no;
    positives += yes;
  }
  return area / (below * positives);
}

/** The standard error of an area under the ROC curve (Hanley and McNeil 1982, Radiology 143:29). */
export function areaError(area: number, [negatives, positives]: TwoClasses): number {
  const q1 = area / (2 - area);
  const q2 = (2 * area * area) / (1 + area);
  const variance =
    area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area);
  return Math.sqrt(Math.max(0, variance) / (negatives * positives));
}

function columnSums(table: ContingencyTable): readonly number[] {
  const [first = []] = table;
  return first.map((_, column) => table.reduce((total, row) => total + (row[column] ?? 0), 0));
}

function countUsed(counts: readonly number[]): number {
  return counts.filter((count) => count > 0).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A cell of a variable, with how many rows of it each class has. */
export interface Cell {
  /** Whether it is that of the rows without a value. */
  readonly missing: boolean;
  readonly counts: readonly number[];
}

export interface Strength {
  /** Of `uncertaintyCoefficient`. */
  readonly score: number;
  /** Of two classes: the area under the ROC curve, 0.5 to 1. */
  readonly auc?: number;
}

/**
 * How well the cells tell the classes, and how well it does alone whether a value is missing.
 * @param ordered whether the cells stand in an order that matters; else they are ordered by what they tell
 */
export function associate(
  cells: readonly Cell[],
  ordered: boolean,
): Strength & { readonly missing?: Strength } {
  const known = cells.filter(({ missing }) => !missing).map(({ counts }) => counts);
  const none = cells.find(({ missing }) => missing)?.counts;
  const table = none === undefined ? known : [...known, none];
  const own = strengthOf(table, ordered ? ordersWith(known, none) : [byShare(table)]);
  if (none === undefined) return own;
  const rest = columnSums(known);
  return { ...own, missing: strengthOf([rest, none], [[rest, none]]) };
}

/** @param orders of which the best one counts */
function strengthOf(table: ContingencyTable, orders: readonly ContingencyTable[]): Strength {
  const score = uncertaintyCoefficient(table);
  const used = columnSums(table).flatMap((count, place) => (count > 0 ? [place] : []));
  const [no, yes] = used;
  if (used.length !== 2 || no === undefined || yes === undefined) return { score };
  const areas = orders.map((cells) =>
    areaUnderCurve(cells.map((counts) => [counts[no] ?? 0, counts[yes] ?? 0])),
  );
  return { score, auc: Math.max(...areas.flatMap((area) => [area, 1 - area])) };
}

/** What is missing stands before all values, or after them. */
function ordersWith(
  known: ContingencyTable,
  none: readonly number[] | undefined,
): readonly ContingencyTable[] {
  return none === undefined
    ? [known]
    : [
        [none, ...known],
        [...known, none],
      ];
}

/** By the share of each but the first of the classes that occur: of two, the order that tells them best. */
function byShare(table: ContingencyTable): ContingencyTable {
  const first = columnSums(table).findIndex((count) => count > 0);
  const shareOf = (counts: readonly number[]): number =>
    (counts[first] ?? 0) / Math.max(1, sum(counts));
  return [...table].sort((a, b) => shareOf(b) - shareOf(a));
}

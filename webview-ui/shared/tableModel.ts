import { compareCodeUnits } from '../../src/base/canonicalJson';
import { savedRecord } from './saved';
import type { Tone } from './tone';

/** A table as data: what is drawn, sorted, read aloud and copied is the same. */
export interface TableModel {
  /** Its accessible name. */
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export interface TableColumn {
  readonly id: string;
  readonly title: string;
  /** A CSS grid track: `80px`, `minmax(120px, 2fr)`. */
  readonly track: string;
  /** `decimal`: numbers of one unit, with their decimal points below each other. */
  readonly align?: 'end' | 'decimal';
}

export interface TableRow {
  /** Unique in the table and stable over its changes. */
  readonly key: string;
  /** One for each column. */
  readonly cells: readonly TableCell[];
}

export interface TableCell {
  readonly text: string;
  /** The number behind the text, with all its digits; null where there is none. Copied as CSV. */
  readonly value?: number | null;
  /** The tooltip, where neither the value nor the text is. */
  readonly hover?: string;
  /** What sorts it, where neither the value nor the text does; null: last in either order. */
  readonly order?: number | null;
  readonly tone?: Tone;
  /** Not the point of the row: drawn in the muted colour. */
  readonly muted?: boolean;
  readonly graphic?: Graphic;
}

/** A small drawing beside the text of a cell; the text says what matters of it. */
export type Graphic =
  /** Shares of 1 per bin. */
  | {
      readonly kind: 'histogram';
      readonly reference: readonly number[] | undefined;
      readonly current: readonly number[] | undefined;
    }
  /** From -1 (much worse) over 0 to 1 (much better). */
  | { readonly kind: 'change'; readonly size: number; readonly tone: Tone | 'muted' };

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** A sort that a view saved. */
export function readSort(value: unknown): Sort | undefined {
  const { column, descending } = savedRecord(value);
  return typeof column === 'string' && typeof descending === 'boolean'
    ? { column, descending }
    : undefined;
}

/** The rows in the order of a column; the given order where there is no sort, and among equals. */
export function sortRows(model: TableModel, sort: Sort | undefined): readonly TableRow[] {
  const column = model.columns.findIndex(({ id }) => id === sort?.column);
  if (sort === undefined || column < 0) return model.rows;
  return model.rows.toSorted((a, b) =>
    compareKeys(sortKey(a.cells[column]), sortKey(b.cells[column]), sort.descending),
  );
}

type SortKey = number | string | null;

/** Null, for nothing is there, comes last in either order. */
function sortKey(cell: TableCell | undefined): SortKey {
  if (cell === undefined) return null;
  if (cell.order !== undefined) return cell.order;
  return cell.value === undefined ? cell.text || null : cell.value;
}

function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order =
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : compareCodeUnits(String(a).toLowerCase(), String(b).toLowerCase());
  return descending ? -order : order;
}

/** Another click on a column's title: numbers first descending, text first ascending, then no sort. */
export function nextSort(
  model: TableModel,
  sort: Sort | undefined,
  column: string,
): Sort | undefined {
  const index = model.columns.findIndex(({ id }) => id === column);
  const first = model.rows.some(({ cells }) => typeof sortKey(cells[index]) === 'number');
  if (sort?.column !== column) return { column, descending: first };
  return sort.descending === first ? { column, descending: !first } : undefined;
}

/** What a cell shows on hover: all digits of a number, all letters of a text. */
export function hoverText({ hover, value, text }: TableCell): string {
  return hover ?? (typeof value === 'number' ? String(value) : text);
}

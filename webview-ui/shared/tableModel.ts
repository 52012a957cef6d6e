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
  /** The same with all its digits or all its letters: the tooltip, and what is copied. */
  readonly exact?: string;
  /** What sorts it; null comes last in either order. */
  readonly order: number | string | null;
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
    compareOrders(a.cells[column]?.order ?? null, b.cells[column]?.order ?? null, sort.descending),
  );
}

function compareOrders(a: TableCell['order'], b: TableCell['order'], descending: boolean): number {
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
  const first = model.rows.some(({ cells }) => typeof cells[index]?.order === 'number');
  if (sort?.column !== column) return { column, descending: first };
  return sort.descending === first ? { column, descending: !first } : undefined;
}

/** For each column, how many characters stand after the decimal point at most, with the point. */
export function fractionLengths(model: TableModel): readonly number[] {
  return model.columns.map(({ align }, index) =>
    align === 'decimal'
      ? Math.max(
          0,
          ...model.rows.map((row) => splitDecimal(row.cells[index]?.text ?? '')[1].length),
        )
      : 0,
  );
}

/** `12.5 %` into `12` and `.5 %`: what stands before and from the decimal point. */
export function splitDecimal(text: string): readonly [string, string] {
  const match = /^[^\d]*[\d,]+/.exec(text);
  return match === null ? [text, ''] : [match[0], text.slice(match[0].length)];
}

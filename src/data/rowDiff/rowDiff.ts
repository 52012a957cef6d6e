/** What changed in the rows between two versions of a dataset. Plain data, the same as its JSON. */
export interface RowDiff {
  /** Rows of each version. */
  readonly from: number;
  readonly to: number;
  /** The declared key by which rows were found again; absent where whole rows were compared. */
  readonly key?: readonly string[];
  /** With a key: rows without one, or with one that occurs more than once. They are compared as whole rows. */
  readonly keyless?: { readonly from: number; readonly to: number };
  readonly added: number;
  readonly removed: number;
  /** Rows with the same key and other values; 0 without a key. */
  readonly changed: number;
  readonly same: number;
  readonly columns: ColumnsDiff;
  /** Of the columns in which changed rows differ, the one with the most changes first. */
  readonly changes: readonly ColumnChanges[];
  readonly samples: RowSamples;
}

/** Names of columns. Rows are compared by those that both versions have. */
export interface ColumnsDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly retyped: readonly {
    readonly column: string;
    readonly from: string;
    readonly to: string;
  }[];
}

export interface ColumnChanges {
  readonly column: string;
  /** Rows. */
  readonly count: number;
}

/** At most 20 rows of each kind, in the order of the files. */
export interface RowSamples {
  /** The columns of `values`: the first ones that both versions have. */
  readonly columns: readonly string[];
  readonly added: readonly SampleRow[];
  readonly removed: readonly SampleRow[];
  readonly changed: readonly ChangedRow[];
}

/** A value as text, cut to 200 characters; null where it is missing. Not escaped. */
export type SampleValue = string | null;

export interface SampleRow {
  /** Its place among the rows of its version, from 1 on. */
  readonly row: number;
  readonly values: readonly SampleValue[];
}

export interface ChangedRow {
  readonly from: number;
  readonly to: number;
  readonly key: readonly SampleValue[];
  /** The first ones that differ, in the order of the columns. */
  readonly values: readonly ChangedValue[];
}

export interface ChangedValue {
  readonly column: string;
  readonly from: SampleValue;
  readonly to: SampleValue;
}

export const SAMPLE_ROWS = 20;
/** Of a row that is shown. */
export const SAMPLE_COLUMNS = 50;
export const SAMPLE_CHARACTERS = 200;

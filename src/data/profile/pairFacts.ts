import type { CategoryCount } from './profile';

/** What is measured on the rows of two datasets. Each part is there where its columns are. */
export interface PairFacts {
  readonly overlap?: OverlapFacts;
  /** Values of the declared key, and of the group, that both have. */
  readonly keys?: SharedValues;
  readonly groups?: SharedValues;
  /** Of each column of dates or times. */
  readonly times?: readonly TimeFacts[];
  /** Labels that the training data do not have; only of a label that names classes. */
  readonly labels?: UnknownLabels;
}

export interface OverlapFacts {
  /** The columns that were compared: features that both have and that do not number the rows. */
  readonly columns: readonly string[];
  /** Rows of the dataset whose features are those of a training row. */
  readonly rows: number;
  /** Those of them whose label is the same too; absent without a label. */
  readonly withLabel?: number;
  /** Rows of the dataset, and of the training data. */
  readonly of: number;
  readonly train: number;
  /** Rows whose features no other row of the same data has: how often chance alone repeats a row. */
  readonly once: { readonly own: number; readonly train: number };
  /** At most 20 of the rows, by the values of their first columns, most frequent first. */
  readonly samples: readonly CategoryCount[];
}

export interface SharedValues {
  readonly column: string;
  /** Different values that both have, and all that the dataset has. */
  readonly shared: number;
  readonly of: number;
  /** Rows of the dataset that have a shared value. */
  readonly rows: number;
  /** At most 20 of them, most frequent first. */
  readonly samples: readonly CategoryCount[];
}

export interface TimeFacts {
  readonly column: string;
  /** ISO texts. */
  readonly train: { readonly first: string; readonly last: string };
  readonly own: { readonly first: string; readonly last: string };
  /** Rows of the dataset that are earlier than the last training row, and all that have a time. */
  readonly before: number;
  readonly of: number;
  /** Training rows that have a time. */
  readonly trainRows: number;
  /**
   * How often a row of the dataset is later than a training row, of all pairs, equal times counted half: 0.5 for a random
   * split, 1 for a split in time.
   */
  readonly later: number;
}

export interface UnknownLabels {
  readonly column: string;
  /** Rows of the dataset with such a label, and all that have one. */
  readonly rows: number;
  readonly of: number;
  /** How many different ones, and at most 20 of them, most frequent first. */
  readonly different: number;
  readonly samples: readonly CategoryCount[];
  /** The labels of the training data, at most 20, most frequent first. */
  readonly known: readonly CategoryCount[];
}

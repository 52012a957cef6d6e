import type { Evidence } from '../base/evidence';
import type { SchemaEdit } from './schema/schemaEdit';

/** One thing that a check found. */

export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
  /** The check's rule name: `column-missing`, `drift`. */
  readonly rule: string;
  readonly severity: Severity;
  /** The dataset's name. */
  readonly dataset: string;
  /** Absent where the finding is about the whole dataset. */
  readonly column?: string;
  /** One sentence, which names the values that caused it. Not escaped. */
  readonly message: string;
  readonly observed: string;
  readonly expected: string;
  /** The size of it in the rule's own unit (a share, a PSI); with its unit's name. */
  readonly effect?: Effect;
  /** At most 20 values that caused it, as text, not escaped. */
  readonly samples: readonly string[];
  /** Which rows caused it, for those who want to see them; absent where no single rows did. */
  readonly where?: RowFilter;
  /** Some of these rows, where they were asked for. */
  readonly rows?: FailingRows;
  /** The line of the committed schema, or of another tool's result, that it is about; absent where there is neither. */
  readonly place?: Evidence;
  /** The edit of the schema that would accept it, in words, and the argument of `--accept`. */
  readonly fix?: Fix;
  /** The rule that tells of the same column the whole cause of this: beside that finding, this one only informs. */
  readonly because?: string;
  /** Which other tool found it, and where that is written; absent for our own findings. */
  readonly source?: FindingSource;
}

export interface FindingSource {
  /** `Great Expectations`. */
  readonly tool: string;
  /** Relative to the project's root. */
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
}

export interface Effect {
  readonly value: number;
  /** `share`, `PSI`, `count`. */
  readonly unit: string;
  /** The bound that the decision used, where it is not the value itself. */
  readonly lower?: number;
  readonly threshold?: number;
}

export interface Fix {
  readonly title: string;
  /** `RULE:COLUMN`, or `RULE` of a whole dataset, as `validate --accept` takes it. */
  readonly accept: string;
  readonly edit: SchemaEdit;
}

/** The rows that a finding is about, as a description that the engine turns into a query. */
export type RowFilter =
  | { readonly kind: 'missing'; readonly column: string }
  /** One of these values; or, negated, none of them and not missing. */
  | {
      readonly kind: 'values';
      readonly column: string;
      readonly values: readonly string[];
      readonly not?: true;
    }
  | {
      readonly kind: 'outside';
      readonly column: string;
      readonly min?: number | string;
      readonly max?: number | string;
    }
  /** Not finite. */
  | { readonly kind: 'infinite'; readonly column: string }
  /** No value of the type. */
  | { readonly kind: 'misfit'; readonly column: string; readonly type: string }
  /** Does not match the regular expression as a whole. */
  | { readonly kind: 'unlike'; readonly column: string; readonly pattern: string }
  | { readonly kind: 'padded' | 'blank' | 'broken'; readonly column: string }
  /** The same in these columns as another row; in all columns where none is named. */
  | { readonly kind: 'repeated'; readonly columns: readonly string[] }
  /** The same in all columns but the label and those that only name the row as another row, with another label. */
  | {
      readonly kind: 'conflicting';
      readonly label: string;
      readonly names?: readonly string[];
    }
  /** The SQL over the columns is false. */
  | { readonly kind: 'false'; readonly sql: string };

/** Rows of a dataset, as they are in its files. */
export interface FailingRows {
  /** All of the dataset. */
  readonly columns: readonly string[];
  /** At most 20, in the order of the files; rows that repeat each other stand together. */
  readonly rows: readonly FailingRow[];
  /** How many rows there are in all. */
  readonly total: number;
}

export interface FailingRow {
  /** The file, as problems name it; absent where the dataset is one file. */
  readonly file?: string;
  /** 1-based line that the row begins in, of files that have lines. */
  readonly line?: number;
  /** As text, cut at 200 characters, not escaped; null where the value is missing. */
  readonly values: readonly (string | null)[];
}

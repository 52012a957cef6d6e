import type { Severity } from '../finding';
import type { ColumnType } from '../profile/profile';

/** What a dataset must look like: small, hand-editable, committed as `.preflight/schemas/<dataset>.yaml`. */
export interface Schema {
  /** What a column that the schema does not name is: default `warning`. */
  readonly extraColumns?: 'allow' | 'warning' | 'error';
  /** Whether the columns must stand in the order of the schema: default false, which only tells. */
  readonly ordered?: boolean;
  /** The allowed number of rows; default: judged against the baseline. */
  readonly rows?: { readonly min?: number; readonly max?: number };
  /** The largest allowed share of rows that repeat another one, 0 to 1; default: judged against the baseline. */
  readonly duplicates?: number;
  /** The last time in a column must not be older than this: `36h`, `7d`. */
  readonly freshness?: { readonly column: string; readonly within: string };
  /** Rules over the rows, in SQL. */
  readonly rules?: readonly UserRule[];
  /** Relations of columns: `start <= end`, `a + b = total`. */
  readonly relations?: readonly string[];
  /** Rules that are not applied to this dataset. */
  readonly allow?: readonly string[];
  /** In the file's order. */
  readonly columns: readonly ColumnSchema[];
}

export interface ColumnSchema {
  readonly name: string;
  /** Default: any. */
  readonly type?: ColumnType;
  /** Default true: the column must be there. */
  readonly required?: boolean;
  /** The largest allowed share of nulls, 0 to 1; default: judged against the baseline. */
  readonly nulls?: number;
  /** The closed domain: every value must be one of these; default: open. */
  readonly values?: readonly string[];
  /** Bounds of numbers, both allowed; ISO text for dates and timestamps. Default: none. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** A regular expression (RE2) that every text matches as a whole. */
  readonly pattern?: string;
  /** No value may occur twice. */
  readonly unique?: boolean;
  /** Every value must be one of that column of another dataset. */
  readonly references?: { readonly dataset: string; readonly column: string };
  /** The PSI from which a change of distribution counts, or `ignore`; default 0.1. */
  readonly drift?: number | 'ignore';
  /** Rules that are not applied to this column. */
  readonly allow?: readonly string[];
}

/** An SQL expression over the columns of one row, true where the row is good. */
export interface UserRule {
  /** What the finding calls it; default: the expression. */
  readonly name?: string;
  readonly sql: string;
  /** The share of rows that must pass, 0 to 1; default 1. */
  readonly mostly?: number;
  /** Default `error`. */
  readonly severity?: Severity;
}

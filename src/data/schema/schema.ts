import type { ColumnType } from '../profile/profile';

/** What a dataset must look like: small, hand-editable, committed as `.preflight/schemas/<dataset>.yaml`. */
export interface Schema {
  /** What a column that the schema does not name is: default `warning`. */
  readonly extraColumns?: 'allow' | 'warning' | 'error';
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
  /** The PSI from which a change of distribution counts, or `ignore`; default 0.1. */
  readonly drift?: number | 'ignore';
}

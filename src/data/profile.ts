/** The statistics of a dataset's content: what was measured. Plain data, the same as its JSON. */

export type ColumnType =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'string'
  | 'date'
  | 'timestamp'
  | 'other';

export interface NumericSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Sample standard deviation; 0 for a single value. */
  readonly standardDeviation: number;
}

/**
 * Exact counts on fixed edges. `counts[i]` is the number of values in `(edges[i-1], edges[i]]`, with everything
 * up to `edges[0]` in `counts[0]` and everything above the last edge in the last count: `edges.length + 1` counts.
 */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface CategoryCount {
  readonly value: string;
  readonly count: number;
}

export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  /** The engine's own name of the type (`VARCHAR`, `DECIMAL(18,3)`). */
  readonly nativeType: string;
  readonly nulls: number;
  /** Not-a-number values, which are no nulls. */
  readonly nans: number;
  readonly numeric?: NumericSummary;
  readonly histogram?: Histogram;
  /** The most frequent values, most frequent first, at most 50. */
  readonly categories?: readonly CategoryCount[];
  /** Exact number of distinct values, where it is at most 1,000; absent where there are more. */
  readonly distinct?: number;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** False where a sample was measured. */
  readonly exact: boolean;
}

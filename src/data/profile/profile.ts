/** The statistics of a dataset's content: what was measured. Plain data, the same as its JSON. */

export type ColumnType =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'string'
  | 'date'
  | 'timestamp'
  | 'other';

/** Of the finite values. */
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
  /** On edges chosen from these values, where those that were asked for divide them badly: for a new baseline. */
  readonly ownHistogram?: Histogram;
  /** Of dates and timestamps: the first and the last, as ISO text. */
  readonly range?: { readonly min: string; readonly max: string };
  /** The 50 most frequent values and those that were asked for, most frequent first. */
  readonly categories?: readonly CategoryCount[];
  /** Values that are not of the type that was asked for, most frequent first, at most 20. */
  readonly misfits?: readonly CategoryCount[];
  /** Exact number of distinct values, where it is at most 1,000; absent where there are more. */
  readonly distinct?: number;
  /** True where no value occurs twice; measured only for integers that may number the rows. */
  readonly unique?: true;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** False where a sample was measured. */
  readonly exact: boolean;
}

/** Raise it with every change of what is measured or of the engine: profiles kept from before are then made again. */
export const PROFILE_VERSION = 1;

/** The most frequent values that a profile lists. */
export const LISTED_CATEGORIES = 50;

/** What a profile is to be counted on, so that it can be compared with another: by the column's name. */
export type ProfileShape = ReadonlyMap<string, ColumnShape>;

export interface ColumnShape {
  /** Ascending; for numbers. */
  readonly edges?: readonly number[];
  /** Values to count even where they are rare. */
  readonly categories?: readonly string[];
  /** The expected type: values that are not of it are listed as misfits. */
  readonly type?: ColumnType;
}

/** The values that are neither null nor NaN. */
export function valueCount(
  { rows }: Pick<Profile, 'rows'>,
  { nulls, nans }: Pick<ColumnProfile, 'nulls' | 'nans'>,
): number {
  return rows - nulls - nans;
}

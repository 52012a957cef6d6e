import type { CategoryCount, ColumnType, FileFacts, Histogram } from './profile';

/**
 * What is measured of one part of a dataset: some of its files. Measures of parts that were counted on the same shape
 * merge into those of the whole, so that only parts that changed are read again. Plain data, the same as its JSON.
 */
export interface PartMeasures {
  readonly rows: number;
  readonly columns: readonly ColumnMeasures[];
  /** How the first of the files is written; absent for formats that say it themselves. */
  readonly files?: FileFacts;
}

export interface ColumnMeasures {
  readonly name: string;
  readonly type: ColumnType;
  readonly nativeType: string;
  readonly nulls: number;
  readonly nans: number;
  readonly infinities: number;
  /** Of the finite values; absent for types that are not compared (lists, structures). */
  readonly values?: ValueSample;
  /** Of numbers: absent where the values are complete, for they tell it all. */
  readonly numbers?: NumberMeasures;
  /** How often the values that were asked for occur; absent where the values are complete. */
  readonly asked?: readonly CategoryCount[];
  readonly texts?: TextMeasures;
  /** Of dates and timestamps, as ISO text. */
  readonly range?: { readonly min: string; readonly max: string };
  readonly misfits?: Misfits;
  /** Values that do not match the pattern that was asked for. */
  readonly patternMisses?: number;
}

/**
 * All distinct values whose hash begins with `level` zero bits, with the exact number of their rows: all values where
 * the level is 0. The level is the lowest at which there are at most `MOST_VALUES`, whatever the order of rows, so that
 * a sample is a property of the values, and samples of parts merge (Bar-Yossef et al. 2002; Dasgupta et al. 2016).
 */
export interface ValueSample {
  readonly level: number;
  readonly entries: readonly SampledValue[];
}

/** The value, the number of its rows, and the number of zero bits that its hash begins with. */
export type SampledValue = readonly [value: string | number, count: number, depth: number];

export const MOST_VALUES = 1024;

/** Of the finite values. */
export interface NumberMeasures {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Root of the mean squared deviation from the mean. */
  readonly deviation: number;
  readonly minCount: number;
  readonly maxCount: number;
  readonly nextMin?: number;
  readonly nextMax?: number;
  readonly histogram: Histogram;
}

export interface TextMeasures {
  /** Values. */
  readonly count: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly totalLength: number;
  readonly padded: number;
  readonly blank: number;
  readonly broken: number;
}

export interface Misfits {
  readonly count: number;
  /** At most 20, most frequent first. */
  readonly listed: readonly CategoryCount[];
}

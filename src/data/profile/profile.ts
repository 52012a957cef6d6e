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

/** How often the smallest and the largest number occur, and what comes next to them: what a sentinel shows by. */
export interface Extremes {
  readonly minCount: number;
  readonly maxCount: number;
  /** The smallest value above the minimum; absent where there is none, and where the values are not all known. */
  readonly nextMin?: number;
  /** The largest value below the maximum. */
  readonly nextMax?: number;
}

export interface Distinct {
  /** Of the values that are neither null nor NaN. */
  readonly count: number;
  /** Relative standard error of the count; 0 where it is exact. */
  readonly error: number;
}

/** Text of a kind that may identify a person. */
export type PersonalKind = 'email' | 'phone' | 'card' | 'iban' | 'ssn' | 'ip';

/** What a footer may not tell of a column: its type, how much is missing or not a number, whether there are values. */
export type Untold = 'type' | 'nulls' | 'nans' | 'values';

/** What the texts of a column look like. */
export interface TextProfile {
  /** In characters (code points). */
  readonly lengths: { readonly min: number; readonly max: number; readonly mean: number };
  /** Exact: values with white space before or after them; those of nothing but white space are blank. */
  readonly padded: number;
  /** Exact: empty values and those of white space only. */
  readonly blank: number;
  /** Exact: values with U+FFFD or control characters, as a wrong encoding leaves them. */
  readonly broken: number;
  /** What the rest was counted on: all distinct values, or an even sample of them with all rows that hold them. */
  readonly examined: Examined;
  /** Examined rows whose text is a number, a date (ISO, or with slashes or points). */
  readonly numbers: number;
  readonly dates: number;
  /** Spellings of nothing: `-`, `unknown`, `none`; most frequent first. */
  readonly nullWords: readonly CategoryCount[];
  readonly personal: readonly { readonly kind: PersonalKind; readonly count: number }[];
  /** Shapes of the texts, with `A` for capital letters, `a` for small ones, `9` for digits; at most 10. */
  readonly patterns: readonly CategoryCount[];
  /** Texts that differ only in case, white space, accents or punctuation: at most 20 groups. */
  readonly variants: readonly (readonly CategoryCount[])[];
}

export interface Examined {
  readonly distinct: number;
  readonly rows: number;
  readonly all: boolean;
}

export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  /** The engine's own name of the type (`VARCHAR`, `DECIMAL(18,3)`). */
  readonly nativeType: string;
  readonly nulls: number;
  /** Not-a-number values, which are no nulls. */
  readonly nans: number;
  /** Positive and negative infinities; absent where there are none. */
  readonly infinities?: number;
  readonly numeric?: NumericSummary;
  /** The smallest and the largest number, where only a footer was read: it tells no more of them. */
  readonly ends?: { readonly min: number; readonly max: number };
  /** Where only a footer was read: what it does not tell. Counts of it are 0 here, and a type `other`. */
  readonly untold?: readonly Untold[];
  readonly extremes?: Extremes;
  readonly histogram?: Histogram;
  /** Of dates and timestamps: the first and the last, as ISO text. */
  readonly range?: { readonly min: string; readonly max: string };
  /** The 50 most frequent values and those that were asked for, most frequent first. */
  readonly categories?: readonly CategoryCount[];
  /** Values that are not of the type that was asked for, most frequent first, at most 20. */
  readonly misfits?: readonly CategoryCount[];
  /** Exact number of values that are not of the type that was asked for; absent where there are none. */
  readonly misfitCount?: number;
  readonly distinct?: Distinct;
  /** Exact number of values that do not match the pattern that was asked for; absent where none was. */
  readonly patternMisses?: number;
  /** True where the column seems to number or name the rows: of the values that were looked at none occurs twice. */
  readonly unique?: true;
  readonly text?: TextProfile;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** False where a sample was measured. */
  readonly exact: boolean;
  /** What only whole rows tell; absent where it was not asked for. */
  readonly facts?: RowFacts;
  /** How the text is written; absent for formats that say it themselves. */
  readonly files?: FileFacts;
}

/** How a CSV or TSV file is written: of several files, the first one. */
export interface FileFacts {
  readonly delimiter: string;
  /** The character around fields; absent where no field is quoted. */
  readonly quote?: string;
  /** `mixed` where several occur. */
  readonly lineEnding: 'lf' | 'crlf' | 'cr' | 'mixed';
  /** Whether it begins with a byte order mark. */
  readonly bom: boolean;
  /** As the WHATWG Encoding Standard names it: `utf-8`, `windows-1252`, `utf-16le`. */
  readonly encoding: string;
}

/** What is measured on whole rows. Each part is there where it was asked for. */
export interface RowFacts {
  /** Rows that are the same as an earlier one in every column. */
  readonly duplicates?: number;
  /** Of the declared key. */
  readonly key?: KeyFacts;
  /** Of each column that the schema says is unique. */
  readonly uniques?: readonly KeyFacts[];
  readonly label?: LabelFacts;
  /** Of the numeric columns, on at most about 20,000 rows that their hashes choose. */
  readonly correlations?: Correlations;
  /** Of the same rows. */
  readonly cells?: RowCells;
  /** By the rule's SQL. */
  readonly rules?: readonly RuleFacts[];
  /** By the column: values that the other dataset does not have. */
  readonly references?: readonly ReferenceFacts[];
}

export interface KeyFacts {
  readonly columns: readonly string[];
  /** Rows whose key an earlier row has. */
  readonly duplicates: number;
  /** Rows without a key. */
  readonly nulls: number;
  /** At most 20 keys that occur more than once, as text, most frequent first. */
  readonly samples: readonly CategoryCount[];
}

export interface LabelFacts {
  readonly column: string;
  /** How often the label changes from one row that has one to the next, in the order of the files. */
  readonly changes: number;
  /** How many rows have each label, most frequent first; absent where there are more than 50 different ones. */
  readonly classes?: readonly CategoryCount[];
  /** Rows whose features are those of another row with another label. */
  readonly conflicting: number;
  /**
   * How well each column alone tells the label, best first; without the label and the key. Of many rows, on about
   * 30,000 that their hashes choose.
   */
  readonly associations: readonly Association[];
}

export interface Association {
  readonly column: string;
  /**
   * Theil's uncertainty coefficient of the label given the column's bins or categories, 0 to 1: the share of the label's
   * entropy that the column takes away (Theil 1970), less what chance would take.
   */
  readonly score: number;
  /** Area under the ROC curve of a label of two values, by the column's bins; 0.5 to 1. */
  readonly auc?: number;
  /** The same of nothing but whether a value is missing; absent where none is. */
  readonly missing?: { readonly score: number; readonly auc?: number };
}

/** Spearman's rank correlations: heavy tails and any rising transformation leave them as they are. */
export interface Correlations {
  /** The first 40 numeric ones by name. */
  readonly columns: readonly string[];
  /** Upper triangle by rows, without the diagonal; null where a column is constant. To 4 decimals. */
  readonly values: readonly (number | null)[];
  /** Those that were looked at; of a sample, the different ones. */
  readonly rows: number;
  /** Those in which both columns have a value, where that is not everywhere all of them; as `values`. */
  readonly pairRows?: readonly number[];
}

/** Rows counted in cells of several numeric columns together. */
export interface RowCells {
  /** Those that the trees may cut, by name. */
  readonly columns: readonly string[];
  readonly trees: readonly CellTree[];
}

/** A complete binary tree of cuts, whose leaves are the cells. */
export interface CellTree {
  /** Level by level: the cuts below cut i are 2 i + 1, up to its value and of missing ones, and 2 i + 2, above it. */
  readonly cuts: readonly { readonly column: number; readonly above: number }[];
  /** Of the cells from left to right: one more than the cuts. */
  readonly counts: readonly number[];
}

export interface RuleFacts {
  readonly sql: string;
  /** Rows for which the rule is false; unknown (null) is not false. */
  readonly failed: number;
  readonly rows: number;
  /** Why it cannot be applied, for people; it was then applied to no rows. */
  readonly problem?: string;
}

export interface ReferenceFacts {
  readonly column: string;
  readonly dataset: string;
  readonly missing: number;
  readonly samples: readonly CategoryCount[];
}

/** Raise it with every change of what is measured or of the engine: profiles kept from before are then made again. */
export const PROFILE_VERSION = 5;

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
  /** The regular expression (RE2) that each text should match as a whole: those that do not are counted. */
  readonly pattern?: string;
}

/** Whether only a footer was read and it does not tell one of these. */
export function isUntold({ untold = [] }: ColumnProfile, ...asked: readonly Untold[]): boolean {
  return asked.some((each) => untold.includes(each));
}

/** The values that are neither null nor NaN. */
export function valueCount(
  { rows }: Pick<Profile, 'rows'>,
  { nulls, nans }: Pick<ColumnProfile, 'nulls' | 'nans'>,
): number {
  return rows - nulls - nans;
}

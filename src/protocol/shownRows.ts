import type { Problem } from '../base/problem';
import type { FailingRows } from '../data/finding';
import type { DatasetDiff } from '../data/rowDiff/rowDiff';

/** The rows of a finding that the user wants to see. */
export interface ShownRows {
  readonly dataset: string;
  /** The finding's place in the dataset's report. */
  readonly finding: number;
  readonly state:
    | { readonly kind: 'reading' }
    | { readonly kind: 'failed'; readonly problem: Problem }
    | { readonly kind: 'read'; readonly rows: FailingRows };
}

/** What changed in the rows of a dataset between two versions. */
export interface ShownDiff {
  readonly dataset: string;
  readonly state:
    | { readonly kind: 'reading' }
    | { readonly kind: 'failed'; readonly problem: Problem }
    | { readonly kind: 'read'; readonly diff: DatasetDiff };
}

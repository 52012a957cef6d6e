import type { Problem } from '../base/problem';
import type { Verdict } from '../base/verdict';
import type { DatasetFormat, DatasetRole } from '../project/project';
import type { Finding } from './finding';
import type { ColumnProfile } from './profile/profile';

/** What the validation of one dataset came to. */
export interface DatasetReport {
  readonly name: string;
  readonly path: string;
  readonly role: DatasetRole;
  readonly format: DatasetFormat;
  readonly verdict: Verdict;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** The baseline's columns, binned on the same edges and categories; absent where there is no baseline yet. */
  readonly reference?: {
    readonly rows: number;
    readonly columns: readonly ColumnProfile[];
    readonly source: string;
  };
  readonly findings: readonly Finding[];
  /** Why it could not be read or judged, where it could not. */
  readonly problems: readonly Problem[];
  readonly exact: boolean;
  /** Where no value was read, only the footers of the files: which rules they decide. Absent where all was read. */
  readonly footer?: FooterScope;
  readonly seconds: number;
}

/** All rules that are named in neither list need the values. */
export interface FooterScope {
  /** What was not found is not there. */
  readonly decided: readonly string[];
  /** What was found is certain; there may be more of it. */
  readonly undecided: readonly string[];
}

export interface ValidationReport {
  readonly verdict: Verdict;
  readonly datasets: readonly DatasetReport[];
}

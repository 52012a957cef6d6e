import type { Problem } from '../base/problem';
import type { Verdict } from '../base/verdict';
import type { DatasetReport } from '../data/report';
import type { Finding, Severity } from '../data/finding';
import type { Comparison, MetricComparison } from '../models/comparison';

/** What was checked: what would be committed, or the work tree as it is. */
export type CheckScope = 'staged' | 'worktree';

/** One line of a verdict: what speaks against the change, or could not be judged. */
export interface Reason {
  readonly verdict: Exclude<Verdict, 'pass'>;
  readonly severity: Severity;
  /** `data`, `model`, `problem`. */
  readonly kind: 'data' | 'model' | 'problem';
  /** The check's rule name, `metric-tolerance`, or the problem's code: the key to its explanation. */
  readonly rule: string;
  /** The dataset's path, or the metrics file and metric as `metricSubject` joins them; absent for other problems. */
  readonly subject?: string;
  /** One sentence that begins with the place, not escaped. */
  readonly text: string;
  /** What it rests on, a line each, not escaped: what was expected, what was there, which values. */
  readonly evidence?: readonly string[];
  /** Relative to the folder that was checked. */
  readonly file?: string;
  readonly line?: number;
  readonly fix?: string;
}

/** Everything that the gate says of one change. */
export interface CheckReport {
  readonly verdict: Verdict;
  /** Whether the verdict stops the commit under the policy. */
  readonly blocks: boolean;
  /** True where something could not be judged: exit code 2 unless something failed. */
  readonly unjudged: boolean;
  /** One line: the verdict and its weightiest reason. */
  readonly headline: string;
  readonly reasons: readonly Reason[];
  readonly findings: readonly Finding[];
  readonly comparisons: readonly Comparison[];
  readonly datasets: readonly DatasetReport[];
  readonly problems: readonly Problem[];
  readonly scope?: CheckScope;
  /** What was judged and what was not: paths of the change that touched no dataset or model. */
  readonly judged: readonly string[];
  readonly seconds: number;
}

/** Names one metric of a report. */
export function metricSubject(metric: MetricComparison): string {
  return `${metric.file}: ${metric.name}`;
}

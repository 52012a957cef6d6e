import type { Evidence } from '../base/evidence';
import type { Problem } from '../base/problem';
import type { Verdict } from '../base/verdict';

/** Which direction is better. */
export type Direction = 'higher' | 'lower' | 'unknown';

/** One number of a metrics file; nested keys are joined with dots. */
export interface MetricValue {
  readonly name: string;
  readonly value: number;
  readonly source: Evidence;
}

export interface MetricComparison {
  /** The model's name, or the metrics file's path where no model claims it. */
  readonly model: string;
  readonly file: string;
  readonly name: string;
  readonly base: number | null;
  readonly candidate: number | null;
  /** candidate - base, in the metric's own unit; null where one side is missing. */
  readonly delta: number | null;
  readonly direction: Direction;
  /** Where the direction comes from. */
  readonly directionSource: 'name' | 'config' | 'unknown';
  readonly change: 'better' | 'worse' | 'same' | 'added' | 'removed' | 'unknown';
  /** The confidence interval of the difference; null where no uncertainty is known. */
  readonly interval: readonly [number, number] | null;
  readonly method: 'tolerance' | 'floor' | 'ceiling' | 'none';
  readonly result: Verdict;
  /** One sentence: why this result. */
  readonly reason: string;
  /** The candidate's line, else the baseline's. */
  readonly source: Evidence;
}

export interface Comparison {
  /** Short names of what was compared: `HEAD (1a2b3c4)`, `worktree`, `index`. */
  readonly base: string;
  readonly candidate: string;
  readonly metrics: readonly MetricComparison[];
  readonly slices: readonly never[];
  readonly problems: readonly Problem[];
  readonly verdict: Verdict;
}

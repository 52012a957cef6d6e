/** One measured figure. */
export interface BenchRow {
  /** What was measured, and on what. */
  readonly name: string;
  /** In `unit`; a median where several runs were made. */
  readonly value: number;
  /** `ms`, `s`, `kB`, `MB`, `x` for a ratio, `count`. */
  readonly unit: string;
  /** The most that the value may be, where there is a target; for a speed-up, see `atLeast`. */
  readonly limit?: number;
  /** True where `limit` is the least that the value must be. */
  readonly atLeast?: boolean;
  /** What the ratio is to: the thing that a user would use instead, measured in the same run. */
  readonly ratioTo?: string;
}

/** Whether a figure meets its target; undefined where it has none. */
export function meetsTarget({ value, limit, atLeast }: BenchRow): boolean | undefined {
  if (limit === undefined) return undefined;
  return atLeast === true ? value >= limit : value <= limit;
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

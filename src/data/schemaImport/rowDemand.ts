import type { Severity } from '../finding';

/** A demand on single values, as another tool states it. */
export interface RowDemand {
  /** What the tool calls it. */
  readonly check: string;
  /** The share of values that must be as demanded, 0 to 1; default 1. */
  readonly mostly?: number | undefined;
  /** Default `error`. */
  readonly severity?: Severity | undefined;
}

/** Whether it holds for all values, and is an error where it does not. */
export function isPlain({ mostly = 1, severity = 'error' }: RowDemand): boolean {
  return mostly >= 1 && severity === 'error';
}

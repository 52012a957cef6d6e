import type { Values } from './values';

/** The evaluated arguments of a call. */
export interface CallArguments {
  /** The argument of one of these names, else at this position (-1: none). */
  readonly argument: (position: number, ...names: readonly string[]) => Values;
  readonly all: readonly Values[];
  readonly keywords: ReadonlyMap<string, Values>;
}

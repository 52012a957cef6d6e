import type { Problem } from './problem';

/** The outcome of something that is expected to fail now and then. Exceptions mean bugs. */
export type Result<T, E = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function failed<E>(problem: E): { readonly ok: false; readonly problem: E } {
  return { ok: false, problem };
}

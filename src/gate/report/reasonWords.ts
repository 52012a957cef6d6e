import type { Reason } from '../checkReport';

/** How a reason weighs, in one word for people. */
export type ReasonWord = 'FAIL' | 'UNJUDGED' | 'UNCERTAIN' | 'WARN';

export function reasonWord(reason: Reason): ReasonWord {
  if (reason.verdict === 'fail') return 'FAIL';
  if (reason.verdict === 'warn') return 'WARN';
  return reason.kind === 'problem' ? 'UNJUDGED' : 'UNCERTAIN';
}

/** What to do, each said once, in the order of the reasons. */
export function fixesOf(reasons: readonly Reason[]): readonly string[] {
  return [...new Set(reasons.flatMap((reason) => (reason.fix === undefined ? [] : [reason.fix])))];
}

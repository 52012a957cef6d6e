import type { Verdict } from '../base/verdict';
import type { ExitCode } from './command';

/** The exit code of a verdict; `unjudged` where something could not be read or judged at all. */
export function exitCodeOf(verdict: Verdict, unjudged: boolean): ExitCode {
  if (verdict === 'fail') return 1;
  return unjudged ? 2 : 0;
}

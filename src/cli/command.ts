import type { Arguments, CommandOptions } from './arguments';
import type { Interrupts } from './interrupts';
import type { Terminal } from './terminal';

/** 0 passed (warnings allowed), 1 failed, 2 could not judge; 128 and the signal's number: interrupted. */
export type ExitCode = 0 | 1 | 2 | 129 | 130 | 143;

/** One command of the command line: a file under commands/ and a line in `commandTable.ts`. */
export interface Command {
  readonly options: CommandOptions;
  run(invocation: Invocation): Promise<ExitCode>;
}

export interface Invocation {
  readonly arguments: Arguments;
  readonly terminal: Terminal;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  readonly interrupts: Interrupts;
}

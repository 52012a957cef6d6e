import type { Arguments, CommandOptions } from './arguments';
import type { Terminal } from './terminal';

/** 0 passed (warnings allowed), 1 failed, 2 could not judge. */
export type ExitCode = 0 | 1 | 2;

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
}

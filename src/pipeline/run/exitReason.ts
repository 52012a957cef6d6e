import { constants } from 'node:os';

/** What an exit code means for a stage that nobody has stopped. */
export interface ExitOutcome {
  readonly status: 'succeeded' | 'failed';
  readonly exitCode: number;
  /** Where the number alone would not say it. */
  readonly reason?: string;
}

export function describeExit(exitCode: number): ExitOutcome {
  if (exitCode === 0) return { status: 'succeeded', exitCode };
  const reason = reasonOf(exitCode);
  return { status: 'failed', exitCode, ...(reason === undefined ? {} : { reason }) };
}

function reasonOf(exitCode: number): string | undefined {
  if (exitCode === 126) return 'a command could not be executed';
  if (exitCode === 127) return 'a command was not found';
  const signal = Object.entries(constants.signals).find(([, number]) => exitCode === 128 + number);
  return signal === undefined ? undefined : describeSignal(signal[0]);
}

/** A shell tells a signal as 128 and its number (POSIX, sh, exit status for commands). */
export function describeSignal(signal: string): string {
  const why = signal === 'SIGKILL' ? ', perhaps for lack of memory' : '';
  return `ended by ${signal}${why}`;
}

import type { RunEvent } from '../../pipeline/run/stageRun';

/** What a user sees of a run while it runs. */
export interface RunView {
  show(event: RunEvent): void;
  /** @param count how often the user has asked for an end */
  interrupted(count: number): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** What an interrupt does, and what the next one would do. */
export function describeInterrupt(count: number): string {
  if (count === 1) return 'Interrupting what runs. Ctrl+C again terminates it.';
  return count === 2 ? 'Terminating what runs. Ctrl+C again kills it.' : 'Killing what runs.';
}

import { setTimeout } from 'node:timers/promises';
import { ProcessTree } from './processTree';

export interface StopOptions {
  /** As `markerOf` gives it: what carries it is stopped wherever it is. */
  readonly marker: string;
  /** Aborting interrupts the whole tree of the process, then terminates, then kills it. */
  readonly signal: AbortSignal;
  /** How long each of interrupt and terminate is given before the next one. */
  readonly graceMilliseconds: number;
  /** For whom that takes too long. */
  readonly hurry?: Hurry | undefined;
}

/** Goes on to the next step at once. */
export interface Hurry {
  /** Aborting terminates what has only been interrupted. */
  readonly terminate: AbortSignal;
  /** Aborting kills. */
  readonly kill: AbortSignal;
}

/** Settles when the process has ended and, after an abort, its whole tree is gone. */
export async function stopOnAbort(
  pid: number,
  ended: Promise<unknown>,
  { marker, signal, graceMilliseconds, hurry }: StopOptions,
): Promise<void> {
  await untilAborted(signal, ended);
  if (!signal.aborted) return;
  const tree = new ProcessTree(pid, marker);
  const steps = [
    { name: 'SIGINT', next: hurry?.terminate },
    { name: 'SIGTERM', next: hurry?.kill },
    { name: 'SIGKILL', next: undefined },
  ] as const;
  for (const step of steps) {
    if (!(await tree.signal(step.name))) return;
    const deadline = performance.now() + graceMilliseconds;
    while (performance.now() < deadline && step.next?.aborted !== true) {
      if (await tree.isGone()) return;
      await setTimeout(20);
    }
  }
}

/** Settles at the first of both, and leaves no listener on a signal that outlives many processes. */
function untilAborted(signal: AbortSignal, ended: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      signal.removeEventListener('abort', settle);
      resolve();
    };
    signal.addEventListener('abort', settle);
    if (signal.aborted) settle();
    void ended.then(settle);
  });
}

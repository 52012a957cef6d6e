/**
 * Work that never overlaps itself: a call while it is under way leads to one more run after it, however many calls
 * there were, so that the last run has seen everything that was there at the last call.
 * @returns a function that starts the work, or joins it; its promise ends when nothing is left to do.
 */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const runUntilSettled = async (): Promise<void> => {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      running = undefined;
    }
  };
  return () => {
    if (running === undefined) running = runUntilSettled();
    else again = true;
    return running;
  };
}

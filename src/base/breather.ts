/** Longer than this nothing holds up an editor's other work. */
const LONGEST_HOLD_MS = 10;

/** Lets other work go on now and then, within work that is fastest done without waiting. */
export class Breather {
  private since = performance.now();

  /** Undefined where there is no need yet, so that nothing is waited for in vain. */
  breathe(): Promise<void> | undefined {
    if (performance.now() - this.since < LONGEST_HOLD_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.since = performance.now();
        resolve();
      });
    });
  }
}

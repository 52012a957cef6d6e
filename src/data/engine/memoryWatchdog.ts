import type { Disposable } from '../../base/disposable';

/** Milliseconds between two looks. */
const INTERVAL = 100;

/**
 * Calls back once when this process holds more memory than it should. DuckDB keeps its own limit for what it streams and
 * sorts, but not for aggregates that collect values, nor for what it reads into one value.
 * @param limit bytes of resident memory
 */
export function watchMemory(
  limit: number,
  onExceeded: (resident: number) => void,
  readResident: () => number = () => process.memoryUsage.rss(),
): Disposable {
  const timer = setInterval(() => {
    const resident = readResident();
    if (resident <= limit) return;
    clearInterval(timer);
    onExceeded(resident);
  }, INTERVAL);
  timer.unref();
  return { dispose: () => clearInterval(timer) };
}

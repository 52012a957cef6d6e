import { appendFileSync, readFileSync } from 'node:fs';

/**
 * How a test process tells its harness what became of each test: one JSON line per event, appended to a file as it
 * happens, so that a process that dies leaves everything that it had done, and no end.
 */
export type TestEvent =
  | { readonly kind: 'passed' | 'skipped'; readonly title: string }
  | { readonly kind: 'failed'; readonly title: string; readonly error: string }
  | { readonly kind: 'end' };

export interface Failure {
  readonly title: string;
  readonly error: string;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Those that are known by name: told again at the very end, where a log that is cut off still has them. */
  readonly failures: readonly Failure[];
}

export const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
export const ONE_FAILED: Counts = { ...NO_TESTS, failed: 1 };
export const ONE_PASSED: Counts = { ...NO_TESTS, passed: 1 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

export function describeCounts(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

export function describeFailures(counts: Counts): string {
  return counts.failures.map(({ title, error }) => `FAILED ${title}\n${error}\n\n`).join('');
}

export function appendEvent(file: string, event: TestEvent): void {
  appendFileSync(file, `${JSON.stringify(event)}\n`);
}

/** What a results file comes to. A process that ended without saying so is one more failure. */
export function countResults(text: string): Counts & { readonly ended: boolean } {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const failures: Failure[] = [];
  let ended = false;
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const event = parseEvent(line);
    if (event === undefined) continue;
    if (event.kind === 'end') ended = true;
    else count[event.kind] += 1;
    if (event.kind === 'failed') failures.push({ title: event.title, error: event.error });
  }
  return { ...count, failures, failed: count.failed + (ended ? 0 : 1), ended };
}

export function readResults(file: string): ReturnType<typeof countResults> {
  return countResults(readFileSync(file, 'utf8'));
}

/** A process that is killed while it writes leaves half a line. */
function parseEvent(line: string): TestEvent | undefined {
  try {
    return JSON.parse(line) as TestEvent;
  } catch {
    return undefined;
  }
}

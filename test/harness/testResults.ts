import { appendFileSync, readFileSync } from 'node:fs';

/**
 * How a test process tells its harness what became of each test: one JSON line per event, appended to a file as it
 * happens, so that a process that dies leaves everything that it had done, and no end.
 */
export type TestEvent =
  | { readonly kind: 'passed' | 'skipped'; readonly title: string }
  | { readonly kind: 'failed'; readonly title: string; readonly error: string }
  | { readonly kind: 'end' };

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0 };
export const ONE_FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };
export const ONE_PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

export function describeCounts(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

export function appendEvent(file: string, event: TestEvent): void {
  appendFileSync(file, `${JSON.stringify(event)}\n`);
}

/** What a results file comes to. A process that ended without saying so is one more failure. */
export function countResults(text: string): Counts & { readonly ended: boolean } {
  const count = { passed: 0, failed: 0, skipped: 0 };
  let ended = false;
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const event = parseEvent(line);
    if (event === undefined) continue;
    if (event.kind === 'end') ended = true;
    else count[event.kind] += 1;
  }
  return { ...count, failed: count.failed + (ended ? 0 : 1), ended };
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

import { ensureNeed, SUITES, type Need, type Suite } from './suites';
import { endOnSignals } from './temporaryFolder';
import {
  addCounts,
  describeCounts,
  describeFailures,
  NO_TESTS,
  ONE_FAILED,
  type Counts,
} from './testResults';

/**
 * `npm test`: every suite, or those named: `npm test -- unit webview`. `TEST_GREP=text` selects tests by title.
 * The last line is the sum over all suites; the exit code is 1 where anything failed.
 */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`No suite is called ${unknown.join(', ')}. ${listNames()}`);
    return 2;
  }
  const suites = SUITES.filter((suite) => names.length === 0 || names.includes(suite.name));
  const needs = new Map<Need, Promise<void>>();
  const rows: string[] = [];
  let total = NO_TESTS;
  for (const suite of suites) {
    console.log(`\n=== ${suite.name}`);
    const start = performance.now();
    const counts = await runSafely(suite, needs);
    const seconds = (performance.now() - start) / 1000;
    rows.push(
      `${suite.name.padEnd(10)}${describeCounts(counts).padEnd(40)}${seconds.toFixed(1)} s`,
    );
    total = addCounts(total, counts);
  }
  console.log(`\n${describeFailures(total)}${rows.join('\n')}\n\n${describeCounts(total)}`);
  return total.failed > 0 ? 1 : 0;
}

async function runSafely(suite: Suite, needs: Map<Need, Promise<void>>): Promise<Counts> {
  try {
    for (const need of suite.needs) {
      const ensured = needs.get(need) ?? ensureNeed(need);
      needs.set(need, ensured);
      await ensured;
    }
    return await suite.run();
  } catch (error) {
    console.error(`The suite ${suite.name} could not run:`, error);
    return ONE_FAILED;
  }
}

function listNames(): string {
  return `There are: ${SUITES.map((suite) => suite.name).join(', ')}.`;
}

endOnSignals();
void main(process.argv.slice(2)).then((code) => process.exit(code));

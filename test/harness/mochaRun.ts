import { format } from 'node:util';
import Mocha from 'mocha';
import { appendEvent } from './testResults';

export interface MochaRunOptions {
  /** Test modules; absolute. */
  readonly files: readonly string[];
  /** Where the events go (testResults.ts); the human sees mocha's own output. */
  readonly results: string;
  /** Per test, in milliseconds. */
  readonly timeout: number;
  /** Prints mocha's output; default: this process's stdout. */
  readonly print?: (text: string) => void;
  /** What to do after a test has failed, before its hooks clean up: to take a picture. */
  readonly afterFailure?: (title: string) => Promise<void>;
}

/**
 * Runs test files in this process, a child of the harness or VS Code's extension host. `TEST_GREP` in the environment
 * selects tests by a part of their title.
 * @returns the number of failures.
 */
export function runMocha(options: MochaRunOptions): Promise<number> {
  const { print, afterFailure } = options;
  if (print !== undefined) {
    Mocha.reporters.Base.consoleLog = (...values: readonly unknown[]) => print(format(...values));
  }
  const grep = process.env['TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: options.timeout,
    forbidOnly: process.env['CI'] !== undefined,
    reporter: ReportingSpec,
    reporterOptions: { results: options.results },
    ...(grep === undefined ? {} : { fgrep: grep }),
  });
  mocha.rootHooks({
    afterEach: async function (this: Mocha.Context) {
      const test = this.currentTest;
      if (test?.state === 'failed') await afterFailure?.(test.fullTitle());
    },
  });
  for (const file of options.files) mocha.addFile(file);
  return new Promise((resolve) => mocha.run(resolve));
}

/** Mocha's usual output, and each event in the results file. */
class ReportingSpec extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const results: string = options.reporterOptions.results;
    runner.on('pass', (test) => appendEvent(results, { kind: 'passed', title: test.fullTitle() }));
    runner.on('pending', (test) =>
      appendEvent(results, { kind: 'skipped', title: test.fullTitle() }),
    );
    runner.on('fail', (test, error: Error) =>
      appendEvent(results, {
        kind: 'failed',
        title: test.fullTitle(),
        error: error.stack ?? error.message,
      }),
    );
    runner.once('end', () => appendEvent(results, { kind: 'end' }));
  }
}

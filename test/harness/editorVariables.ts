/** How the harness and the tests inside the extension host speak to each other, beside the window's endpoint. */

/** Environment variable: the file that gets the events of testResults.ts. */
export const TEST_RESULTS = 'ML_PREFLIGHT_TEST_RESULTS';
/** Environment variable: the folder of test/editor whose tests run. */
export const TEST_SESSION = 'ML_PREFLIGHT_TEST_SESSION';

/** Begins what the tests print in VS Code's log, among all the rest. */
export const OUTPUT_MARK = '[tests] ';

export function readVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment variable ${name} is missing.`);
  return value;
}

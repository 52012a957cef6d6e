import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { OUTPUT_MARK, readVariable, TEST_RESULTS, TEST_SESSION } from '../harness/editorVariables';
import { runMocha } from '../harness/mochaRun';
import { appendEvent } from '../harness/testResults';
import { isDriven, screenshot } from './window';
import { collectExtensionErrors } from '../harness/extensionErrors';

/**
 * What VS Code calls in its extension host: runs the test files of one session.
 * @throws where a test failed, which VS Code turns into its exit code.
 */
export async function run(): Promise<void> {
  const results = readVariable(TEST_RESULTS);
  const folder = join(__dirname, readVariable(TEST_SESSION));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.js'))
    .sort()
    .map((path) => join(folder, path));
  const errors = collectExtensionErrors();
  const print = (text: string): void => console.log(isDriven ? OUTPUT_MARK + text : text);
  const failures = await runMocha({
    files,
    results,
    timeout: 60_000,
    print,
    afterFailure: (title) => photograph(title, print),
  });
  for (const error of errors) {
    print(`The extension wrote an error to the console:\n${error}`);
    appendEvent(results, { kind: 'failed', title: 'writes no errors to the console', error });
  }
  if (failures + errors.length > 0) throw new Error(`${failures + errors.length} failed`);
}

async function photograph(title: string, print: (text: string) => void): Promise<void> {
  if (!isDriven) return;
  const name = title.replace(/[^\w-]+/g, '-').slice(0, 80);
  print(`      picture: ${await screenshot(join('failed', `${name}.png`))}`);
}

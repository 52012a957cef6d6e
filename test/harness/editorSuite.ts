import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildEditorTests, BUNDLED_EDITOR_TESTS } from './build';
import { EDITOR_TESTS, readSession } from './editorSession';
import { OUTPUT_MARK, TEST_RESULTS, TEST_SESSION } from './editorVariables';
import { openEditorWindow, type EditorWindow } from './editorWindow';
import { REPOSITORY } from './repository';
import { copySample, makeEmptyProject } from './sampleProject';
import { say } from './say';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporaryFolder';
import { listTestFiles } from './testFiles';
import { addCounts, NO_TESTS, ONE_FAILED, readResults, type Counts } from './testResults';
import { WINDOW_ADDRESS } from './windowActions';
import { openWindowEndpoint } from './windowEndpoint';

const SESSION_TIMEOUT = 15 * 60_000;

/** Runs every session of the editor suite, each in a VS Code of its own. */
export async function runEditorSuite(): Promise<Counts> {
  const sessions = await listSessions();
  if (sessions.length === 0) {
    say('test/editor has no test files');
    return ONE_FAILED;
  }
  await buildEditorTests();
  let counts = NO_TESTS;
  for (const name of sessions) counts = addCounts(counts, await runSessionSafely(name));
  return counts;
}

/** The folders of test/editor that have tests in them. */
export async function listSessions(): Promise<readonly string[]> {
  const entries = await readdir(EDITOR_TESTS, { withFileTypes: true });
  return entries
    .filter(
      (entry) => entry.isDirectory() && listTestFiles(join(EDITOR_TESTS, entry.name)).length > 0,
    )
    .map((entry) => entry.name)
    .sort();
}

async function runSessionSafely(name: string): Promise<Counts> {
  console.log(`\n  editor session: ${name}`);
  try {
    return await runSession(name);
  } catch (error) {
    say(`the editor session ${name} could not run: ${String(error)}`);
    return ONE_FAILED;
  }
}

async function runSession(name: string): Promise<Counts> {
  const session = await readSession(join(EDITOR_TESTS, name));
  const project =
    session.sample === null ? await makeEmptyProject() : await copySample(session.sample);
  const folder = makeTemporaryFolder('results');
  const results = join(folder, 'results.jsonl');
  await writeFile(results, '');
  const endpoint = await openWindowEndpoint();
  try {
    await session.prepare?.(project);
    const window = await openEditorWindow({
      folder: project.root,
      extension: REPOSITORY,
      tests: join(BUNDLED_EDITOR_TESTS, 'run.js'),
      workspaceTrust: session.workspaceTrust === true,
      settings: session.settings ?? {},
      environment: {
        ...project.environment,
        [WINDOW_ADDRESS]: endpoint.address,
        [TEST_RESULTS]: results,
        [TEST_SESSION]: name,
        ...(process.stdout.isTTY ? { MOCHA_COLORS: '1' } : {}),
      },
      onLog: showTestOutput,
    });
    endpoint.attach(window.page);
    try {
      return countSession(name, results, await waitForTests(window), window);
    } finally {
      await window.close();
    }
  } finally {
    await endpoint.close();
    await project.dispose();
    await removeTemporaryFolder(folder);
  }
}

/** The window logs much that is its own; the tests mark their lines. */
function showTestOutput(_type: string, text: string): void {
  if (text.startsWith(OUTPUT_MARK)) console.log(text.slice(OUTPUT_MARK.length));
}

/** Ends the wait for tests that hang, and for a window that has died. */
async function waitForTests(window: EditorWindow): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), SESSION_TIMEOUT);
    window.page.once('crash', () => resolve(undefined));
    window.page.once('close', () => resolve(undefined));
  });
  const code = await Promise.race([window.testsEnded, timeout]);
  clearTimeout(timer);
  return code;
}

function countSession(
  name: string,
  results: string,
  code: number | undefined,
  window: EditorWindow,
): Counts {
  const counts = readResults(results);
  if (!counts.ended) say(`the editor session ${name} ended before its tests did`);
  for (const error of window.extensionErrors) {
    console.log(`The extension wrote an error to the console of the window:\n${error}`);
  }
  // VS Code's own word counts too: it knows of a failure that no test was there to report.
  const unreported = code !== 0 && counts.failed === 0 ? 1 : 0;
  if (unreported > 0) say(`VS Code ended the session ${name} with exit code ${code}`);
  return { ...counts, failed: counts.failed + unreported + window.extensionErrors.length };
}

import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TEST_RESULTS, TEST_SESSION } from './editorVariables';
import { inRepository } from './repository';
import { copySample, makeEmptyProject, type SampleProject } from './sampleProject';
import { say } from './say';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporaryFolder';
import { listTestFiles } from './testFiles';
import { addCounts, NO_TESTS, ONE_FAILED, readResults, type Counts } from './testResults';

const EDITOR_TESTS = inRepository('test', 'editor');

/**
 * One VS Code window of the editor suite: a folder under test/editor whose tests all run in it. `session.ts` in that
 * folder exports it as `session`; without that file it is the sample `tumours`, trusted.
 */
export interface EditorSession {
  /** The folder under test/projects to open, as a git repository; `null` for an empty folder without git. */
  readonly sample: string | null;
  /** Asks the user whether the folder is trusted, as a window of everyday does. */
  readonly workspaceTrust?: boolean;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Makes the project what the tests need: edits, further commits, a pipeline run. */
  readonly prepare?: (project: SampleProject) => Promise<void>;
}

/** A session made ready for a VS Code to run its tests. */
export interface ReadySession {
  readonly session: EditorSession;
  readonly project: SampleProject;
  /** For the extension host: the project's variables, and where the results go. */
  readonly environment: NodeJS.ProcessEnv;
}

/** What is known of a VS Code that has ended, beside the tests' own results. */
export interface SessionEnd {
  /** Undefined where it did not come to one. */
  readonly exitCode: number | undefined;
  /** What the extension wrote to the console of the window. */
  readonly extensionErrors: readonly string[];
  /** The last errors that VS Code logged: why it ended, where it ended early. */
  readonly lastErrors: readonly string[];
}

/** Runs every session of the editor suite, each in a VS Code of its own. */
export async function runSessions(
  launch: (ready: ReadySession) => Promise<SessionEnd>,
): Promise<Counts> {
  let counts = NO_TESTS;
  const names = await listSessions();
  for (const name of names) {
    console.log(`\n  editor session: ${name}`);
    try {
      counts = addCounts(counts, await runSession(name, launch));
    } catch (error) {
      say(`the editor session ${name} could not run: ${String(error)}`);
      counts = addCounts(counts, ONE_FAILED);
    }
  }
  if (names.length > 0) return counts;
  say('test/editor has no test files');
  return ONE_FAILED;
}

/** The folders of test/editor that have tests in them; ML_PREFLIGHT_TEST_SESSIONS=runs,tumours names some only. */
async function listSessions(): Promise<readonly string[]> {
  const only = process.env['ML_PREFLIGHT_TEST_SESSIONS']?.split(',');
  const entries = await readdir(EDITOR_TESTS, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => only === undefined || only.includes(name))
    .filter((name) => listTestFiles(join(EDITOR_TESTS, name)).length > 0)
    .sort();
}

async function readSession(name: string): Promise<EditorSession> {
  const file = join(EDITOR_TESTS, name, 'session.ts');
  if (!existsSync(file)) return { sample: 'tumours' };
  const module = (await import(file)) as { readonly session?: EditorSession };
  if (module.session === undefined) throw new Error(`${file} does not export \`session\`.`);
  return module.session;
}

async function runSession(
  name: string,
  launch: (ready: ReadySession) => Promise<SessionEnd>,
): Promise<Counts> {
  const session = await readSession(name);
  const { sample } = session;
  const project = sample === null ? await makeEmptyProject() : await copySample(sample);
  const folder = makeTemporaryFolder('results');
  const results = join(folder, 'results.jsonl');
  await writeFile(results, '');
  try {
    await session.prepare?.(project);
    const environment = {
      ...project.environment,
      [TEST_RESULTS]: results,
      [TEST_SESSION]: name,
      ...(process.stdout.isTTY ? { MOCHA_COLORS: '1' } : {}),
    };
    const end = await launch({ session, project, environment });
    return countSession(name, readResults(results), end);
  } finally {
    await project.dispose();
    await removeTemporaryFolder(folder);
  }
}

function countSession(
  name: string,
  results: ReturnType<typeof readResults>,
  { exitCode, extensionErrors, lastErrors }: SessionEnd,
): Counts {
  if (!results.ended) {
    say(`the editor session ${name} ended before its tests did; VS Code's last errors:`);
    for (const error of lastErrors) console.error(error);
  }
  for (const error of extensionErrors) {
    console.log(`The extension wrote an error to the console of the window:\n${error}`);
  }
  // VS Code's own word counts too: it knows of a failure that no test was there to report.
  const unreported = exitCode !== 0 && results.failed === 0 ? 1 : 0;
  if (unreported > 0) say(`VS Code ended the session ${name} with exit code ${exitCode}`);
  return { ...results, failed: results.failed + unreported + extensionErrors.length };
}

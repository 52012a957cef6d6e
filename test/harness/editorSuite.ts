import { join } from 'node:path';
import { buildEditorTests, BUNDLED_EDITOR_TESTS } from './build';
import { runSessions, type ReadySession, type SessionEnd } from './editorSession';
import { OUTPUT_MARK } from './editorVariables';
import { openEditorWindow, type EditorWindow } from './editorWindow';
import { REPOSITORY } from './repository';
import type { Counts } from './testResults';
import { WINDOW_ADDRESS } from './windowActions';
import { openWindowEndpoint } from './windowEndpoint';

/** Native parts that the server goes on without. */
const KNOWN_ERRORS = /spdlog|watchdog|serviceWorker/;

const SESSION_TIMEOUT = 15 * 60_000;

/** Runs the editor suite in the VS Code of vscodeServer.ts, with a window that its tests can drive. */
export async function runEditorSuite(): Promise<Counts> {
  await buildEditorTests();
  return runSessions(runInWindow);
}

async function runInWindow({ session, project, environment }: ReadySession): Promise<SessionEnd> {
  const endpoint = await openWindowEndpoint();
  const lastErrors: string[] = [];
  try {
    const window = await openEditorWindow({
      folder: project.root,
      extension: REPOSITORY,
      tests: join(BUNDLED_EDITOR_TESTS, 'run.js'),
      workspaceTrust: session.workspaceTrust === true,
      settings: session.settings ?? {},
      environment: { ...environment, [WINDOW_ADDRESS]: endpoint.address },
      onLog: (type, text) => {
        if (text.startsWith(OUTPUT_MARK)) console.log(text.slice(OUTPUT_MARK.length));
        else if (type === 'error' && !KNOWN_ERRORS.test(text)) lastErrors.push(text);
      },
      onPage: endpoint.attach,
    });
    try {
      const exitCode = await waitForTests(window);
      return {
        exitCode,
        extensionErrors: window.extensionErrors,
        lastErrors: lastErrors.slice(-5),
      };
    } finally {
      await window.close();
    }
  } finally {
    await endpoint.close();
  }
}

/** The tests' exit code; undefined where they hang, or where their window has died. */
async function waitForTests(window: EditorWindow): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), SESSION_TIMEOUT);
    window.page.once('crash', () => resolve(undefined));
    window.page.once('close', () => resolve(undefined));
  });
  const code = await Promise.race([window.testsEnded, lost]);
  clearTimeout(timer);
  return code;
}

import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildEditorTests, BUNDLED_EDITOR_TESTS, buildProduct } from './build';
import { runSessions, type ReadySession, type SessionEnd } from './editorSession';
import { REPOSITORY } from './repository';
import { say } from './say';
import { endOnSignals, makeTemporaryFolder, removeTemporaryFolder } from './temporaryFolder';
import { describeCounts } from './testResults';

/**
 * `npm run test:desktop`: the editor suite in a desktop VS Code that is downloaded (VSCODE_VERSION; default: the
 * newest). Nobody drives its window: the tests that need that are skipped.
 */
async function main(): Promise<number> {
  say('tests that drive the window are skipped on a desktop; `npm test` runs them');
  await buildProduct();
  await buildEditorTests();
  const counts = await runSessions(runOnDesktop);
  console.log(`\n${describeCounts(counts)}`);
  return counts.failed > 0 ? 1 : 0;
}

async function runOnDesktop({ session, project, environment }: ReadySession): Promise<SessionEnd> {
  const data = makeTemporaryFolder('desktop');
  await mkdir(join(data, 'User'));
  await writeFile(join(data, 'User', 'settings.json'), JSON.stringify(session.settings ?? {}));
  try {
    const exitCode = await runTests({
      version: process.env['VSCODE_VERSION'] ?? 'stable',
      extensionDevelopmentPath: REPOSITORY,
      extensionTestsPath: join(BUNDLED_EDITOR_TESTS, 'run.js'),
      extensionTestsEnv: environment,
      launchArgs: [
        project.root,
        `--user-data-dir=${data}`,
        `--extensions-dir=${join(data, 'extensions')}`,
        '--disable-telemetry',
        '--disable-updates',
        '--skip-welcome',
        '--skip-release-notes',
        ...(session.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    return endOf(exitCode);
  } catch (error) {
    if (error instanceof TestRunFailedError) return endOf(error.code);
    throw error;
  } finally {
    await removeTemporaryFolder(data);
  }
}

/** A desktop VS Code writes its errors to our own stderr. */
function endOf(exitCode: number | undefined): SessionEnd {
  return { exitCode, extensionErrors: [], lastErrors: [] };
}

endOnSignals();
void main().then((code) => process.exit(code));

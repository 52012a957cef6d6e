import { runForExitCode } from './childProcess';
import { buildProduct } from './build';
import { ensureChromium } from './chromium';
import { runEditorSuite } from './editorSuite';
import { runMochaSuite } from './mochaSuite';
import { ensurePipelineTools, ensurePythonEnvironment } from './pythonEnvironment';
import { inRepository } from './repository';
import { ONE_FAILED, ONE_PASSED, type Counts } from './testResults';

/** What must be there before a suite can run. */
export type Need = 'build' | 'python' | 'tools' | 'chromium';

export interface Suite {
  readonly name: string;
  readonly needs: readonly Need[];
  run(): Promise<Counts>;
}

/** Every suite of `npm test`, in order. */
export const SUITES: readonly Suite[] = [
  checkSuite('types', ['tsc', '-p', '.'], ['tsc', '-p', 'webview-ui']),
  checkSuite('lint', ['oxlint', '--type-aware']),
  checkSuite('format', ['oxfmt', '--check', '.']),
  mochaSuite('unit', []),
  mochaSuite('cli', ['build', 'python']),
  mochaSuite('contract', ['build', 'python', 'tools']),
  mochaSuite('webview', ['build', 'chromium']),
  { name: 'editor', needs: ['build', 'python', 'chromium'], run: runEditorSuite },
];

/** Makes sure of a need; the environment then tells tests where it is. @throws where it cannot be had. */
export async function ensureNeed(need: Need): Promise<void> {
  switch (need) {
    case 'build':
      return buildProduct();
    case 'python':
      process.env['ML_PREFLIGHT_TEST_PYTHON'] = await ensurePythonEnvironment();
      return;
    case 'tools':
      process.env['ML_PREFLIGHT_TEST_TOOLS'] = await ensurePipelineTools();
      return;
    case 'chromium':
      process.env['ML_PREFLIGHT_TEST_CHROMIUM'] = await ensureChromium();
      return;
  }
}

/** Commands of node_modules/.bin that must all succeed; together they are one test. */
function checkSuite(name: string, ...commands: readonly (readonly string[])[]): Suite {
  const run = async (): Promise<Counts> => {
    for (const [command = '', ...args] of commands) {
      const code = await runForExitCode('npx', ['--no-install', command, ...args], {
        cwd: inRepository(),
        shell: process.platform === 'win32',
      });
      if (code !== 0) return ONE_FAILED;
    }
    return ONE_PASSED;
  };
  return { name, needs: [], run };
}

function mochaSuite(name: string, needs: readonly Need[]): Suite {
  return { name, needs, run: () => runMochaSuite(name) };
}

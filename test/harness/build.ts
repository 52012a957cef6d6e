import { build } from 'esbuild';
import { run } from './childProcess';
import { inRepository } from './repository';
import { listTestFiles } from './testFiles';

/** Beside dist/, so that a build in between does not take the tests away. */
export const BUNDLED_EDITOR_TESTS = inRepository('.cache', 'editor-tests');

/** Bundles the product into dist/, replacing what was there. */
export function buildProduct(): Promise<void> {
  return run(process.execPath, [inRepository('esbuild.mjs')], { cwd: inRepository() });
}

/** Bundles the editor suite for VS Code's extension host, one file per test file. */
export async function buildEditorTests(): Promise<void> {
  const folder = inRepository('test', 'editor');
  await build({
    entryPoints: [inRepository('test', 'editor', 'run.ts'), ...listTestFiles(folder)],
    outbase: folder,
    outdir: BUNDLED_EDITOR_TESTS,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
    absWorkingDir: inRepository(),
  });
}

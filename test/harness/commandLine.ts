import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runForExitCode } from './childProcess';
import { withPath } from './pythonEnvironment';
import { inRepository } from './repository';
import type { SampleProject } from './sampleProject';

const COMMAND_LINE = inRepository('dist', 'cli.js');

/** Runs `ml-preflight WORDS…` in a project, as a user would read it in a terminal; returns its exit code. */
export function runPreflight(project: SampleProject, ...words: readonly string[]): Promise<number> {
  return runInSight(
    project,
    ['ml-preflight', ...words],
    [process.execPath, COMMAND_LINE, ...words],
  );
}

/** Runs any command in a project after showing it; returns its exit code. */
export function runInSight(
  project: SampleProject,
  shown: readonly string[],
  [command = '', ...args]: readonly string[] = shown,
): Promise<number> {
  console.log(`\n$ ${shown.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ')}`);
  return runForExitCode(command, args, { cwd: project.root, env: project.environment });
}

/** Variables in which `ml-preflight` is a command, by a small script in the given folder. */
export async function withCommandLine(
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  const [name, text] =
    process.platform === 'win32'
      ? ['ml-preflight.cmd', `@"${process.execPath}" "${COMMAND_LINE}" %*\r\n`]
      : ['ml-preflight', `#!/bin/sh\nexec '${process.execPath}' '${COMMAND_LINE}' "$@"\n`];
  await writeFile(join(folder, name), text);
  await chmod(join(folder, name), 0o755);
  return withPath(folder, environment);
}

import { spawn } from 'node:child_process';
import { inRepository } from '../harness/repository';
import type { SampleProject } from '../harness/sampleProject';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const COMMAND_LINE = inRepository('dist', 'cli.js');

/** Runs the built `ml-preflight` in a project, as a user would type it. */
export function preflight(project: SampleProject, ...words: readonly string[]): Promise<Outcome> {
  return spawnIn(project, process.execPath, [COMMAND_LINE, ...words]);
}

/** The same, with its JSON read. */
export async function preflightJson<T>(
  project: SampleProject,
  ...words: readonly string[]
): Promise<{ readonly code: number | null; readonly json: T; readonly stderr: string }> {
  const { code, stdout, stderr } = await preflight(project, ...words, '--format', 'json');
  if (stdout === '') throw new Error(`nothing on stdout; stderr: ${stderr}`);
  return { code, json: JSON.parse(stdout) as T, stderr };
}

/** Any command, without judging its exit code. */
export function spawnIn(
  project: SampleProject,
  command: string,
  words: readonly string[],
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      cwd: project.root,
      env: project.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

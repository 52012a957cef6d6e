import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { gitEnvironment } from './gitEnvironment';

export interface GitOptions {
  readonly signal?: AbortSignal;
  /** Written to git's standard input. */
  readonly input?: string | Buffer;
}

/** Settings of a repository that could start programs while we only read. */
const READ_ONLY = ['-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'] as const;

/**
 * Runs git without a shell and gives what it wrote to its standard output.
 * Problems: `git-missing`, `folder-missing`, `cancelled`, `git-failed` with git's own first line.
 */
export async function runGit(
  cwd: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Result<Buffer>> {
  if (options.signal?.aborted === true) return failed(cancelled());
  return new Promise((settle) => {
    const child = spawnGit(cwd, args);
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    const abort = (): void => void child.kill();
    options.signal?.addEventListener('abort', abort, { once: true });
    const finish = (result: Result<Buffer>): void => {
      options.signal?.removeEventListener('abort', abort);
      settle(options.signal?.aborted === true ? failed(cancelled()) : result);
    };
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', (error) => finish(failed(explainSpawnError(error, cwd))));
    child.on('close', (code, killer) => {
      if (code === 0) finish(ok(Buffer.concat(output)));
      else finish(failed(explainExit(args, Buffer.concat(errors), code ?? killer ?? 'unknown')));
    });
    // Git may end without reading all of it; its exit code says what that means.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}

/** A git process with three pipes, in our environment. */
export function spawnGit(cwd: string, args: readonly string[]): PipedProcess {
  return spawn('git', [...READ_ONLY, ...args], {
    cwd,
    env: gitEnvironment(cwd),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

export type PipedProcess = ChildProcess & {
  readonly stdin: NonNullable<ChildProcess['stdin']>;
  readonly stdout: NonNullable<ChildProcess['stdout']>;
  readonly stderr: NonNullable<ChildProcess['stderr']>;
};

/** Node says ENOENT both for a missing program and for a missing working folder. */
export function explainSpawnError(error: NodeJS.ErrnoException, cwd: string): Problem {
  if (!existsSync(cwd)) return { code: 'folder-missing', message: `There is no folder ${cwd}.` };
  if (error.code !== 'ENOENT')
    return { code: 'git-failed', message: `git could not be started: ${error.message}.` };
  return {
    code: 'git-missing',
    message: 'git is not installed, or not on the PATH.',
    fix: 'Install git and make sure that `git --version` works in a terminal.',
  };
}

export function explainExit(
  args: readonly string[],
  stderr: Buffer,
  ending: number | string,
): Problem {
  const first = stderr
    .toString('utf8')
    .split('\n')
    .find((line) => line.trim() !== '');
  const said = first?.trim().replace(/^(fatal|error): /, '') ?? `it ended with ${ending}`;
  return { code: 'git-failed', message: `git ${args[0] ?? ''} failed: ${said}` };
}

function cancelled(): Problem {
  return { code: 'cancelled', message: 'Cancelled.' };
}

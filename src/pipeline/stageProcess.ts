import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { followFile } from './followFile';
import { ProcessTree } from './processTree';
import type { StageCommand } from './stageCommand';

export interface ProcessOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Absolute; made, or added to. Output goes straight there, and survives the host. */
  readonly log: string;
  readonly signal: AbortSignal;
  /** How long each of interrupt and terminate is given before the next one. */
  readonly graceMilliseconds: number;
  readonly onStarted: (pid: number) => Promise<void>;
  readonly onOutput: (text: string) => void;
}

export interface ProcessEnd {
  /** Null where a signal ended it, or where it could not be started. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started. */
  readonly error: Error | undefined;
}

/**
 * Runs a command in a process group of its own until it has ended. On abort the whole tree is interrupted, then
 * terminated, then killed.
 * @throws the file system's error where the log cannot be written
 */
export async function runProcess(
  command: StageCommand,
  options: ProcessOptions,
): Promise<ProcessEnd> {
  const log = await open(options.log, 'a');
  let child: ChildProcess;
  let ended: Promise<ProcessEnd>;
  try {
    child = startProcess(command, options.env, log.fd);
    ended = waitForEnd(child);
  } finally {
    await log.close();
  }
  const { pid } = child;
  if (pid === undefined) return ended;
  await options.onStarted(pid);
  const stopped = stopOnAbort(pid, ended, options);
  await followFile(options.log, ended, options.onOutput);
  await stopped;
  return ended;
}

function startProcess(command: StageCommand, env: NodeJS.ProcessEnv, log: number): ChildProcess {
  const options: SpawnOptions = {
    cwd: command.cwd,
    env,
    stdio: ['ignore', log, log],
    detached: process.platform !== 'win32',
    windowsHide: true,
  };
  if (command.program === 'shell') return spawn(command.line, { ...options, shell: true });
  return spawn(command.program.file, command.program.arguments, options);
}

function waitForEnd(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ exitCode: null, signal: null, error }));
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, error: undefined }));
  });
}

/** Settles when the process has ended and, after an abort, its whole tree is gone. */
async function stopOnAbort(
  pid: number,
  ended: Promise<ProcessEnd>,
  { signal, graceMilliseconds }: ProcessOptions,
): Promise<void> {
  await untilAborted(signal, ended);
  if (!signal.aborted) return;
  const tree = new ProcessTree(pid);
  for (const step of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    if (!(await tree.signal(step))) return;
    const deadline = performance.now() + graceMilliseconds;
    while (performance.now() < deadline) {
      if (await tree.isGone()) return;
      await setTimeout(20);
    }
  }
}

/** Settles at the first of both, and leaves no listener on a signal that outlives many processes. */
function untilAborted(signal: AbortSignal, ended: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      signal.removeEventListener('abort', settle);
      resolve();
    };
    signal.addEventListener('abort', settle);
    if (signal.aborted) settle();
    void ended.then(settle);
  });
}

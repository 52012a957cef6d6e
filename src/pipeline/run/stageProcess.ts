import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { open } from 'node:fs/promises';
import { followFile } from './followFile';
import { ProcessTree } from './processTree';
import { MARKER_VARIABLE } from './runMarker';
import type { StageCommand } from './stageCommand';
import { supervise } from './stageSupervisor';
import { stopOnAbort, type StopOptions } from './stopProcess';

export interface ProcessOptions extends StopOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Absolute; made, or added to. Output goes straight there, and survives the host. */
  readonly log: string;
  /** Absolute. The exit code is written there as well, so that it survives the host. */
  readonly endFile: string;
  /** How much of the output may be left out where it comes faster than it is taken; default: none. */
  readonly backlogBytes?: number;
  /** The command starts when this has settled. */
  readonly onStarted: (pid: number) => Promise<void>;
  /** The next piece comes when what it returns has settled. */
  readonly onOutput: (text: string) => void | Promise<void>;
}

export interface ProcessEnd {
  /** Null where it was killed, or where it could not be started. */
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
    child = startProcess(command, options, log.fd);
    ended = waitForEnd(child);
  } finally {
    await log.close();
  }
  const { pid } = child;
  if (pid === undefined) return ended;
  await releaseWhenRecorded(child, () => options.onStarted(pid));
  const stopped = stopOnAbort(pid, ended, options);
  await followFile(options.log, ended, options.onOutput, options.backlogBytes);
  await stopped;
  const end = await ended;
  // Who kills the process that the status names means the stage, not only the shell that stands before it.
  if (end.signal !== null) await new ProcessTree(pid, options.marker).signal('SIGKILL');
  return end;
}

function startProcess(
  command: StageCommand,
  { env, endFile, marker }: ProcessOptions,
  log: number,
): ChildProcess {
  const supervised = supervise(command, command.line, endFile);
  const options: SpawnOptions = {
    cwd: command.cwd,
    env: { ...env, [MARKER_VARIABLE]: marker },
    stdio: ['ignore', log, log, ...(supervised.waits ? (['pipe'] as const) : [])],
    detached: process.platform !== 'win32',
    windowsHide: true,
    shell: supervised.shell,
  };
  return spawn(supervised.file, supervised.arguments, options);
}

/** Lets the command begin once it has been recorded; where it cannot be recorded, it never begins. */
async function releaseWhenRecorded(
  child: ChildProcess,
  record: () => Promise<void>,
): Promise<void> {
  const gate = child.stdio[3];
  // It may have been killed meanwhile.
  gate?.on('error', () => undefined);
  try {
    await record();
    if (gate !== undefined && gate !== null && 'write' in gate) gate.end('go\n');
  } catch (error) {
    gate?.destroy();
    throw error;
  }
}

function waitForEnd(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ exitCode: null, signal: null, error }));
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, error: undefined }));
  });
}

import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a command to its end with its output on our stderr. @throws where it does not exit with 0. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<void> {
  const code = await runForExitCode(command, args, { stdio: ['ignore', 2, 2], ...options });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${code}.`);
}

/** Runs a command to its end with our streams; a signal counts as 128, as in a shell. */
export function runForExitCode(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}

/** Runs npm; on Windows it is a script that only a shell can start. */
export function runNpm(args: readonly string[], options: SpawnOptions = {}): Promise<void> {
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** What a command writes on stdout. @throws where it does not exit with 0. */
export async function readOutput(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return (await execute(command, args, { ...options, maxBuffer: 2 ** 26 })).stdout;
}

/** Whether a command can be run and succeeds. */
export async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  // On Windows many commands are scripts, which only a shell can start.
  return execute(command, args, { shell: process.platform === 'win32' }).then(
    () => true,
    () => false,
  );
}

/** A port of the loopback interface that was free a moment ago. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('The server got no port.')),
      );
    });
  });
}

/**
 * Ends a process and everything that it started, by asking and, where that does not help within 5 s, by force.
 * The descendants are listed first: what a terminal runs is in a session of its own, out of reach of the group.
 */
export async function stopProcessTree(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.exitCode !== null || child.signalCode !== null) return;
  const pids = [child.pid, ...(await listDescendants(child.pid))];
  signalAll(pids, 'SIGTERM');
  const force = setTimeout(() => signalAll(pids, 'SIGKILL'), 5000);
  await ended;
  clearTimeout(force);
  signalAll(pids.slice(1), 'SIGKILL');
}

/** Kills a detached child with all that it started, should this process end before it. */
export function killGroupAtExit(child: ChildProcess): void {
  const kill = (): void => {
    if (child.pid !== undefined) signalAll([-child.pid], 'SIGKILL');
  };
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

async function listDescendants(root: number): Promise<readonly number[]> {
  if (process.platform === 'win32') return [];
  const table = await readOutput('ps', ['-A', '-o', 'pid=,ppid=']);
  const found = [root];
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  for (const parent of found) {
    for (const [pid, ppid] of rows) if (ppid === parent && pid !== undefined) found.push(pid);
  }
  return found.slice(1);
}

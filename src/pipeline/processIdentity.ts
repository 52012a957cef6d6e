import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * What tells a process from a later one with the same number: on Linux, the boot and the clock tick it started at;
 * on macOS, the second. Null where the process is gone, or where the system does not say (Windows).
 */
export async function readProcessStart(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return readLinuxStart(pid);
  return process.platform === 'darwin' ? readPsStart(pid) : null;
}

/** Whether the process that `start` was read from is still there; without `start`, whether any has its number. */
export async function isProcessAlive(pid: number, start: string | null): Promise<boolean> {
  if (!exists(pid)) return false;
  if (start === null) return true;
  return (await readProcessStart(pid)) === start;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** `/proc/<pid>/stat` (proc(5)): the fields after the command's name, which may hold anything, begin with the state. */
async function readLinuxStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields[18];
    // A zombie has ended; only its parent has not asked yet.
    if (state === 'Z' || ticks === undefined) return null;
    return `${await readBootId()}:${ticks}`;
  } catch {
    return null;
  }
}

async function readBootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim().slice(0, 8);
}

async function readPsStart(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

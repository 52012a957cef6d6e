import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { promisify } from 'node:util';

/**
 * What tells a process from a later one with the same number: on Linux, the boot and the clock tick it started at;
 * on macOS, the second; on Windows, which does not say it without starting a program, the boot alone. Null where the
 * process is gone.
 */
export async function readProcessStart(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return readLinuxStart(pid);
  if (process.platform === 'win32') return exists(pid) ? bootTime() : null;
  return readPsStart(pid);
}

/** To the minute: the clock is set now and then, by seconds. */
function bootTime(): string {
  return `boot:${Math.round(Date.now() / 60_000 - uptime() / 60)}`;
}

/** Whether the process that `start` was read from is still there; without `start`, whether any has its number. */
export async function isProcessAlive(pid: number, start: string | null): Promise<boolean> {
  if (!exists(pid)) return false;
  if (start === null) return true;
  const now = await readProcessStart(pid);
  return now === start || (now !== null && isSameBoot(now, start));
}

function isSameBoot(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => Number(/^boot:(\d+)$/.exec(text)?.[1]));
  return Math.abs((first ?? NaN) - (second ?? NaN)) <= 1;
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

let bootId: Promise<string> | undefined;

async function readBootId(): Promise<string> {
  bootId ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  return (await bootId).trim().slice(0, 8);
}

async function readPsStart(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

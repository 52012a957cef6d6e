import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Tells a process from a later one with the same number; empty where the system does not say. */
  readonly start: string;
}

/** All processes that have not ended. */
export async function listProcesses(): Promise<readonly ProcessRow[]> {
  if (process.platform === 'linux') return readdirSync('/proc').flatMap(readProcessRow);
  if (process.platform === 'win32') return listWindowsProcesses();
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=']);
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, group, state = 'Z'] = line.trim().split(/\s+/);
    if (state.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), start: '' }];
  });
}

/** proc(5): after the command's name come state, parent and group, and as the 22nd field the start. */
function readProcessRow(name: string): readonly ProcessRow[] {
  const pid = Number(name);
  if (!Number.isInteger(pid)) return [];
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, group] = fields;
    if (state === 'Z' || state === 'X') return [];
    return [{ pid, parent: Number(parent), group: Number(group), start: fields[19] ?? '' }];
  } catch {
    return [];
  }
}

async function listWindowsProcesses(): Promise<readonly ProcessRow[]> {
  const words = ['/fo', 'csv', '/nh'];
  const { stdout } = await promisify(execFile)('tasklist', words);
  return stdout.split('\n').flatMap((line) => {
    const pid = Number(/^"[^"]*","(\d+)"/.exec(line)?.[1]);
    return Number.isInteger(pid) ? [{ pid, parent: 0, group: 0, start: '' }] : [];
  });
}

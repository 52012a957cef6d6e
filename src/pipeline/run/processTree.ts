import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Tells a process from a later one with the same number; empty where the system does not say. */
  readonly start: string;
}

/**
 * A process that leads its own group, with everything it started: its group, and children of children in groups of
 * their own. Remembers whom it has seen, because the child of a process that has ended belongs to nobody.
 */
export class ProcessTree {
  private members = new Map<number, ProcessRow>();

  constructor(private readonly leader: number) {}

  /** Sends a signal to every member that is left; false where none is. */
  async signal(signal: NodeJS.Signals): Promise<boolean> {
    const members = await this.readMembers();
    if (process.platform === 'win32') return members.length > 0 && this.endWindowsTree();
    // The group first and at once, so that no member sees the others disappear and starts new ones.
    send(-this.leader, signal);
    for (const { pid, group } of members) if (group !== this.leader) send(pid, signal);
    return members.length > 0;
  }

  async isGone(): Promise<boolean> {
    return (await this.readMembers()).length === 0;
  }

  private async readMembers(): Promise<readonly ProcessRow[]> {
    const rows = await listProcesses();
    const found = new Map<number, ProcessRow>();
    for (const row of rows) {
      const before = this.members.get(row.pid);
      const isKnown = before !== undefined && before.start === row.start;
      if (isKnown || row.pid === this.leader || row.group === this.leader) found.set(row.pid, row);
    }
    const children = new Map<number, ProcessRow[]>();
    for (const row of rows) children.set(row.parent, [...(children.get(row.parent) ?? []), row]);
    for (const [pid] of found) {
      for (const child of children.get(pid) ?? []) found.set(child.pid, child);
    }
    this.members = found;
    return [...found.values()];
  }

  private async endWindowsTree(): Promise<boolean> {
    const words = ['/pid', String(this.leader), '/T', '/F'];
    await promisify(execFile)('taskkill', words).catch(() => undefined);
    return true;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile, which is what was wanted.
  }
}

/** All processes that have not ended. */
async function listProcesses(): Promise<readonly ProcessRow[]> {
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

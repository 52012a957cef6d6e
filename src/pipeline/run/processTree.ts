import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { listProcesses, type ProcessRow } from './processList';
import { MarkedProcesses } from './runMarker';

/**
 * A process that leads its own group, with everything it started: its group, children of children in groups of their
 * own, and what carries its marker wherever it went. Remembers whom it has seen, because the child of a process that
 * has ended belongs to nobody.
 */
export class ProcessTree {
  private members = new Map<number, ProcessRow>();
  private readonly marked: MarkedProcesses;
  /** That of the leader when it was first seen: its number may be somebody else's later. */
  private leaderStart: string | undefined;

  /** @param marker as `markerOf` gives it */
  constructor(
    private readonly leader: number,
    marker: string,
  ) {
    this.marked = new MarkedProcesses(marker);
  }

  /** Sends a signal to every member that is left; false where none is. */
  async signal(signal: NodeJS.Signals): Promise<boolean> {
    const members = await this.readMembers();
    if (process.platform === 'win32') return members.length > 0 && this.endWindowsTree();
    // The group first and at once, so that no member sees the others disappear and starts new ones.
    const isGroup = members.some(({ group }) => group === this.leader);
    if (isGroup) send(-this.leader, signal);
    for (const { pid, group } of members) if (group !== this.leader) send(pid, signal);
    return members.length > 0;
  }

  async isGone(): Promise<boolean> {
    return (await this.readMembers()).length === 0;
  }

  private async readMembers(): Promise<readonly ProcessRow[]> {
    const rows = await listProcesses();
    const found = new Map<number, ProcessRow>();
    const isReused = this.isLeaderReused(rows);
    for (const row of rows) {
      const before = this.members.get(row.pid);
      const isKnown = before !== undefined && before.start === row.start;
      if (isKnown || (!isReused && this.isOfLeader(row))) found.set(row.pid, row);
    }
    for (const row of await this.marked.among(rows)) found.set(row.pid, row);
    const children = new Map<number, ProcessRow[]>();
    for (const row of rows) children.set(row.parent, [...(children.get(row.parent) ?? []), row]);
    for (const [pid] of found) {
      for (const child of children.get(pid) ?? []) found.set(child.pid, child);
    }
    this.members = found;
    return [...found.values()];
  }

  private isOfLeader({ pid, group }: ProcessRow): boolean {
    return pid === this.leader || group === this.leader;
  }

  private isLeaderReused(rows: readonly ProcessRow[]): boolean {
    const start = rows.find(({ pid }) => pid === this.leader)?.start;
    this.leaderStart ??= start;
    return start !== undefined && start !== this.leaderStart;
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

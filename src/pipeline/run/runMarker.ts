import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { slugOf } from '../ledger/logFiles';
import { readProcessStart } from './processIdentity';
import { listProcesses, type ProcessRow } from './processList';

/**
 * The variable that every process of a stage has in its environment: which stage of which run it was started for. A
 * process that has left the tree of its stage (forked twice, a session of its own) still has it. Read only to stop a
 * stage, and to tell whether anything of one goes on whose host and shell were both killed.
 */
export const MARKER_VARIABLE = 'ML_PREFLIGHT_STAGE_RUN';

/** `20260102T030405Z-a1b2c3/train`: one stage in one run, and nothing else on this machine. */
export function markerOf(run: string, stage: string): string {
  return `${run}/${slugOf(stage)}`;
}

/**
 * The processes of this user that carry a marker. On Windows none: it does not tell the environment of a process. A
 * process that has given itself another environment is not known by it.
 */
export class MarkedProcesses {
  /** Those that do not carry it, by number and start. */
  private readonly others = new Set<string>();

  constructor(private readonly marker: string) {}

  async among(rows: readonly ProcessRow[]): Promise<readonly ProcessRow[]> {
    if (process.platform === 'win32') return [];
    if (process.platform === 'linux') return rows.filter((row) => this.isMarked(row));
    const pids = await listMarkedByPs(this.marker);
    return rows.filter(({ pid }) => pids.has(pid) && pid !== process.pid);
  }

  private isMarked({ pid, start }: ProcessRow): boolean {
    const key = `${pid}:${start}`;
    if (pid === process.pid || this.others.has(key)) return false;
    const environment = readEnvironment(pid);
    if (environment?.split('\0').includes(`${MARKER_VARIABLE}=${this.marker}`) === true)
      return true;
    // In the middle of an exec it is empty: that one is asked again.
    if (environment !== '') this.others.add(key);
    return false;
  }
}

/** Undefined for a process of another user. Empty for one that has just ended. */
function readEnvironment(pid: number): string | undefined {
  try {
    if (statSync(`/proc/${pid}`).uid !== process.getuid?.()) return undefined;
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? undefined : '';
  }
}

async function listMarkedByPs(marker: string): Promise<ReadonlySet<number>> {
  const words = ['-E', '-ww', '-x', '-U', String(process.getuid?.()), '-o', 'pid=,command='];
  const run = promisify(execFile)('ps', words, { maxBuffer: 2 ** 28 });
  const { stdout } = await run.catch(() => ({ stdout: '' }));
  return findMarkedLines(stdout, marker);
}

/** @param lines of `ps -E`: the number of a process, its command and its environment, parted by spaces */
export function findMarkedLines(lines: string, marker: string): ReadonlySet<number> {
  const word = `${MARKER_VARIABLE}=${marker}`;
  return new Set(
    lines.split('\n').flatMap((line) => {
      const [pid, ...words] = line.trim().split(' ');
      return words.includes(word) ? [Number(pid)] : [];
    }),
  );
}

/** A process as `isProcessAlive` wants it. */
export interface Survivor {
  readonly pid: number;
  readonly processStart: string | null;
}

/** Markers that nothing carries any more: nothing ever will again. */
const gone = new Set<string>();

/**
 * Something of a stage that goes on although the process that stood for it is gone; undefined where there is nothing.
 * Asks all processes once for each run that has ended.
 */
export async function findSurvivor(run: string, stage: string): Promise<Survivor | undefined> {
  const marker = markerOf(run, stage);
  if (gone.has(marker)) return undefined;
  const marked = new MarkedProcesses(marker);
  // Twice: one that forks and ends meanwhile can hide behind itself.
  for (let look = 0; look < 2; look++) {
    for (const { pid } of await marked.among(await listProcesses())) {
      const processStart = await readProcessStart(pid);
      if (processStart !== null) return { pid, processStart };
    }
  }
  gone.add(marker);
  return undefined;
}

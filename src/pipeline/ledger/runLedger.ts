import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeExit } from '../run/exitReason';
import { LedgerFile, type LedgerEntry } from './ledgerFile';
import type { StartedEvent } from './ledgerEvent';
import { endPath } from './logFiles';
import { isProcessAlive } from '../run/processIdentity';
import type { RecordedRun } from './recordedRun';
import { findSurvivor, type Survivor } from '../run/runMarker';
import { readWrittenEnd } from '../run/stageSupervisor';

/** The runs of a state folder, read again and again at the price of what has been added. */
export class RunLedger {
  private readonly file: LedgerFile;

  constructor(private readonly stateFolder: string) {
    this.file = new LedgerFile(stateFolder);
  }

  /**
   * All recorded runs, oldest first.
   * @throws the file system's error
   */
  async read(): Promise<readonly RecordedRun[]> {
    const entries = await this.file.read();
    return Promise.all(entries.map((entry) => describeRun(this.stateFolder, entry)));
  }

  /** The runs of one stage, oldest first. */
  async readStage(stage: string): Promise<readonly RecordedRun[]> {
    const entries = (await this.file.read()).filter(({ start }) => start.stage === stage);
    return Promise.all(entries.map((entry) => describeRun(this.stateFolder, entry)));
  }
}

/** All recorded runs, oldest first. A ledger that does not exist is empty; lines that cannot be read are left out. */
export function readRuns(stateFolder: string): Promise<readonly RecordedRun[]> {
  return new RunLedger(stateFolder).read();
}

async function describeRun(stateFolder: string, entry: LedgerEntry): Promise<RecordedRun> {
  const { start, end } = entry;
  const { run, stage, time: started, pid, command, cwd, inputs, set, processStart } = start;
  const log = join(stateFolder, start.log);
  const copy = start.copy === undefined ? undefined : join(stateFolder, start.copy);
  const isRecorded = end !== undefined;
  const known = { run, stage, started, log, pid, processStart, command, cwd, inputs, set, copy };
  if (end === undefined)
    return { ...known, isRecorded, ...(await describeOpenEnd(stateFolder, start)) };
  const { status, exitCode, seconds, reason, outputs, lock } = end;
  return { ...known, isRecorded, status, exitCode, seconds, reason, outputs, lock };
}

type End = Pick<
  RecordedRun,
  'status' | 'exitCode' | 'seconds' | 'reason' | 'outputs' | 'unrecorded'
> &
  Partial<Survivor>;

const RUNNING = {
  status: 'running',
  exitCode: undefined,
  seconds: undefined,
  reason: undefined,
  outputs: {},
} as const;

/** A run whose end nobody has recorded: it goes on, its end was written down beside its log, or it is lost. */
async function describeOpenEnd(stateFolder: string, start: StartedEvent): Promise<End> {
  const { pid, time: started } = start;
  const isRunning = pid !== null && (await isProcessAlive(pid, start.processStart));
  if (isRunning) return RUNNING;
  // After it was seen to be gone: it writes its end last.
  const written = await readWrittenEnd(join(stateFolder, endPath(start.log)));
  if (written !== undefined) {
    const { exitCode, time } = written;
    const seconds = Math.max(0, time - started) / 1000;
    const outcome = describeExit(exitCode);
    return {
      ...outcome,
      reason: outcome.reason,
      seconds,
      outputs: {},
      unrecorded: { ended: time },
    };
  }
  const survivor = pid === null ? undefined : await findSurvivor(start.run, start.stage);
  if (survivor !== undefined) return { ...RUNNING, ...survivor };
  const reason = 'its end was never recorded: the program that ran it was stopped';
  const last = await readLastOutput(join(stateFolder, start.log), started);
  const seconds = Math.max(0, last - started) / 1000;
  return { status: 'lost', exitCode: null, seconds, reason, outputs: {} };
}

/** Milliseconds since the epoch. */
async function readLastOutput(log: string, fallback: number): Promise<number> {
  try {
    return (await stat(log)).mtimeMs;
  } catch {
    return fallback;
  }
}

import { mkdir, open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  parseLedgerEvent,
  type FinishedEvent,
  type LedgerEvent,
  type StartedEvent,
} from './ledgerEvent';
import { isProcessAlive } from './processIdentity';
import type { RecordedRun } from './recordedRun';

export function ledgerPath(stateFolder: string): string {
  return join(stateFolder, 'runs.jsonl');
}

/**
 * Adds one event. A single write to a file opened for appending, so that the lines of two windows never mix.
 * @throws the file system's error
 */
export async function appendToLedger(stateFolder: string, event: LedgerEvent): Promise<void> {
  await mkdir(stateFolder, { recursive: true });
  const file = await open(ledgerPath(stateFolder), 'a+');
  try {
    const separator = (await endsInLine(file)) ? '' : '\n';
    await file.write(`${separator}${JSON.stringify(event)}\n`);
  } finally {
    await file.close();
  }
}

/** False after a write that a kill cut short: the next event must not be lost with that one. */
async function endsInLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

/** All recorded runs, oldest first. A ledger that does not exist is empty; lines that cannot be read are left out. */
export async function readRuns(stateFolder: string): Promise<readonly RecordedRun[]> {
  const starts = new Map<string, StartedEvent>();
  const ends = new Map<string, FinishedEvent>();
  for (const line of (await readLedger(stateFolder)).split('\n')) {
    const event = parseLedgerEvent(line);
    if (event === undefined) continue;
    const key = `${event.run}\n${event.stage}`;
    if (event.event === 'started') starts.set(key, event);
    else ends.set(key, event);
  }
  return Promise.all(
    [...starts].map(([key, start]) => describeRun(stateFolder, start, ends.get(key))),
  );
}

async function readLedger(stateFolder: string): Promise<string> {
  try {
    return await readFile(ledgerPath(stateFolder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function describeRun(
  stateFolder: string,
  start: StartedEvent,
  end: FinishedEvent | undefined,
): Promise<RecordedRun> {
  const { run, stage, time: started, pid, command, cwd, inputs } = start;
  const log = join(stateFolder, start.log);
  const known = { run, stage, started, log, pid, command, cwd, inputs };
  if (end !== undefined) {
    const { status, exitCode, seconds, reason, outputs } = end;
    return { ...known, status, exitCode, seconds, reason, outputs };
  }
  if (pid !== null && (await isProcessAlive(pid, start.processStart))) {
    const running = { exitCode: undefined, seconds: undefined, reason: undefined, outputs: {} };
    return { ...known, status: 'running', ...running };
  }
  const reason = 'its end was never recorded: the program that ran it was stopped';
  const seconds = Math.max(0, (await readLastOutput(log, started)) - started) / 1000;
  return { ...known, status: 'lost', exitCode: null, seconds, reason, outputs: {} };
}

/** Milliseconds since the epoch. */
async function readLastOutput(log: string, fallback: number): Promise<number> {
  try {
    return (await stat(log)).mtimeMs;
  } catch {
    return fallback;
  }
}

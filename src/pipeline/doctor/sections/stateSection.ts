import { access, constants, lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatAge, formatNumber, formatSeconds } from '../../../base/format';
import { exists } from '../../environment/readSmallFile';
import type { RecordedRun } from '../../ledger/recordedRun';
import { readRuns } from '../../ledger/runLedger';
import type { DoctorGroup, DoctorLine } from '../doctorReport';

/** After so many files the size is a lower bound: nobody waits for a number. */
const FILES_COUNTED = 20_000;

/** Where runs, logs and caches are kept, and the command that ran last. */
export async function examineState(stateFolder: string, now: number): Promise<DoctorGroup> {
  const lines = [await examineFolder(stateFolder)];
  try {
    const last = (await readRuns(stateFolder)).at(-1);
    lines.push(last === undefined ? NOTHING_RAN : describeLastRun(last, now));
  } catch (error) {
    const value = `the records cannot be read: ${(error as Error).message}`;
    lines.push({ ...NOTHING_RAN, state: 'problem', value });
  }
  return { title: 'Runs', lines };
}

const NOTHING_RAN: DoctorLine = {
  id: 'state.lastRun',
  name: 'last command',
  state: 'information',
  value: 'nothing has run yet',
};

async function examineFolder(folder: string): Promise<DoctorLine> {
  const { bytes, isWhole } = await measureFolder(folder);
  const line = { id: 'state.folder', name: 'state folder', file: folder } as const;
  const facts = { path: folder, bytes };
  if (!(await isWritable(folder))) {
    const fix = `Give yourself the right to write to it: runs and checks are recorded there.`;
    return { ...line, state: 'problem', value: `${folder} cannot be written`, fix, facts };
  }
  const size = `${isWhole ? '' : 'more than '}${formatBytes(bytes)}`;
  return { ...line, state: 'ok', value: `${folder} (${size})`, facts };
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${formatNumber(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${formatNumber(bytes / 1e6)} MB` : `${formatNumber(bytes / 1e9)} GB`;
}

/** Of the folder, or of the nearest one above it that is there, in which it would be made. */
async function isWritable(folder: string): Promise<boolean> {
  let existing = folder;
  while (!(await exists(existing)) && dirname(existing) !== existing) existing = dirname(existing);
  return access(existing, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function measureFolder(
  folder: string,
): Promise<{ readonly bytes: number; readonly isWhole: boolean }> {
  let bytes = 0;
  let counted = 0;
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else
        bytes += await lstat(path).then(
          ({ size }) => size,
          () => 0,
        );
      if (++counted >= FILES_COUNTED) return { bytes, isWhole: false };
    }
  }
  return { bytes, isWhole: true };
}

function describeLastRun(run: RecordedRun, now: number): DoctorLine {
  const { stage, status, started, seconds, exitCode, command, log, reason } = run;
  const took = seconds === undefined ? '' : ` after ${formatSeconds(seconds)}`;
  const code = typeof exitCode === 'number' ? `, exit code ${exitCode}` : '';
  const isBad = status === 'failed' || status === 'lost';
  return {
    id: 'state.lastRun',
    name: 'last command',
    state: isBad ? 'warning' : status === 'succeeded' ? 'ok' : 'information',
    value: `${stage}: ${status}${took}${code}, ${formatAge(started, now)}`,
    notes: [command, ...(reason === undefined ? [] : [reason]), `its log: ${log}`],
    file: log,
    facts: {
      stage,
      command,
      status,
      started,
      seconds: seconds ?? null,
      exitCode: exitCode ?? null,
      log,
    },
  };
}

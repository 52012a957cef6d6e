import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { mapConcurrent } from '../../base/mapConcurrent';

/** What a file of others looked like at one moment: whatever is read of it then is of one content while it stays so. */
export interface FileState {
  /** Absolute. */
  readonly path: string;
  /** Bytes; -1 where there was no such file. */
  readonly size: number;
  readonly mtimeMs: number;
  /** When it was changed in any way, its times too; absent where only size and time were looked at. */
  readonly ctimeMs?: number;
  /** A file that takes another's name is another file. */
  readonly inode?: number;
}

/** The clock of files moves in steps, up to 16 ms: what is written within the same step leaves no trace in the times. */
const CLOCK_STEP_MS = 20;

/** How a file is now, so that every later change of it shows. */
export async function readState(path: string): Promise<FileState> {
  const state = await lookAt(path);
  if (Math.abs(Date.now() - (state.ctimeMs ?? 0)) >= CLOCK_STEP_MS) return state;
  await pause(CLOCK_STEP_MS);
  return lookAt(path);
}

async function lookAt(path: string): Promise<FileState> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return { path, size: -1, mtimeMs: -1, ctimeMs: -1, inode: -1 };
  const { size, mtimeMs, ctimeMs, ino } = found;
  return { path, size, mtimeMs, ctimeMs, inode: ino };
}

/** A file that was changed a moment ago can change again without a trace, where its times are coarse (2 s: FAT, HFS+). */
const SETTLED_MS = 2000;

/** Names the content of a file by its state; empty where that could not be told apart from a change a moment ago. */
export function stateId({ path, size, mtimeMs, ctimeMs = -1, inode = -1 }: FileState): string {
  if (size === -1 || Date.now() - mtimeMs < SETTLED_MS) return '';
  return `file:${path}:${inode}:${size}:${mtimeMs}:${ctimeMs}`;
}

/** Whether a file is still as it was. */
export async function isUnchanged({
  path,
  size,
  mtimeMs,
  ctimeMs,
  inode,
}: FileState): Promise<boolean> {
  const now = await lookAt(path);
  return (
    now.size === size &&
    now.mtimeMs === mtimeMs &&
    (ctimeMs === undefined || now.ctimeMs === ctimeMs) &&
    (inode === undefined || now.inode === inode)
  );
}

const AT_ONCE = 16;

/** The first of some files that is no longer as it was. */
export async function findChangedFile(states: readonly FileState[]): Promise<string | undefined> {
  const unchanged = await mapConcurrent(states, AT_ONCE, isUnchanged);
  return states[unchanged.indexOf(false)]?.path;
}

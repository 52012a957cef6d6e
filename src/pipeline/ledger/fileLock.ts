import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isProcessAlive, readProcessStart } from '../run/processIdentity';

/** Who holds a lock, and since when. */
export interface LockOwner {
  readonly pid: number;
  /** As `readProcessStart` gives it: a later process with the same number is somebody else. */
  readonly start: string | null;
}

/** A lock file is empty between being made and being written; older than this, its maker was killed in between. */
const UNWRITTEN_MILLISECONDS = 5000;

let own: Promise<string | null> | undefined;

/**
 * A file that only one process has made (O_EXCL). The lock of a process that has gone is taken over, so that a kill
 * leaves nothing locked.
 */
export class FileLock {
  private constructor(private readonly path: string) {}

  /**
   * Takes the lock, or tells who has it.
   * @throws the file system's error where no lock can be made
   */
  static async tryAcquire(path: string): Promise<FileLock | LockOwner> {
    await mkdir(dirname(path), { recursive: true });
    for (;;) {
      if (await create(path)) return new FileLock(path);
      const owner = await readOwner(path);
      if (owner === undefined) continue;
      if (owner.pid === 0 || (await isProcessAlive(owner.pid, owner.start))) return owner;
      await removeStale(path);
    }
  }

  /** Waits for it, for what is held for moments only. */
  static async acquire(path: string): Promise<FileLock> {
    for (;;) {
      const lock = await FileLock.tryAcquire(path);
      if (lock instanceof FileLock) return lock;
      await setTimeout(3);
    }
  }

  async release(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      own ??= readProcessStart(process.pid);
      const owner: LockOwner = { pid: process.pid, start: await own };
      await file.writeFile(JSON.stringify(owner));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // Without its owner in it, it would look held.
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') await rm(path, { force: true });
    throw error;
  }
}

/** Undefined where it has been released meanwhile; process 0 where its maker has not written it yet. */
async function readOwner(path: string): Promise<LockOwner | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    const owner = parseOwner(await readFile(path, 'utf8'));
    if (owner !== undefined) return owner;
    const isNew = Date.now() - mtimeMs < UNWRITTEN_MILLISECONDS;
    return { pid: isNew ? 0 : -1, start: 'never written' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const { pid, start } = JSON.parse(text) as Partial<LockOwner>;
    if (typeof pid !== 'number' || pid <= 0) return undefined;
    return { pid, start: typeof start === 'string' ? start : null };
  } catch {
    return undefined;
  }
}

/**
 * Removes the lock of a process that has gone. Two that do so at once must not remove the lock that one of them has
 * made meanwhile: only one may look and remove, and it looks again.
 */
async function removeStale(path: string): Promise<void> {
  const guard = `${path}.stale`;
  if (!(await create(guard))) {
    const age = Date.now() - ((await stat(guard).catch(() => undefined))?.mtimeMs ?? Date.now());
    // Killed within that moment.
    if (age > UNWRITTEN_MILLISECONDS) await rm(guard, { force: true });
    await setTimeout(3);
    return;
  }
  try {
    const owner = await readOwner(path);
    const isHeld =
      owner === undefined || owner.pid === 0 || (await isProcessAlive(owner.pid, owner.start));
    if (!isHeld) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

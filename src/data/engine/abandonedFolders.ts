import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the name of an engine's own temporary folder begins with; its process's id follows. */
export const FOLDER_NAME = 'ml-preflight-engine-';

const OLD_MS = 24 * 3600 * 1000;

/**
 * Removes the folders of engines that were killed together with their hosts, so that nobody was left to do it: they may
 * hold as much as the data. Only this user's, and only after a day, since a process of another container is not seen.
 */
export function removeAbandoned(): void {
  const pattern = new RegExp(`^${FOLDER_NAME}(\\d+)-`);
  for (const name of namesIn(tmpdir())) {
    const pid = Number(pattern.exec(name)?.[1] ?? process.pid);
    const path = join(tmpdir(), name);
    if (pid === process.pid || isRunning(pid) || !isOldAndOurs(path)) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // It costs space and nothing else.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function isOldAndOurs(path: string): boolean {
  try {
    const { uid, mtimeMs } = lstatSync(path);
    return (
      Date.now() - mtimeMs > OLD_MS && (process.getuid === undefined || process.getuid() === uid)
    );
  } catch {
    return false;
  }
}

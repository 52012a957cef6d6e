import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pruneFolder } from '../../base/pruneFolder';

/** Copies of data that came out of git: kept so that the next check need not write them again, within bounds. */
const BOUNDS = { mostBytes: 2 * 1024 ** 3, mostFiles: 64 };

export function contentFolder(stateFolder: string): string {
  return join(stateFolder, 'content');
}

/** Marks a copy as used now; false where there is none. */
export async function touchContent(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

/** Removes the copies that were not used for longest until the rest is within the bounds. */
export function pruneContent(stateFolder: string): Promise<void> {
  return pruneFolder(contentFolder(stateFolder), BOUNDS);
}

import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies of data that came out of git: kept so that the next check need not write them again, within bounds. */
const MOST_BYTES = 2 * 1024 ** 3;
const MOST_FILES = 64;
/** Younger copies may be in use by another check. */
const IN_USE_MS = 10 * 60 * 1000;

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
export async function pruneContent(stateFolder: string): Promise<void> {
  const folder = contentFolder(stateFolder);
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(names.map((name) => describeFile(join(folder, name))));
  const newestFirst = files.flat().sort((a, b) => b.usedAt - a.usedAt);
  let bytes = 0;
  for (const [index, file] of newestFirst.entries()) {
    bytes += file.size;
    const isTooMuch = bytes > MOST_BYTES || index >= MOST_FILES || file.path.endsWith('.tmp');
    if (isTooMuch && Date.now() - file.usedAt > IN_USE_MS) await rm(file.path, { force: true });
  }
}

async function describeFile(path: string) {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? [] : [{ path, size: found.size, usedAt: found.mtimeMs }];
}

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderBounds {
  readonly mostBytes: number;
  readonly mostFiles: number;
}

/** Younger files may be in use by another process. */
const IN_USE_MS = 10 * 60 * 1000;

/** Removes the files of a cache that were not used for longest (by their time) until the rest is within the bounds. */
export async function pruneFolder(
  folder: string,
  { mostBytes, mostFiles }: FolderBounds,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(names.map((name) => describeFile(join(folder, name))));
  const newestFirst = files.flat().sort((a, b) => b.usedAt - a.usedAt);
  let bytes = 0;
  for (const [index, file] of newestFirst.entries()) {
    bytes += file.size;
    const isTooMuch = bytes > mostBytes || index >= mostFiles || file.path.endsWith('.tmp');
    if (isTooMuch && Date.now() - file.usedAt > IN_USE_MS) await rm(file.path, { force: true });
  }
}

async function describeFile(path: string) {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? [{ path, size: found.size, usedAt: found.mtimeMs }] : [];
}

import { open, readdir, stat } from 'node:fs/promises';

/** Configuration of tools is never larger; what is, is not configuration. */
const LARGEST = 2_000_000;

/** The text of a small file; undefined where it is missing, unreadable or large. */
export async function readSmallFile(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const found = await file.stat();
      if (!found.isFile() || found.size > LARGEST) return undefined;
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** The names in a folder, sorted; none where it cannot be read. */
export async function listFolder(path: string): Promise<readonly string[]> {
  return readdir(path).then(
    (names) => names.sort(),
    () => [],
  );
}

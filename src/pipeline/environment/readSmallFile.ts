import { open, readdir, stat } from 'node:fs/promises';
import { parse as parseToml } from 'smol-toml';

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

export type Table = Readonly<Record<string, unknown>>;

/** A TOML file; undefined where it is missing or no TOML. */
export async function readToml(path: string): Promise<Table | undefined> {
  const text = await readSmallFile(path);
  if (text === undefined) return undefined;
  try {
    return parseToml(text);
  } catch {
    return undefined;
  }
}

/** What is at a way of keys; undefined where one of them is missing. */
export function valueAt(table: unknown, ...keys: readonly string[]): unknown {
  let value = table;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Table)[key];
  }
  return value;
}

export function textAt(table: unknown, ...keys: readonly string[]): string | undefined {
  const value = valueAt(table, ...keys);
  return typeof value === 'string' && value !== '' ? value : undefined;
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

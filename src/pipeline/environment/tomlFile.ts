import { parse as parseToml } from 'smol-toml';
import { readSmallFile } from './readSmallFile';

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

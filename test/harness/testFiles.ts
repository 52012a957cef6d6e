import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The test files under a folder, absolute and in a stable order; none where the folder does not exist. */
export function listTestFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .sort()
    .map((path) => join(folder, path));
}

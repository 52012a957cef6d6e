import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const remaining = new Set<string>();
process.once('exit', () => {
  for (const folder of remaining) rmSync(folder, { recursive: true, force: true });
});

/** A fresh folder for as long as this process lives, at most. */
export function makeTemporaryFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `ml-preflight-${what}-`));
  remaining.add(folder);
  return folder;
}

/** Removes a temporary folder before the end. */
export async function removeTemporaryFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  remaining.delete(folder);
}

/** Lets a signal end this process as `process.exit` does, so that what it started and made goes with it. */
export function endOnSignals(): void {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
}

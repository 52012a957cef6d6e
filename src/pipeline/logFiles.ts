import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = 'logs';
const LONGEST_SLUG = 60;
/** A stage's log can be as large as it likes; this many of each are kept. */
const LOGS_KEPT = 10;

/** Where the output of a stage in a run goes, relative to the state folder: safe on every file system, unique. */
export function logPath(run: string, stage: string): string {
  return `${FOLDER}/${run}-${slugOf(stage)}.log`;
}

function slugOf(stage: string): string {
  const slug = stage.replace(/[^\w.@-]+/g, '-').slice(0, LONGEST_SLUG);
  if (slug === stage) return slug;
  return `${slug}-${createHash('sha256').update(stage).digest('hex').slice(0, 8)}`;
}

/**
 * Makes room for one more log of a stage: removes all but the newest, which sort last because runs are named by their
 * time.
 */
export async function prepareLogs(stateFolder: string, stage: string): Promise<void> {
  const folder = join(stateFolder, FOLDER);
  await mkdir(folder, { recursive: true });
  const ending = `-${slugOf(stage)}.log`;
  const run = /^\d{8}T\d{6}Z-[0-9a-f]+$/;
  const logs = (await readdir(folder)).filter(
    (name) => name.endsWith(ending) && run.test(name.slice(0, -ending.length)),
  );
  for (const name of logs.sort().slice(0, 1 - LOGS_KEPT)) {
    await rm(join(folder, name), { force: true });
  }
}

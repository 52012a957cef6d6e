import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = 'logs';
const LONGEST_SLUG = 60;
/** This many logs of each stage are kept. */
const LOGS_KEPT = 10;
/** A stage's log can be as large as it likes while it runs; afterwards, of a larger one, its start and its end stay. */
const LARGEST_LOG = 64 * 2 ** 20;
const START_KEPT = 16 * 2 ** 20;
const PIECE_BYTES = 2 ** 20;

/** Where the output of a stage in a run goes, relative to the state folder: safe on every file system, unique. */
export function logPath(run: string, stage: string): string {
  return `${FOLDER}/${run}-${slugOf(stage)}.log`;
}

/** Where the exit code of that run goes, for the case that nobody is left to see it. */
export function endPath(log: string): string {
  return log.replace(/\.log$/, '.end');
}

/** The file that says who is in charge of a stage, relative to the state folder. */
export function stageLockPath(stage: string): string {
  return `locks/stage-${slugOf(stage)}.lock`;
}

/** The same for what several stages must not do at once. */
export function exclusiveLockPath(key: string): string {
  return `locks/exclusive-${slugOf(key)}.lock`;
}

export function slugOf(stage: string): string {
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
    await rm(join(folder, endPath(name)), { force: true });
  }
}

/**
 * Cuts out the middle of a log that is larger than 64 MiB: 16 MiB of the start and 48 MiB of the end stay. A stage may
 * have removed it.
 * @throws the file system's error
 */
export async function trimLog(log: string): Promise<void> {
  const size = await sizeOf(log);
  if (size <= LARGEST_LOG) return;
  const temporary = `${log}.tmp`;
  const [from, to] = [await open(log), await open(temporary, 'w')];
  try {
    await copyBytes(from, to, 0, START_KEPT);
    const end = size - (LARGEST_LOG - START_KEPT);
    await to.writeFile(`\n[${end - START_KEPT} bytes of the output were left out here]\n`);
    await copyBytes(from, to, end, size);
  } finally {
    await from.close();
    await to.close();
  }
  await rename(temporary, log);
}

async function sizeOf(log: string): Promise<number> {
  try {
    return (await stat(log)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function copyBytes(from: FileHandle, to: FileHandle, start: number, end: number) {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  for (let position = start; position < end;) {
    const length = Math.min(PIECE_BYTES, end - position);
    const { bytesRead } = await from.read(buffer, 0, length, position);
    if (bytesRead === 0) return;
    await to.writeFile(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isSkippedFolder } from '../../project/files/skippedFolders';
import { liveFormatOf } from './liveFormats';
import type { LiveLog, LiveMetric, LiveParser } from './liveMetric';

/** Folders are looked through for new logs this seldom, known logs at every reading. */
const SEARCH_EVERY_MS = 5000;
const DEEPEST = 6;
/** A data folder of a million files is not looked through: logs are near the top. */
const MOST_ENTRIES = 5000;
/** More than the names of the columns of a CSV file. */
const HEAD_BYTES = 4096;
/** What is read of a log at once; the rest at the next reading. */
const MOST_BYTES = 8 * 1024 * 1024;

interface WatchedLog {
  readonly path: string;
  parser: LiveParser;
  /** Bytes that the parser has been given. */
  offset: number;
  changed: number;
  inode: number;
  /** What the file began with: a log that was written anew begins with other columns. */
  head: Buffer;
}

/**
 * The logs that a training writes while it runs, found below a folder and read as far as they go. It has no timer: a host
 * reads as often as it shows something. Files that cannot be read are left out.
 */
export class TrainingWatch {
  private readonly logs = new Map<string, WatchedLog>();
  private searched = Number.NEGATIVE_INFINITY;
  private reading: Promise<LiveLog> | undefined;

  /**
   * @param folder absolute; logs lie in it or below
   * @param since milliseconds since the epoch; what has not changed since then belongs to an earlier training
   */
  constructor(
    private readonly folder: string,
    private readonly since: number,
  ) {}

  /** The newest value of every metric; of two logs with the same metric, that of the newer one. */
  read(): Promise<LiveLog> {
    // A log that two readings go through at once would be given to its parser twice.
    this.reading ??= this.readAll().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readAll(): Promise<LiveLog> {
    if (performance.now() - this.searched >= SEARCH_EVERY_MS) {
      this.searched = performance.now();
      await this.search();
    }
    await Promise.all([...this.logs.values()].map(readOn));
    const logs = [...this.logs.values()].sort((a, b) => a.changed - b.changed);
    const metrics = new Map<string, LiveMetric>();
    for (const { parser } of logs) {
      for (const [name, metric] of parser.log.metrics) metrics.set(name, metric);
    }
    const progress = logs.findLast(({ parser }) => parser.log.progress !== undefined)?.parser.log
      .progress;
    return { metrics, ...(progress === undefined ? {} : { progress }) };
  }

  private async search(): Promise<void> {
    let left = MOST_ENTRIES;
    let folders = [''];
    for (let depth = 0; depth < DEEPEST && folders.length > 0; depth += 1) {
      const next: string[] = [];
      for (const folder of folders) {
        const entries = await readdir(join(this.folder, folder), { withFileTypes: true }).catch(
          () => [],
        );
        left -= entries.length;
        if (left < 0) return;
        for (const entry of entries) {
          const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
          if (entry.isFile()) await this.add(path);
          else if (entry.isDirectory() && !isSkippedFolder(folder, entry.name)) next.push(path);
        }
      }
      folders = next;
    }
  }

  private async add(path: string): Promise<void> {
    const format = this.logs.has(path) ? undefined : liveFormatOf(path);
    if (format === undefined) return;
    const found = await stat(join(this.folder, path)).catch(() => undefined);
    if (found === undefined || found.mtimeMs < this.since) return;
    this.logs.set(path, {
      path: join(this.folder, path),
      parser: format.open(path),
      offset: 0,
      changed: 0,
      inode: found.ino,
      head: Buffer.alloc(0),
    });
  }
}

async function readOn(log: WatchedLog): Promise<void> {
  const found = await stat(log.path).catch(() => undefined);
  if (found === undefined || (found.mtimeMs === log.changed && found.size === log.offset)) return;
  log.changed = found.mtimeMs;
  const file = await open(log.path).catch(() => undefined);
  if (file === undefined) return;
  try {
    const isShorter = found.ino !== log.inode || found.size < log.offset;
    if (log.parser.reads === 'whole' || isShorter || (await hasAnotherHead(file, log))) {
      log.offset = 0;
      log.inode = found.ino;
      log.parser = liveFormatOf(log.path.replaceAll('\\', '/'))?.open(log.path) ?? log.parser;
    }
    const length = Math.min(found.size - log.offset, MOST_BYTES);
    const bytes = await readFrom(file, log.offset, length);
    if (log.offset === 0) log.head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
    log.offset += bytes.length;
    log.parser.push(bytes);
  } finally {
    await file.close();
  }
}

/** Lightning writes its CSV file anew, and longer, when a metric comes for the first time. */
async function hasAnotherHead(file: FileHandle, { head }: WatchedLog): Promise<boolean> {
  return head.length > 0 && !(await readFrom(file, 0, head.length)).equals(head);
}

async function readFrom(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

import { lstatSync, statSync, type BigIntStats } from 'node:fs';
import { join, resolve } from 'node:path';

/** What Snakemake looks at of a file; times in nanoseconds. */
export interface FileTime {
  readonly isFolder: boolean;
  /** Bytes. */
  readonly size: bigint;
  /** When it changed, or the link to it. */
  readonly changed: bigint;
  /** When it changed, or what it links to. */
  readonly contentChanged: bigint;
}

/** The times of files, each looked at once. Source: `_IOFile.mtime_uncached` in snakemake/io/__init__.py. */
export class FileTimes {
  private readonly known = new Map<string, FileTime | undefined>();

  /** @param folder absolute, the one that paths are relative to */
  constructor(private readonly folder: string) {}

  absolute(path: string): string {
    return resolve(this.folder, path);
  }

  /** Undefined where there is nothing, or a link to nothing. */
  of(path: string): FileTime | undefined {
    if (!this.known.has(path)) this.known.set(path, readTime(this.absolute(path)));
    return this.known.get(path);
  }

  exists(path: string): boolean {
    return this.of(path) !== undefined;
  }
}

function readTime(path: string): FileTime | undefined {
  const own = stat(path, lstatSync);
  if (own === undefined) return undefined;
  const target = own.isSymbolicLink() ? stat(path, statSync) : own;
  if (target === undefined) return undefined;
  const isFolder = target.isDirectory();
  // Snakemake marks folders that it made with the time of the end of the job.
  const mark = isFolder ? stat(join(path, '.snakemake_timestamp'), statSync)?.mtimeNs : undefined;
  const content = mark ?? target.mtimeNs;
  const changed = own.isSymbolicLink() ? own.mtimeNs : content;
  return {
    isFolder,
    size: target.size,
    changed,
    contentChanged: content > changed ? content : changed,
  };
}

function stat(
  path: string,
  read: (path: string, options: { bigint: true; throwIfNoEntry: false }) => BigIntStats | undefined,
): BigIntStats | undefined {
  try {
    return read(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    throw error;
  }
}

import { statSync, type Stats } from 'node:fs';

/** What a folder looked like when its digest was computed. */
export interface TreeSnapshot {
  /** The folders in it, itself included, and then all files. Absolute. */
  readonly paths: readonly string[];
  /** Of each path, see `stampPaths`. */
  readonly stamps: Float64Array;
  readonly digest: string;
}

/** Size, time of the content, time of the entry (milliseconds with fractions, to a quarter of a microsecond), inode. */
const FIELDS = 4;
/** A process that lives long does not keep everything that it has ever seen. */
const MOST_SNAPSHOTS = 64;
const MOST_PATHS = 2_000_000;

/**
 * Digests of folders that have not changed since, which the stamps of all files tell, and those of all folders: the time
 * of a folder is another one when a name comes or goes. To look at them costs one system call for each path, and nothing
 * else. They live as long as the process.
 */
class TreeSnapshots {
  private readonly snapshots = new Map<string, TreeSnapshot>();

  /** The digest of a folder that is as it was; `key` says which folder, hashed how. */
  find(key: string): string | undefined {
    const known = this.snapshots.get(key);
    return known !== undefined && isAsItWas(known) ? known.digest : undefined;
  }

  keep(key: string, snapshot: TreeSnapshot): void {
    this.snapshots.delete(key);
    this.snapshots.set(key, snapshot);
    let [count, paths] = [0, 0];
    for (const [other, { stamps }] of [...this.snapshots].reverse()) {
      count += 1;
      paths += stamps.length / FIELDS;
      if (count > MOST_SNAPSHOTS || paths > MOST_PATHS) this.snapshots.delete(other);
    }
  }
}

export const treeSnapshots = new TreeSnapshots();

/**
 * The stamps of paths, four numbers each; undefined where one is gone, or changed so lately that it may change again
 * without looking different.
 */
export function stampPaths(
  paths: readonly string[],
  settledMilliseconds: number,
): Float64Array | undefined {
  const settled = Date.now() - settledMilliseconds;
  const stamps = new Float64Array(paths.length * FIELDS);
  for (let at = 0; at < paths.length; at += 1) {
    const stats = statPath(paths[at] ?? '');
    if (stats === undefined || stats.mtimeMs > settled || stats.ctimeMs > settled) return undefined;
    stamps.set([stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino], at * FIELDS);
  }
  return stamps;
}

export function isSameStamp(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

function isAsItWas({ paths, stamps }: TreeSnapshot): boolean {
  for (let at = 0; at < paths.length; at += 1) {
    const stats = statPath(paths[at] ?? '');
    if (stats === undefined || !hasStamp(stats, stamps, at * FIELDS)) return false;
  }
  return true;
}

function hasStamp(stats: Stats, stamps: Float64Array, at: number): boolean {
  return (
    stamps[at] === stats.size &&
    stamps[at + 1] === stats.mtimeMs &&
    stamps[at + 2] === stats.ctimeMs &&
    stamps[at + 3] === stats.ino
  );
}

function statPath(path: string): Stats | undefined {
  try {
    return statSync(path, NOT_THERE);
  } catch {
    return undefined;
  }
}

const NOT_THERE = { throwIfNoEntry: false } as const;

import { statSync, type BigIntStats } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../base/atomicWrite';

export type HashAlgorithm = 'md5' | 'md5-dos2unix' | 'sha256';

/** Digests by algorithm of a file that looked like `stamp`. */
interface Entry {
  readonly stamp: string;
  readonly digests: { [algorithm in HashAlgorithm]?: string };
}

/** A file that changed less than this ago may change again without looking different (2 s: FAT, HFS+). */
const SETTLED_MILLISECONDS = 2000;

/**
 * Digests of files that have not changed since they were hashed, which size, times and inode tell (as git's index
 * does). Kept in the state folder; losing it costs time, nothing else.
 */
export class HashCache {
  private changed = false;
  private readonly used = new Set<string>();
  /** Absolute, each with a slash behind it. */
  private readonly usedFolders: string[] = [];

  private constructor(
    private readonly path: string,
    private readonly entries: Map<string, Entry>,
    readonly settledMilliseconds: number,
  ) {}

  /** @param settledMilliseconds how old a file's last change must be for its digest to be remembered */
  static async load(
    stateFolder: string,
    settledMilliseconds = SETTLED_MILLISECONDS,
  ): Promise<HashCache> {
    const path = join(stateFolder, 'hashes.json');
    return new HashCache(path, await loadEntries(path), settledMilliseconds);
  }

  get(path: string, stats: BigIntStats, algorithm: HashAlgorithm): string | undefined {
    this.used.add(path);
    const entry = this.entries.get(path);
    return entry?.stamp === stampOf(stats) ? entry.digests[algorithm] : undefined;
  }

  /** Files that have only just changed are not remembered. */
  set(path: string, stats: BigIntStats, algorithm: HashAlgorithm, digest: string): void {
    const newest = stats.mtimeNs > stats.ctimeNs ? stats.mtimeNs : stats.ctimeNs;
    if (Date.now() - Number(newest / 1_000_000n) < this.settledMilliseconds) return;
    const stamp = stampOf(stats);
    const known = this.entries.get(path);
    const digests = known?.stamp === stamp ? known.digests : {};
    this.entries.set(path, { stamp, digests: { ...digests, [algorithm]: digest } });
    this.changed = true;
  }

  /** Drops files that nothing has asked for in this session: after the status of all stages, they are gone. */
  forgetUnused(): void {
    if (!this.changed) return;
    for (const path of this.entries.keys()) {
      const isUsed =
        this.used.has(path) || this.usedFolders.some((folder) => path.startsWith(folder));
      if (!isUsed) this.entries.delete(path);
    }
  }

  /** All files of a folder count as asked for. */
  useFolder(folder: string): void {
    this.usedFolders.push(`${folder}/`);
  }

  /** Writes what was added; a state folder that cannot be written is no reason to fail. */
  async save(): Promise<void> {
    if (!this.changed) return;
    this.changed = false;
    const text = JSON.stringify(Object.fromEntries(this.entries));
    await writeFileAtomically(this.path, text).catch(() => undefined);
    loaded.set(this.path, { stamp: fileStamp(this.path), entries: this.entries });
  }
}

export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return `${size}.${mtimeNs}.${ctimeNs}.${ino}`;
}

/** What this process has read or written last: a cache of many files is long to read. */
const loaded = new Map<
  string,
  { readonly stamp: string | undefined; readonly entries: Map<string, Entry> }
>();

async function loadEntries(path: string): Promise<Map<string, Entry>> {
  const stamp = fileStamp(path);
  const known = loaded.get(path);
  if (known !== undefined && stamp !== undefined && known.stamp === stamp) return known.entries;
  const entries = await readEntries(path);
  loaded.set(path, { stamp, entries });
  return entries;
}

function fileStamp(path: string): string | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? undefined : stampOf(stats);
  } catch {
    return undefined;
  }
}

async function readEntries(path: string): Promise<Map<string, Entry>> {
  try {
    const entries: unknown = JSON.parse(await readFile(path, 'utf8'));
    return new Map(Object.entries(entries as object).filter((entry) => isEntry(entry[1])));
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Entry> | null;
  return typeof entry?.stamp === 'string' && typeof entry.digests === 'object';
}

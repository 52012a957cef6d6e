import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isInside } from '../../git/paths';
import type { Repository } from '../../git/repository';

/** A content hash as DVC's cache files it. */
export interface DvcHash {
  readonly md5: string;
  readonly isFolder: boolean;
  readonly isLegacy: boolean;
  readonly size?: number;
}

/**
 * The cache folders in which the content of a project may be: that of its DVC repository, and, in a linked work tree,
 * that of the main one, since DVC's cache is not committed. Content is filed by its hash, so that any will do.
 */
export async function findDvcCaches(
  root: string,
  repository: Repository | undefined,
): Promise<readonly string[]> {
  const top = repository?.root ?? root;
  const roots: string[] = [];
  for (let folder = root; isInside(top, folder); folder = dirname(folder)) {
    if (existsSync(join(folder, '.dvc'))) roots.push(folder);
    if (folder === dirname(folder)) break;
  }
  const main = repository === undefined ? top : mainWorkTree(repository);
  const twins = roots.map((folder) => join(main, folder.slice(top.length)));
  const caches = await Promise.all([...roots, ...twins].map(cacheOf));
  return [...new Set(caches)];
}

function mainWorkTree({ root, commonDir }: Repository): string {
  return basename(commonDir) === '.git' ? dirname(commonDir) : root;
}

/** `cache.dir` of `.dvc/config.local`, else of `.dvc/config`, relative to the file; else `.dvc/cache`. */
async function cacheOf(root: string): Promise<string> {
  for (const name of ['config.local', 'config']) {
    const text = await readFile(join(root, '.dvc', name), 'utf8').catch(() => '');
    const section = /^\s*\[\s*cache\s*\]\s*$([^[]*)/m.exec(text)?.[1] ?? '';
    const folder = /^\s*dir\s*=\s*(.+?)\s*$/m.exec(section)?.[1];
    if (folder !== undefined) return resolve(root, '.dvc', folder);
  }
  return join(root, '.dvc', 'cache');
}

/** The cached file of a hash; undefined where no cache has it, or has something of another size. */
export async function findInDvcCache(
  caches: readonly string[],
  hash: DvcHash,
): Promise<string | undefined> {
  const name = `${hash.md5.slice(2)}${hash.isFolder ? '.dir' : ''}`;
  for (const cache of caches) {
    const layout = hash.isLegacy ? cache : join(cache, 'files', 'md5');
    const path = join(layout, hash.md5.slice(0, 2), name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    // The size of a folder's entry is that of its files together.
    if (hash.isFolder || hash.size === undefined || hash.size === found.size) return path;
  }
  return undefined;
}

/** Whether a file has this MD5, whatever its name and times say; false where it cannot be read. */
export async function hasMd5(path: string, { md5, size }: DvcHash): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true || (size !== undefined && size !== found.size)) return false;
  const hash = createHash('md5');
  return pipeline(createReadStream(path), hash).then(
    () => hash.digest('hex') === md5,
    () => false,
  );
}

export interface FolderEntry {
  readonly path: string;
  readonly md5: string;
}

/** The files of a tracked folder, from its listing in the cache; undefined where that is no such listing. */
export async function readDvcFolder(listing: string): Promise<readonly FolderEntry[] | undefined> {
  try {
    const entries = JSON.parse(await readFile(listing, 'utf8')) as unknown;
    if (!Array.isArray(entries)) return undefined;
    return (entries as { md5?: unknown; relpath?: unknown }[]).map(({ md5, relpath }) => {
      if (!/^[0-9a-f]{32}$/.test(String(md5)) || typeof relpath !== 'string')
        throw new Error('odd');
      return { path: relpath, md5: String(md5) };
    });
  } catch {
    return undefined;
  }
}

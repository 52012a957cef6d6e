import { createHash } from 'node:crypto';
import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { breathe } from './breathe';
import { hashFile, statFile } from './contentHash';
import type { HashAlgorithm, HashCache } from './hashCache';
import { isSameStamp, stampPaths, treeSnapshots } from './treeSnapshots';

/** What to leave out of a folder: `path` is absolute, with forward slashes. */
export type Ignores = (path: string, isFolder: boolean) => boolean;

/** The files of a folder, and what of it tells later whether it is still the same. */
interface TreeListing {
  /** Relative to the folder. */
  readonly files: readonly string[];
  /** Undefined where something was left out as a whole, or is a link: then times do not tell. */
  readonly folders: readonly string[] | undefined;
}

/** A file in a folder and its digest. */
export interface TreeEntry {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly digest: string;
}

/**
 * The files of a folder and of the folders in it, relative, in no particular order. Links to files count as files;
 * links to folders are not followed, so that loops do no harm.
 * @throws the file system's error for a folder that cannot be read
 */
export async function listTree(folder: string, ignores: Ignores): Promise<readonly string[]> {
  return (await listWhole(folder, ignores)).files;
}

async function listWhole(folder: string, ignores: Ignores): Promise<TreeListing> {
  const files: string[] = [];
  const folders: string[] = [];
  let isPlain = true;
  const open = [''];
  for (const prefix of open) {
    await breathe();
    const entries = readdirSync(join(folder, prefix), { withFileTypes: true });
    folders.push(join(folder, prefix));
    for (const entry of entries) {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      const absolute = `${folder}/${path}`;
      if (ignores(absolute, entry.isDirectory())) {
        isPlain &&= !entry.isDirectory();
        continue;
      }
      isPlain &&= !entry.isSymbolicLink();
      if (entry.isDirectory()) open.push(path);
      else if (isRegularFile(entry, absolute)) files.push(path);
    }
  }
  return { files, folders: isPlain ? folders : undefined };
}

function isRegularFile(entry: Dirent, path: string): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && statFile(path)?.isDirectory() !== true);
}

/**
 * The digest of a folder's content: of the names and digests of its files, as DVC writes them into a `.dir` object
 * (dvc_data/hashfile/tree.py), with the ending `.dir`.
 * @param rules says what `ignores` leaves out: other rules, another text. Undefined: the digest is not remembered.
 * @throws the file system's error for what cannot be read, and for links to nothing
 */
export async function hashTree(
  folder: string,
  algorithm: HashAlgorithm,
  cache: HashCache,
  ignores: Ignores,
  rules?: string,
): Promise<string> {
  const key = `${algorithm}\n${folder}\n${rules}`;
  const known = rules === undefined ? undefined : treeSnapshots.find(key);
  if (known !== undefined) {
    cache.useFolder(folder);
    return known;
  }
  const { files, folders } = await listWhole(folder, ignores);
  const paths = [...(folders ?? []), ...files.map((path) => `${folder}/${path}`)];
  // Before the hashing and after it: what changes meanwhile is not remembered.
  const isKept = rules !== undefined && folders !== undefined;
  const before = isKept ? stampPaths(paths, cache.settledMilliseconds) : undefined;
  const entries: TreeEntry[] = [];
  for (const path of files) {
    const digest = await hashFile(`${folder}/${path}`, algorithm, cache);
    if (digest === null) throw missingFile(join(folder, path));
    entries.push({ path, digest });
  }
  const digest = digestTree(entries, algorithm);
  if (before !== undefined) {
    const after = stampPaths(paths, cache.settledMilliseconds);
    if (after !== undefined && isSameStamp(before, after)) {
      treeSnapshots.keep(key, { paths, stamps: before, digest });
    }
  }
  return digest;
}

/** As the file system says it, because it is the file system's error: a link to nothing, a file gone meanwhile. */
function missingFile(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: 'ENOENT' });
}

/** The JSON is Python's: sorted by code point, ", " and ": " between, only ASCII. */
export function digestTree(entries: readonly TreeEntry[], algorithm: HashAlgorithm): string {
  const sorted = [...entries].sort((a, b) => compareCodePoints(a.path, b.path));
  const items = sorted.map(
    ({ path, digest }) => `{"md5": "${digest}", "relpath": ${asciiJson(path)}}`,
  );
  const hash = createHash(algorithm === 'sha256' ? 'sha256' : 'md5');
  return `${hash.update(`[${items.join(', ')}]`).digest('hex')}.dir`;
}

/** Order of Python's strings; JavaScript's own compares UTF-16 units, which differs outside the first plane. */
function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

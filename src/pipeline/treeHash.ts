import { createHash } from 'node:crypto';
import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { breathe } from './breathe';
import { hashFile, statFile } from './contentHash';
import type { HashAlgorithm, HashCache } from './hashCache';

/** What to leave out of a folder: `path` is absolute, with forward slashes. */
export type Ignores = (path: string, isFolder: boolean) => boolean;

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
  const files: string[] = [];
  const open = [''];
  for (const prefix of open) {
    await breathe();
    for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      const absolute = `${folder}/${path}`;
      if (ignores(absolute, entry.isDirectory())) continue;
      if (entry.isDirectory()) open.push(path);
      else if (isRegularFile(entry, absolute)) files.push(path);
    }
  }
  return files;
}

function isRegularFile(entry: Dirent, path: string): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && statFile(path)?.isDirectory() !== true);
}

/**
 * The digest of a folder's content: of the names and digests of its files, as DVC writes them into a `.dir` object
 * (dvc_data/hashfile/tree.py), with the ending `.dir`.
 * @throws the file system's error for what cannot be read, and for links to nothing
 */
export async function hashTree(
  folder: string,
  algorithm: HashAlgorithm,
  cache: HashCache,
  ignores: Ignores,
): Promise<string> {
  const entries: TreeEntry[] = [];
  for (const path of await listTree(folder, ignores)) {
    const digest = await hashFile(`${folder}/${path}`, algorithm, cache);
    if (digest === null) throw missingFile(join(folder, path));
    entries.push({ path, digest });
  }
  return digestTree(entries, algorithm);
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

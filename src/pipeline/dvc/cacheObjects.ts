import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { breathe } from '../hashing/breathe';
import { hashFile, statFile } from '../hashing/contentHash';
import type { HashCache } from '../hashing/hashCache';
import { isSameStamp, stampPaths } from '../hashing/treeSnapshots';
import type { LockedPath } from './dvcLock';
import type { DvcRepository } from './dvcRepository';

/** Which objects DVC's cache holds, for one reading of the status. */
export class CacheObjects {
  private readonly names = new Map<string, ReadonlySet<string>>();

  /** Lists the object's folder: for many objects of one output, that takes less time than to ask for each. */
  has(folder: string, object: string): boolean {
    const place = join(folder, object.slice(0, 2));
    const known = this.names.get(place) ?? listNames(place);
    this.names.set(place, known);
    return known.has(object.slice(2));
  }
}

function listNames(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
}

/**
 * Whether DVC's cache holds an output: its object, and for a folder that of every file in it. As in DVC, an object
 * that may be written to is looked at for damage; those of the files in a folder are not.
 */
export async function isInCache(
  repository: DvcRepository,
  { digest, algorithm }: LockedPath,
  objects: CacheObjects,
  hashes: HashCache,
): Promise<boolean> {
  if (digest === undefined) return false;
  const folder =
    algorithm === 'md5' ? join(repository.cacheFolder, 'files', 'md5') : repository.cacheFolder;
  const path = join(folder, digest.slice(0, 2), digest.slice(2));
  const stats = statFile(path);
  if (stats === undefined) return false;
  const isProtected = (Number(stats.mode) & 0o777) === PROTECTED;
  if (!isProtected && digest.slice(0, 32) !== (await hashFile(path, algorithm, hashes)))
    return false;
  if (!digest.endsWith('.dir')) return true;
  const tree = readTreeObject(path);
  return tree === undefined || hasAll(tree, folder, objects);
}

/** The mode of an object that DVC has closed. */
const PROTECTED = 0o444;

/** Nothing has come or gone since all were there, where the folders of the objects are as they were. */
async function hasAll(tree: TreeObject, folder: string, objects: CacheObjects): Promise<boolean> {
  const stamps = stampPaths(tree.folders, SETTLED_MILLISECONDS);
  if (stamps !== undefined && tree.whole !== undefined && isSameStamp(stamps, tree.whole))
    return true;
  for (const object of tree.objects) {
    await breathe();
    if (!objects.has(folder, object)) return false;
  }
  tree.whole = stamps;
  return true;
}

/** A `.dir` object of DVC's cache. Its name is the digest of what it says: it never changes. */
interface TreeObject {
  readonly objects: readonly string[];
  /** The folders that these objects are in, absolute. */
  readonly folders: readonly string[];
  /** What those looked like when they had all of the objects. */
  whole: Float64Array | undefined;
}

const trees = new Map<string, TreeObject>();
const MOST_TREES = 100;
/** As for the digests of files: a folder that has just changed may change again without looking different. */
const SETTLED_MILLISECONDS = 2000;

/** Undefined where it is damaged. */
function readTreeObject(path: string): TreeObject | undefined {
  const known = trees.get(path);
  if (known !== undefined) return known;
  try {
    const entries: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const objects = (entries as readonly { readonly md5: string }[]).map(({ md5 }) => md5);
    const cache = dirname(dirname(path));
    const prefixes = [...new Set(objects.map((object) => object.slice(0, 2)))];
    const folders = prefixes.map((prefix) => join(cache, prefix));
    const tree: TreeObject = { objects, folders, whole: undefined };
    if (trees.size >= MOST_TREES) trees.clear();
    trees.set(path, tree);
    return tree;
  } catch {
    return undefined;
  }
}

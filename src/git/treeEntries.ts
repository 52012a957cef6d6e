import { ok, type Result } from '../base/result';
import { nulSeparated } from './nulSeparated';
import type { Repository } from './repository';
import { runGit } from './runGit';

/** One file of the index or of a commit. Submodules are left out. */
export interface TreeEntry {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  /** The blob's hash. */
  readonly oid: string;
  /** Octal: `100644`, `100755` (executable), `120000` (symbolic link). */
  readonly mode: string;
  /** Bytes; known for commits only. */
  readonly size?: number;
}

const SUBMODULE = '160000';

const REGULAR_STAGE = /^(\d+) ([0-9a-f]+) 0\t(.+)$/s;
const COMMIT_ENTRY = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.+)$/s;

/**
 * What the index would commit, sorted by path. Files with unresolved conflicts, and files only announced by
 * `git add --intent-to-add`, are left out: git would not commit them.
 */
export async function listIndex(repository: Repository): Promise<Result<readonly TreeEntry[]>> {
  const listed = await runGit(repository.root, ['ls-files', '--stage', '-z']);
  if (!listed.ok) return listed;
  const entries = nulSeparated(listed.value).flatMap((record): TreeEntry[] => {
    const [, mode, oid, path] = REGULAR_STAGE.exec(record) ?? [];
    if (mode === undefined || oid === undefined || path === undefined) return [];
    return mode === SUBMODULE ? [] : [{ path, oid, mode }];
  });
  if (!entries.some((entry) => isEmptyBlob(entry.oid))) return ok(entries);
  const announced = await listAnnounced(repository);
  if (!announced.ok) return announced;
  return ok(entries.filter((entry) => !announced.value.has(entry.path)));
}

const EMPTY_BLOBS: ReadonlySet<string> = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

function isEmptyBlob(oid: string): boolean {
  return EMPTY_BLOBS.has(oid);
}

/** CE_INTENT_TO_ADD of git's read-cache.h; only `--debug` shows it without reading the work tree. */
const INTENT_TO_ADD = 0x2000_0000;

/** Paths of `git add --intent-to-add`, which the listing of the index does not tell from staged empty files. */
export async function listAnnounced(repository: Repository): Promise<Result<ReadonlySet<string>>> {
  const listed = await runGit(repository.root, ['ls-files', '--debug', '-z']);
  if (!listed.ok) return listed;
  const paths = new Set<string>();
  const record = /([^\0]+)\0 {2}ctime: .*?flags: ([0-9a-f]+)\n/gsy;
  for (const [, path = '', flags = ''] of listed.value.toString('utf8').matchAll(record))
    if ((Number.parseInt(flags, 16) & INTENT_TO_ADD) !== 0) paths.add(path);
  return ok(paths);
}

/** The files of a commit (a full hash), sorted by path; with `paths` only these files and folders. */
export async function listCommit(
  repository: Repository,
  commit: string,
  paths: readonly string[] = [],
): Promise<Result<readonly TreeEntry[]>> {
  const args = ['ls-tree', '-r', '-z', '--long', '--full-tree', commit, '--', ...paths];
  const listed = await runGit(repository.root, args);
  if (!listed.ok) return listed;
  return ok(
    nulSeparated(listed.value).flatMap((record): TreeEntry[] => {
      const [, mode, oid, size, path] = COMMIT_ENTRY.exec(record) ?? [];
      if (mode === undefined || oid === undefined || path === undefined) return [];
      return mode === SUBMODULE ? [] : [{ path, oid, mode, size: Number(size) }];
    }),
  );
}

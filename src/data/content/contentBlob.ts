import { existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import type { ObjectReader } from '../../git/objectReader';
import type { Repository } from '../../git/repository';
import { runGit } from '../../git/runGit';
import type { TreeEntry } from '../../git/treeEntries';
import { extensionOf } from '../../project/files/paths';
import { contentFolder, touchContent } from './contentFolder';
import { readState, type FileState } from './fileState';

/** A file that holds content, and a name for the content that changes with every byte. */
export interface LocatedFile {
  /** Absolute. */
  readonly path: string;
  readonly contentId: string;
  /** How the file was when its content was told, where others can change it; to be looked at again after reading. */
  readonly state?: FileState;
}

export interface BlobContext {
  readonly repository: Repository;
  readonly reader: ObjectReader;
  readonly stateFolder: string;
}

/** From this size on, a work-tree file with the same content spares the copy. */
const WORTH_HASHING = 32 * 1024 * 1024;

/**
 * A file with the content of a blob: the one in the work tree where it is large and git hashes its bytes to the same
 * name, else a copy in the state folder. Of a Git LFS pointer, the file that it points at. `file` is for problems.
 */
export async function locateBlob(
  entry: TreeEntry,
  file: string,
  context: BlobContext,
): Promise<Result<LocatedFile>> {
  const contentId = `git:${entry.oid}`;
  const checkedOut = join(context.repository.root, entry.path);
  const state = await holdBlob(checkedOut, entry.oid, context.repository);
  if (state !== undefined) return ok({ path: checkedOut, contentId, state });
  const name = `${entry.oid}${safeExtension(entry.path)}`;
  const copy = join(contentFolder(context.stateFolder), name);
  if (!(await touchContent(copy))) {
    const written = await context.reader.writeBlobTo(entry.oid, copy);
    if (!written.ok) return failed({ ...written.problem, file });
  }
  return resolvePointer({ path: copy, contentId }, file, context.repository);
}

/**
 * The state in which a file holds a blob; undefined where it does not. Not by time and size, which git may have been told to
 * ignore, but by the bytes without any filter.
 */
async function holdBlob(
  path: string,
  oid: string,
  repository: Repository,
): Promise<FileState | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true || found.size < WORTH_HASHING) return undefined;
  // Before its bytes are read: a change while they are hashed shows, too.
  const state = await readState(path);
  const hashed = await runGit(repository.root, ['hash-object', '--no-filters', '--', path]);
  return hashed.ok && hashed.value.toString('utf8').trim() === oid ? state : undefined;
}

/** Readers go by the extension; nothing else of the name is taken over. */
function safeExtension(path: string): string {
  return /^\.[a-z0-9]{1,10}$/.exec(extensionOf(path))?.[0] ?? '';
}

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n/;
const LARGEST_POINTER = 1024;

/** The file that a Git LFS pointer stands for; any other file as it is. Problem `content-not-here`. */
export async function resolvePointer(
  located: LocatedFile,
  file: string,
  repository: Repository | undefined,
): Promise<Result<LocatedFile>> {
  const oid = POINTER.exec(await readStart(located.path))?.[1];
  if (oid === undefined) return ok(located);
  const parts = ['lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid];
  const path = repository === undefined ? undefined : join(repository.commonDir, ...parts);
  if (path !== undefined && existsSync(path))
    return ok({ path, contentId: `lfs:${oid}`, state: await readState(path) });
  return failed(
    missingContent(file, 'is a Git LFS pointer, and its content is not here', 'git lfs pull'),
  );
}

async function readStart(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.size > LARGEST_POINTER) return '';
  const handle = await open(path).catch(() => undefined);
  if (handle === undefined) return '';
  try {
    return await handle.readFile('latin1');
  } finally {
    await handle.close();
  }
}

export function missingContent(file: string, what: string, command: string): Problem {
  return { code: 'content-not-here', message: `It ${what}.`, file, fix: `Run \`${command}\`.` };
}

import { readFile, readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { isEnvironment, isSkippedFolder } from './skippedFolders';
import type { ProjectFiles } from './projectFiles';

/** What detection reads is written by people; anything larger is data. */
const LARGEST_TEXT = 5 * 1024 * 1024;

/**
 * The files of a folder as they are now. Links to folders are not followed, so that there are no loops; links to
 * files count as files (DVC links its outputs). Folders that cannot be read are left out.
 * Problem `folder-missing`. Throws the signal's reason when aborted.
 */
export async function openWorktreeFiles(
  folder: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Result<ProjectFiles>> {
  const root = resolve(folder);
  const status = await stat(root).catch(() => undefined);
  if (status?.isDirectory() !== true) {
    return failed({ code: 'folder-missing', message: `There is no folder ${root}.` });
  }
  const paths: string[] = [];
  await listFolder(root, '', paths, options.signal);
  // By code units, as git sorts, and not by locale: the same on every machine.
  paths.sort();
  return ok({ root, paths, readText: (path) => readProjectText(root, path) });
}

async function listFolder(
  root: string,
  folder: string,
  paths: string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  if (folder !== '' && isEnvironment(namesOf(entries))) return;
  const pending: Promise<void>[] = [];
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory()) {
      if (!isSkippedFolder(folder, entry.name)) {
        pending.push(listFolder(root, path, paths, signal));
      }
    } else if (entry.isSymbolicLink()) pending.push(addLinkedFile(root, path, paths));
  }
  await Promise.all(pending);
}

function* namesOf(entries: readonly Dirent[]): Iterable<string> {
  for (const entry of entries) yield entry.name;
}

async function addLinkedFile(root: string, path: string, paths: string[]): Promise<void> {
  const target = await stat(join(root, path)).catch(() => undefined);
  if (target?.isFile() === true) paths.push(path);
}

async function readProjectText(root: string, path: string): Promise<Result<string>> {
  if (!isInside(path)) return failed(missing(path, 'lies outside the project'));
  try {
    const status = await stat(join(root, path));
    if (!status.isFile()) return failed(missing(path, 'is not a file'));
    if (status.size > LARGEST_TEXT) {
      return failed({
        code: 'file-too-large',
        message: `${path} has ${status.size} bytes; at most ${LARGEST_TEXT} are read.`,
        file: path,
      });
    }
    return ok(decodeText(await readFile(join(root, path))));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return failed(missing(path, 'does not exist'));
    return failed({
      code: 'file-unreadable',
      message: `${path} cannot be read: ${message}.`,
      file: path,
    });
  }
}

/** UTF-8 without its byte order mark; bytes that are no UTF-8 become replacement characters. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function isInside(path: string): boolean {
  const normal = posix.normalize(path);
  return !posix.isAbsolute(normal) && normal !== '..' && !normal.startsWith('../');
}

function missing(path: string, what: string): Problem {
  return { code: 'file-missing', message: `${path} ${what}.`, file: path };
}

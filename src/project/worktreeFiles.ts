import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { Breather } from './breather';
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
  if (!isFolder(root)) {
    return failed({ code: 'folder-missing', message: `There is no folder ${root}.` });
  }
  const breather = new Breather();
  const paths = await listFiles(root, breather, options.signal);
  return ok({
    root,
    paths,
    readText: async (path) => {
      await breather.breathe();
      return readProjectText(root, path);
    },
  });
}

// Folders and texts are read synchronously, because going through the thread pool takes several times as long.

async function listFiles(
  root: string,
  breather: Breather,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const paths: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const breath = breather.breathe();
    if (breath !== undefined) await breath;
    signal?.throwIfAborted();
    listFolder(root, folder, paths, folders);
  }
  // By code units, as git sorts, and not by locale: the same on every machine.
  return paths.sort();
}

/** Adds the files that directly lie in a folder to `paths`, and the folders to go into to `folders`. */
function listFolder(root: string, folder: string, paths: string[], folders: string[]): void {
  const entries = readFolder(join(root, folder));
  if (folder !== '' && isEnvironment(namesOf(entries))) return;
  const beginning = folder === '' ? '' : `${folder}/`;
  for (const entry of entries) {
    const path = beginning + entry.name;
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory()) {
      if (!isSkippedFolder(folder, entry.name)) folders.push(path);
    } else if (entry.isSymbolicLink() && isFile(join(root, path))) paths.push(path);
  }
}

/** Nothing where it may not be read, or is gone by now. */
function readFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function* namesOf(entries: readonly Dirent[]): Iterable<string> {
  for (const entry of entries) yield entry.name;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Whether a link leads to a file: not into nothing, nor round and round. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function readProjectText(root: string, path: string): Result<string> {
  if (!isInside(path)) return failed(missing(path, 'lies outside the project'));
  try {
    return readTextFile(join(root, path), path);
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

/** @throws the file system's error. */
function readTextFile(file: string, path: string): Result<string> {
  // A pipe would never end, so what is no file is not opened.
  const status = statSync(file);
  if (!status.isFile()) return failed(missing(path, 'is not a file'));
  if (status.size <= LARGEST_TEXT) return ok(decodeText(readFileSync(file)));
  return failed({
    code: 'file-too-large',
    message: `${path} has ${status.size} bytes; at most ${LARGEST_TEXT} are read.`,
    file: path,
  });
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

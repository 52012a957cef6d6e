import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { Breather } from '../../base/breather';
import { isEnvironment, isSkippedFolder, isTemplateFolder } from './skippedFolders';
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
    readText: async (path, largest = LARGEST_TEXT) => {
      await breather.breathe();
      return readProjectText(root, path, largest);
    },
  });
}

// Folders and texts are read synchronously, because going through the thread pool takes several times as long.

/** In the order of code units, as git sorts, and not of a locale: the same on every machine. */
async function listFiles(
  root: string,
  breather: Breather,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  signal?.throwIfAborted();
  const paths: string[] = [];
  // What is still to be listed, the next one last; folders end in a slash.
  const pending = listFolder(root, '');
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!next.endsWith('/')) {
      paths.push(next);
      continue;
    }
    const breath = breather.breathe();
    if (breath !== undefined) await breath;
    signal?.throwIfAborted();
    for (const path of listFolder(root, next)) pending.push(path);
  }
  return paths;
}

/** What is in a folder (`` or `a/b/`), last first: a folder's place among files is that of its name with a slash. */
function listFolder(root: string, folder: string): string[] {
  const entries = readFolder(join(root, folder));
  if (folder !== '' && isEnvironment(namesOf(entries))) return [];
  const parent = folder.slice(0, -1);
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isFile()) names.push(entry.name);
    else if (entry.isDirectory()) {
      if (!isSkippedFolder(parent, entry.name) && !isTemplateFolder(entry.name))
        names.push(`${entry.name}/`);
    } else if (entry.isSymbolicLink() && isFile(join(root, folder, entry.name))) {
      names.push(entry.name);
    }
  }
  return names
    .sort()
    .reverse()
    .map((name) => folder + name);
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

function readProjectText(root: string, path: string, largest: number): Result<string> {
  if (!isInside(path)) return failed(missing(path, 'lies outside the project'));
  try {
    return readTextFile(join(root, path), path, largest);
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
function readTextFile(file: string, path: string, largest: number): Result<string> {
  // A pipe would never end, so what is no file is not opened.
  const status = statSync(file);
  if (!status.isFile()) return failed(missing(path, 'is not a file'));
  if (status.size <= largest) return ok(decodeText(readFileSync(file)));
  return failed({
    code: 'file-too-large',
    message: `${path} has ${status.size} bytes; at most ${largest} are read.`,
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

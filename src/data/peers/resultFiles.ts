import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../base/result';
import { runGit } from '../../git/runGit';
import { isGlob, matchesGlob } from '../../project/files/globMatch';
import { decodeText, openWorktreeFiles } from '../../project/files/worktreeFiles';
import type { LocateContext } from '../content/contentAt';
import type { FileState } from '../content/fileState';
import { LARGEST_RESULT, tooLarge } from './readPeerResults';
import { runPath } from './resultRuns';

/** A file of another tool, by its path from the project's root. */
export interface ResultFile {
  readonly file: string;
  /** Of a file that is not git's. */
  readonly state?: FileState;
  read(): Promise<Result<string>>;
}

export interface FoundResults {
  readonly files: readonly ResultFile[];
  /** Paths and globs that mean no file. */
  readonly missing: readonly string[];
  /** Files and folders outside git's store that this rests on: in a folder whose time changes may be new results. */
  readonly foreign: readonly FileState[];
}

/**
 * The files that paths and globs mean at a source. What git ignores is never staged, and yet is the result for what is
 * (`gx/uncommitted`): it is taken from the work tree where the index has nothing. A commit has only what it has.
 */
export async function findResultFiles(
  patterns: readonly string[],
  context: LocateContext,
): Promise<FoundResults> {
  const { files, source } = context.source;
  const found = new Map<string, ResultFile>();
  const foreign: FileState[] = [];
  const missing: string[] = [];
  for (const pattern of patterns) {
    const listed = files.paths.filter((path) => matchesGlob(path, pattern));
    const own = source === 'worktree' ? [] : listed.map((path) => ofGit(path, context));
    const others =
      source === 'worktree'
        ? listed
        : source === 'index' && own.length === 0
          ? await ignoredFiles(pattern, context)
          : [];
    const states = await Promise.all(others.map((path) => stateOf(files.root, path)));
    const local = others.map((path, index) => ofFolder(files.root, path, states[index]));
    for (const each of newestOfEach([...own, ...local])) found.set(each.file, each);
    if (own.length + local.length === 0) missing.push(pattern);
    if (own.length === 0)
      foreign.push(...states, ...(await foldersOf(files.root, pattern, others)));
  }
  return { files: [...found.values()], missing, foreign };
}

/** Of files that are runs of the same check, at most so many are read: the newest. */
const MOST_RUNS = 20;

function newestOfEach(files: readonly ResultFile[]): readonly ResultFile[] {
  const runs = new Map<string, ResultFile[]>();
  for (const each of files) {
    const known = runs.get(runPath(each.file));
    if (known === undefined) runs.set(runPath(each.file), [each]);
    else known.push(each);
  }
  // Dates in names sort as they follow each other.
  return [...runs.values()].flatMap((each) =>
    each
      .sort(
        (a, b) => (a.state?.mtimeMs ?? 0) - (b.state?.mtimeMs ?? 0) || (a.file < b.file ? -1 : 1),
      )
      .slice(-MOST_RUNS),
  );
}

async function ignoredFiles(
  pattern: string,
  { source: { files }, repository }: LocateContext,
): Promise<readonly string[]> {
  const listed = await openWorktreeFiles(files.root);
  if (!listed.ok || repository === undefined) return [];
  const paths = listed.value.paths.filter((path) => matchesGlob(path, pattern));
  if (paths.length === 0) return [];
  // It fails where it ignores none of them.
  const ignored = await runGit(files.root, ['check-ignore', '-z', '--stdin'], {
    input: paths.map((path) => `${path}\0`).join(''),
  });
  return ignored.ok
    ? ignored.value
        .toString('utf8')
        .split('\0')
        .filter((path) => path !== '')
    : [];
}

function ofGit(file: string, { source, reader }: LocateContext): ResultFile {
  return {
    file,
    read: async () => {
      const oid = source.blobs.get(file)?.oid;
      if (oid === undefined || reader === undefined) return source.files.readText(file);
      const content = await reader.read(oid);
      if (!content.ok) {
        const isLarge = content.problem.code === 'object-too-large';
        return failed(isLarge ? tooLarge(file) : { ...content.problem, file });
      }
      return ok(decodeText(content.value ?? new Uint8Array()));
    },
  };
}

function ofFolder(root: string, file: string, state: FileState | undefined): ResultFile {
  return {
    file,
    ...(state === undefined ? {} : { state }),
    read: async () => {
      const size = state?.size ?? 0;
      if (size > LARGEST_RESULT) return failed(tooLarge(file, size));
      try {
        return ok(decodeText(await readFile(join(root, file))));
      } catch (error) {
        const message = `It cannot be read: ${(error as Error).message}.`;
        return failed({ code: 'file-unreadable', message, file });
      }
    },
  };
}

/** The folder that a pattern begins with, and those on the way to its files: a new run is a new entry in one of them. */
async function foldersOf(
  root: string,
  pattern: string,
  files: readonly string[],
): Promise<readonly FileState[]> {
  if (!isGlob(pattern)) return files.length > 0 ? [] : [await stateOf(root, pattern)];
  const literal = pattern.slice(0, pattern.search(/[*?[{]/));
  const first = literal.slice(0, Math.max(0, literal.lastIndexOf('/')));
  const folders = new Set([first]);
  for (const file of files) {
    for (
      let end = file.lastIndexOf('/');
      end > first.length;
      end = file.lastIndexOf('/', end - 1)
    ) {
      folders.add(file.slice(0, end));
    }
  }
  return Promise.all([...folders].map((folder) => stateOf(root, folder)));
}

async function stateOf(root: string, path: string): Promise<FileState> {
  const absolute = join(root, path);
  const found = await stat(absolute).catch(() => undefined);
  return { path: absolute, size: found?.size ?? -1, mtimeMs: found?.mtimeMs ?? -1 };
}

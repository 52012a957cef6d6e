import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodeUnits } from '../../base/canonicalJson';
import { failed, ok, type Result } from '../../base/result';
import type { ObjectReader } from '../../git/objectReader';
import type { Repository } from '../../git/repository';
import { isFileOfDataset, pathWithinDataset } from '../../project/classify/datasetFiles';
import { splitMember } from '../../project/classify/memberPath';
import { isGlob } from '../../project/files/globMatch';
import type { Dataset } from '../../project/project';
import { folderOf, resolvePath } from '../../project/files/paths';
import { locateBlob, missingContent, resolvePointer, type LocatedFile } from './contentBlob';
import { findInDvcCache, hasMd5, readDvcFolder, type DvcHash } from './contentDvcCache';
import type { DvcOutput, DvcOutputs } from './contentDvcOutputs';
import type { SourceFiles } from './contentSource';
import { readState, stateId, type FileState } from './fileState';

/** The content of a dataset at one source. */
export interface LocatedContent {
  /** Absolute, sorted by their paths in the project. */
  readonly files: readonly string[];
  /** Their paths in the project, in their order: a file itself may be a copy that is named by its content. */
  readonly names: readonly string[];
  /** Names the content of all files; absent where it could not be told apart from a change a moment ago. */
  readonly contentId?: string;
  /** Names the content of each file, in their order; absent where `contentId` is. */
  readonly fileIds?: readonly string[];
  /** Those of the files that others can change, as they were. */
  readonly foreign: readonly FileState[];
}

export interface LocateContext {
  readonly source: SourceFiles;
  /** Of the same source; empty for the work tree, where a file is what it is. */
  readonly dvc: DvcOutputs;
  readonly caches: readonly string[];
  readonly repository: Repository | undefined;
  readonly reader: ObjectReader | undefined;
  readonly stateFolder: string;
}

/**
 * Where the content of a dataset's path (a file, a folder or a glob) is; undefined where neither the folder, git nor DVC has it
 * at this source. Problem `content-not-here` where it is recorded, but not on this machine, with the command that gets
 * it; a lock file that cannot be read is a problem too, with its line.
 */
export async function locateContent(
  dataset: DatasetPlace,
  context: LocateContext,
): Promise<Result<LocatedContent | undefined>> {
  const located =
    context.source.source === 'worktree'
      ? await locateInWorkTree(dataset, context)
      : await locateRecorded(dataset, context);
  if (!located.ok) return located;
  return ok(located.value.length === 0 ? undefined : joinFiles(located.value, dataset));
}

type DatasetPlace = Pick<Dataset, 'path' | 'format'>;

/** With its path in the project. */
type NamedFile = LocatedFile & { readonly name: string };

async function locateInWorkTree(
  dataset: DatasetPlace,
  { source, repository }: LocateContext,
): Promise<Result<readonly NamedFile[]>> {
  const located: NamedFile[] = [];
  for (const match of await matchingFiles(source, dataset)) {
    const full = join(source.files.root, match);
    const state = await readState(full);
    const file = { path: full, contentId: stateId(state), state };
    const resolved = await resolvePointer(file, match, repository);
    if (!resolved.ok) return resolved;
    located.push({ ...resolved.value, name: match });
  }
  return ok(located);
}

/** A path without wildcards may lead through a linked folder, which is not listed. */
async function matchingFiles(
  { files }: SourceFiles,
  dataset: DatasetPlace,
): Promise<readonly string[]> {
  const path = splitMember(dataset.path).file;
  const listed = () => files.paths.filter((candidate) => isFileOfDataset(candidate, dataset));
  if (isGlob(path)) return listed();
  const inside = resolvePath('.', path);
  const found = await stat(join(files.root, inside ?? '')).catch(() => undefined);
  if (inside === undefined || found === undefined) return [];
  return found.isFile() ? [inside] : listed();
}

async function locateRecorded(
  dataset: DatasetPlace,
  context: LocateContext,
): Promise<Result<readonly NamedFile[]>> {
  const { source, repository, reader, stateFolder, dvc } = context;
  const found = new Map<string, LocatedFile>();
  for (const [name, entry] of matchingBlobs(source, dataset)) {
    if (repository === undefined || reader === undefined || entry.mode === '120000') continue;
    const located = await locateBlob(entry, name, { repository, reader, stateFolder });
    if (!located.ok) return located;
    found.set(name, located.value);
  }
  for (const output of dvc.outputs) {
    // What git has is git's, also where a lock file records it (`cache: false`).
    const located = await locateOutput(output, dataset, context, new Set(found.keys()));
    if (!located.ok) return located;
    for (const [name, file] of located.value) found.set(name, file);
  }
  const unread = dvc.problems[0];
  // What cannot be read may be what records this dataset.
  if (found.size === 0 && unread !== undefined) return failed(unread);
  const names = [...found.keys()].sort(compareCodeUnits);
  return ok(
    names.flatMap((name) => {
      const file = found.get(name);
      return file === undefined ? [] : [{ ...file, name }];
    }),
  );
}

function matchingBlobs({ blobs }: SourceFiles, dataset: DatasetPlace) {
  const path = splitMember(dataset.path).file;
  const entry = isGlob(path) ? undefined : blobs.get(path);
  if (entry !== undefined) return [[path, entry] as const];
  return [...blobs].filter(([name]) => isFileOfDataset(name, dataset));
}

/** The files of an output that a path means: the output itself, or files in a tracked folder; not the known ones. */
async function locateOutput(
  output: DvcOutput,
  dataset: DatasetPlace,
  context: LocateContext,
  known: ReadonlySet<string>,
): Promise<Result<ReadonlyMap<string, LocatedFile>>> {
  if (!output.isFolder) {
    if (known.has(output.path) || !isFileOfDataset(output.path, dataset)) return ok(new Map());
    const located = await locateHash(output, output.path, output, context);
    return located.ok ? ok(new Map([[output.path, located.value]])) : located;
  }
  if (!mayLieIn(output.path, splitMember(dataset.path).file)) return ok(new Map());
  const listing = await findInDvcCache(context.caches, output);
  const entries = listing === undefined ? undefined : await readDvcFolder(listing);
  if (entries === undefined) return failed(notHere(output, output.path));
  const found = new Map<string, LocatedFile>();
  for (const entry of entries) {
    const name = resolvePath(output.path, entry.path);
    if (name === undefined || known.has(name) || !isFileOfDataset(name, dataset)) continue;
    const hash = { md5: entry.md5, isFolder: false, isLegacy: output.isLegacy };
    const located = await locateHash(hash, name, output, context);
    if (!located.ok) return located;
    found.set(name, located.value);
  }
  return ok(found);
}

/** Whether a path or glob can mean something in a folder, judged by what stands before the first wildcard. */
function mayLieIn(folder: string, path: string): boolean {
  if (!isGlob(path))
    return path === folder || path.startsWith(`${folder}/`) || folder.startsWith(`${path}/`);
  const literal = path.slice(0, path.search(/[*?[{]/));
  return `${folder}/`.startsWith(literal) || literal.startsWith(`${folder}/`);
}

async function locateHash(
  hash: DvcHash,
  path: string,
  output: DvcOutput,
  { caches, source }: LocateContext,
): Promise<Result<LocatedFile>> {
  const contentId = `md5:${hash.md5}`;
  const cached = await findInDvcCache(caches, hash);
  if (cached !== undefined) return ok({ path: cached, contentId, state: await readState(cached) });
  const checkedOut = join(source.files.root, path);
  // Before its bytes are read: a change while they are hashed shows, too.
  const state = await readState(checkedOut);
  if (await hasMd5(checkedOut, hash)) return ok({ path: checkedOut, contentId, state });
  return failed(notHere(output, path));
}

function notHere(output: DvcOutput, path: string) {
  const what = `records ${path} with the MD5 ${output.md5}, and that content is not on this machine`;
  return { ...missingContent(output.file, what, output.command), line: output.line };
}

function joinFiles(located: readonly NamedFile[], dataset: DatasetPlace): LocatedContent {
  const files = located.map(({ path }) => path);
  const names = located.map(({ name }) => name);
  const foreign = located.flatMap(({ state }) => state ?? []);
  const ids = located.map((file) => idOf(file, dataset));
  if (ids.includes('')) return { files, names, foreign };
  const [only] = ids;
  const joined = createHash('sha256').update(ids.join('\n')).digest('hex');
  const contentId = ids.length === 1 && only !== undefined ? only : joined;
  return { files, names, contentId, fileIds: ids, foreign };
}

/** What is read of a file also depends on the table that is meant, and on the folders that name partitions or classes. */
function idOf({ contentId, name }: NamedFile, dataset: DatasetPlace): string {
  if (contentId === '') return '';
  const { member } = splitMember(dataset.path);
  const folder = folderOf(pathWithinDataset(name, dataset));
  const speaks = dataset.format === 'images' || folder.includes('=');
  return [contentId, ...(speaks ? [folder] : []), ...(member === undefined ? [] : [member])].join(
    '::',
  );
}

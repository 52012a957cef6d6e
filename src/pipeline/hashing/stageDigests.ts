import { join } from 'node:path';
import { isGlob, matchesGlob } from '../../project/files/globMatch';
import { folderOf } from '../../project/files/paths';
import type { Stage } from '../../project/project';
import { isSkippedFolder } from '../../project/files/skippedFolders';
import { hashFile, statFile } from './contentHash';
import type { HashCache } from './hashCache';
import type { RecordedDigests, RecordedInputs } from '../ledger/ledgerEvent';
import { dottedParameterAt, readParameterFile } from '../parameters/parameterValues';
import { pathsOverlap, splitPath } from '../graph/pathsOverlap';
import { splitParameter } from '../graph/stageGraph';
import { digestTree, hashTree, listTree, type Ignores } from './treeHash';

/** The content that a stage reads, as it is now. */
export async function digestInputs(
  stage: Stage,
  root: string,
  hashes: HashCache,
): Promise<RecordedInputs> {
  const { values, files } = await readParameters(stage, root);
  const paths = [...stage.dependencies.filter((path) => !isInPlace(stage, path)), ...files];
  return {
    command: stage.command,
    dependencies: await digestPaths(paths, stage, root, hashes),
    parameters: values,
  };
}

/** The content that a stage writes, as it is now: outputs, metrics, and dependencies that it changes in place. */
export async function digestOutputs(
  stage: Stage,
  root: string,
  hashes: HashCache,
): Promise<RecordedDigests> {
  const inPlace = stage.dependencies.filter((path) => isInPlace(stage, path));
  const paths = [...stage.outputs, ...stage.metrics, ...inPlace];
  return digestPaths(paths, { ...stage, outputs: [], metrics: [] }, root, hashes);
}

/** Whether a dependency is, or lies in, what the stage itself writes. */
function isInPlace(stage: Stage, dependency: string): boolean {
  const depth = splitPath(dependency).length;
  return [...stage.outputs, ...stage.metrics].some(
    (output) => splitPath(output).length <= depth && pathsOverlap(output, dependency),
  );
}

/** The values of single parameters, and the files that count as a whole. */
async function readParameters(stage: Stage, root: string) {
  const values: Record<string, unknown> = {};
  const files: string[] = [];
  for (const parameter of stage.parameters) {
    const { file, key } = splitParameter(parameter);
    const read = key === undefined ? undefined : await readParameterFile(root, file);
    if (key === undefined || read?.ok !== true) files.push(file);
    else values[parameter] = dottedParameterAt(read.value, key);
  }
  // The ledger is JSON; what it cannot hold must not look like a change.
  return { values: JSON.parse(JSON.stringify(values)) as Readonly<typeof values>, files };
}

/** Stands for the digest of what is there but cannot be read; never the same as any content. */
export const UNREADABLE = 'unreadable';

async function digestPaths(
  paths: readonly string[],
  stage: Stage,
  root: string,
  hashes: HashCache,
): Promise<RecordedDigests> {
  const digests: Record<string, string | null> = {};
  const ignores = ignoresOf(stage, root);
  for (const path of paths) {
    // What cannot be read must not keep the stage from running.
    digests[path] = await digestPath(path, root, hashes, ignores).catch(asUnreadable);
  }
  return digests;
}

function asUnreadable(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  return UNREADABLE;
}

async function digestPath(
  path: string,
  root: string,
  hashes: HashCache,
  ignores: Ignores,
): Promise<string | null> {
  const absolute = join(root, path);
  if (statFile(absolute)?.isDirectory() === true) {
    return hashTree(absolute, 'sha256', hashes, ignores);
  }
  const digest = await hashFile(absolute, 'sha256', hashes);
  return digest === null && isGlob(path) ? digestGlob(path, root, hashes, ignores) : digest;
}

async function digestGlob(
  glob: string,
  root: string,
  hashes: HashCache,
  ignores: Ignores,
): Promise<string | null> {
  const parts = splitPath(glob);
  const fixed = parts.slice(0, parts.findIndex(isGlob)).join('/');
  const folder = join(root, fixed);
  if (statFile(folder)?.isDirectory() !== true) return null;
  const entries = [];
  for (const name of await listTree(folder, ignores)) {
    const path = fixed === '' ? name : `${fixed}/${name}`;
    const digest = matchesGlob(path, glob)
      ? await hashFile(join(root, path), 'sha256', hashes)
      : null;
    if (digest !== null) entries.push({ path, digest });
  }
  return entries.length === 0 ? null : digestTree(entries, 'sha256');
}

/** Folders that are nobody's content, and what the stage itself writes into a folder that it reads. */
function ignoresOf(stage: Stage, root: string): Ignores {
  const written = [...stage.outputs, ...stage.metrics];
  const prefix = `${root.replaceAll('\\', '/')}/`;
  return (path, isFolder) => {
    const relative = path.replaceAll('\\', '/').slice(prefix.length);
    const parent = folderOf(relative);
    const name = relative.slice(relative.lastIndexOf('/') + 1);
    if (isFolder && isSkippedFolder(parent === '.' ? '' : parent, name)) return true;
    return !isFolder && written.some((output) => pathsOverlap(output, relative));
  };
}

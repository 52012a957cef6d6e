import { join } from 'node:path';
import { isGlob, matchesGlob } from '../../project/files/globMatch';
import type { Stage } from '../../project/project';
import { statFile } from '../hashing/contentHash';
import type { HashCache } from '../hashing/hashCache';
import type { RecordedDigests } from './ledgerEvent';
import { splitPath } from '../graph/pathsOverlap';
import { digestOutputs } from '../hashing/stageDigests';
import { listTree } from '../hashing/treeHash';

/** Stands for content that was written over before it could be hashed; never the same as any content. */
const OVERWRITTEN = 'overwritten';

/**
 * What a run that nobody saw the end of has written: the content as it is, but for what was changed after its end.
 * @param ended milliseconds since the epoch
 */
export async function digestOutputsAsOf(
  ended: number,
  stage: Stage,
  root: string,
  hashes: HashCache,
): Promise<RecordedDigests> {
  const now = await digestOutputs(stage, root, hashes);
  const digests: Record<string, string | null> = {};
  for (const [path, digest] of Object.entries(now)) {
    const isLater = digest !== null && (await newestChange(join(root, path), path, root)) > ended;
    digests[path] = isLater ? OVERWRITTEN : digest;
  }
  return digests;
}

/** Milliseconds since the epoch; of a folder or a glob, that of the newest file in it. */
async function newestChange(absolute: string, path: string, root: string): Promise<number> {
  const stats = statFile(absolute);
  if (stats?.isFile() === true) return Number(stats.mtimeMs);
  const isFolder = stats?.isDirectory() === true;
  if (!isFolder && !isGlob(path)) return 0;
  const parts = splitPath(path);
  const fixed = isFolder ? path : parts.slice(0, parts.findIndex(isGlob)).join('/');
  const files = await listTree(join(root, fixed), () => false);
  const changes = files
    .map((file) => (fixed === '' ? file : `${fixed}/${file}`))
    .filter((file) => isFolder || matchesGlob(file, path))
    .map((file) => Number(statFile(join(root, file))?.mtimeMs ?? 0));
  return changes.reduce((newest, change) => Math.max(newest, change), 0);
}

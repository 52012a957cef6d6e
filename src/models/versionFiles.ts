import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type Result } from '../base/result';
import type { ObjectReader } from '../git/objectReader';
import { isInside } from '../git/paths';
import { prefixInRepository, type Repository } from '../git/repository';
import { listIndex } from '../git/treeEntries';
import type { Project } from '../project/project';
import { MAX_METRICS_BYTES, metricsTooLarge } from './readers/readMetrics';
import type { Version } from './resolveVersion';

/** Reads a file of one version, its path relative to the project's root; undefined where it is not there. */
export type ReadVersionFile = (path: string) => Promise<Result<Uint8Array | undefined>>;

/** The files of a project in one version, for reading metrics. */
export async function openVersionFiles(
  version: Version,
  project: Project,
  repository: Repository,
  reader: ObjectReader,
): Promise<Result<ReadVersionFile>> {
  const prefix = await prefixInRepository(repository, project.root);
  const at = (path: string): string => (prefix === '' ? path : `${prefix}/${path}`);
  switch (version.kind) {
    case 'worktree':
      return ok((path) => readWorktreeFile(project.root, path));
    case 'commit':
      return ok((path) => reader.read(`${version.commit}:${at(path)}`));
    case 'index':
      return openIndexFiles(repository, reader, at);
    case 'nothing':
      break;
  }
  return ok(async () => ok(undefined));
}

async function openIndexFiles(
  repository: Repository,
  reader: ObjectReader,
  at: (path: string) => string,
): Promise<Result<ReadVersionFile>> {
  const listed = await listIndex(repository);
  if (!listed.ok) return listed;
  const oids = new Map(listed.value.map(({ path, oid }) => [path, oid]));
  return ok(async (path) => {
    const oid = oids.get(at(path));
    return oid === undefined ? ok(undefined) : reader.read(oid);
  });
}

/** What is configured is not trusted: nothing outside of the project is read. */
async function readWorktreeFile(
  root: string,
  path: string,
): Promise<Result<Uint8Array | undefined>> {
  const full = join(root, path);
  if (!isInside(root, full)) return ok(undefined);
  try {
    const { size } = await stat(full);
    if (size > MAX_METRICS_BYTES) return failed(metricsTooLarge(path, size));
    return ok(await readFile(full));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok(undefined);
    return failed({
      code: 'file-unreadable',
      message: `It cannot be read: ${message}.`,
      file: path,
    });
  }
}

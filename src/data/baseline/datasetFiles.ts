import type { Dataset } from '../../project/project';

/** Where a dataset's committed state is, and what its files are called; pure. */

/** Where a dataset's schema is committed, relative to the project's root. */
export function schemaPath(name: string): string {
  return `.preflight/schemas/${fileNameOf(name)}.yaml`;
}

/** Where a dataset's baseline is committed, relative to the project's root. */
export function baselinePath(name: string): string {
  return `.preflight/baselines/${fileNameOf(name)}.json`;
}

/** Names may come from paths: only characters that every file system takes, nothing that leaves the folder. */
function fileNameOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+/, '') || 'dataset';
}

/**
 * One file of a dataset as people know it, relative to the project's root. The file itself may lie elsewhere, for what
 * is judged may be a copy of the index or of an old commit.
 */
export function shownFile(dataset: Dataset, path: string): string {
  const pattern = /[*?[{]/.exec(dataset.path);
  if (pattern === null) return dataset.path;
  const folder = dataset.path.slice(0, dataset.path.lastIndexOf('/', pattern.index) + 1);
  const forward = path.replaceAll('\\', '/');
  const start = forward.lastIndexOf(`/${folder}`);
  return folder !== '' && start >= 0
    ? forward.slice(start + 1)
    : forward.slice(forward.lastIndexOf('/') + 1);
}

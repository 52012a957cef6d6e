import { join } from 'node:path';
import type { ProjectFiles } from './projectFiles';

/** The files of one folder of a project, without those of the projects inside it; paths relative to that folder. */
export function filesWithin(
  files: ProjectFiles,
  folder: string,
  projects: readonly string[],
): ProjectFiles {
  if (folder === '.' && projects.length === 1) return files;
  const prefix = folder === '.' ? '' : `${folder}/`;
  const others = projects
    .filter((other) => other !== folder && other.startsWith(prefix))
    .map((other) => `${other}/`);
  return {
    root: folder === '.' ? files.root : join(files.root, folder),
    paths: files.paths
      .filter((path) => path.startsWith(prefix) && !others.some((other) => path.startsWith(other)))
      .map((path) => path.slice(prefix.length)),
    readText: (path, largest) => files.readText(`${prefix}${path}`, largest),
  };
}

import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is the folder itself or lies below it; both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

/** The way from a folder to a path as git writes it: forward slashes, empty for the folder itself. */
export function relativeGitPath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** A pathspec that means one path from the root of the repository, whatever characters it has. */
export function literalPathspec(path: string): string {
  return path === '' ? ':(top)' : `:(top,literal)${path}`;
}

import { posix } from 'node:path';

/** Paths inside a project: relative to its root, with forward slashes; `.` is the root. */

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `.` for a file in the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}

/** The folders that a path lies in, without the root. */
export function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The last extension in lower case with its dot; empty where there is none. */
export function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.');
  const isInName = dot > 0 && dot > path.lastIndexOf('/') + 1;
  return isInName ? path.slice(dot).toLowerCase() : '';
}

/** The name without its last extension: `model.v1` of `models/model.v1.joblib`. */
export function stemOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

/** `path` as written in a file of `folder`, relative to the root; undefined where it leads out of the project. */
export function resolvePath(folder: string, path: string): string | undefined {
  if (path === '' || posix.isAbsolute(path) || /^[A-Za-z]:|^[a-z][a-z0-9+.-]*:\/\//.test(path)) {
    return undefined;
  }
  const normal = posix.normalize(posix.join(folder, path.replaceAll('\\', '/')));
  if (normal === '..' || normal.startsWith('../')) return undefined;
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

import { CONFIG_FILE } from '../config/parseConfig';
import { baseName, folderOf } from './paths';

/**
 * The folders that are projects of their own, sorted, relative to where the paths begin: those with a preflight.yaml
 * or a DVC repository of their own. `.` is one too, unless everything lies in the others.
 */
export function findProjectRoots(paths: readonly string[]): readonly string[] {
  const roots = new Set<string>();
  for (const path of paths) {
    if (path.endsWith(CONFIG_FILE)) addConfigRoot(path, roots);
    else if (path.endsWith('.dvc/config')) addDvcRoot(path, roots);
  }
  roots.delete('.');
  const nested = [...roots].sort();
  const isOutside = (path: string): boolean => !nested.some((root) => path.startsWith(`${root}/`));
  return nested.length === 0 || paths.some(isOutside) ? ['.', ...nested] : nested;
}

function addConfigRoot(path: string, roots: Set<string>): void {
  if (baseName(path) === CONFIG_FILE) roots.add(folderOf(path));
}

function addDvcRoot(path: string, roots: Set<string>): void {
  const folder = folderOf(path);
  if (folder === '.dvc') roots.add('.');
  else if (folder.endsWith('/.dvc')) roots.add(folder.slice(0, -'/.dvc'.length));
}

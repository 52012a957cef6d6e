import { CONFIG_FILE } from '../config/parseConfig';
import { baseName, folderOf } from './files/paths';
import type { ProjectFiles } from './files/projectFiles';

/**
 * The folders that are projects of their own, sorted, relative to where the paths begin: those with a preflight.yaml,
 * a DVC repository or a Kedro project of their own. `.` is one too, unless everything lies in the others.
 */
export async function findProjectRoots(
  files: Pick<ProjectFiles, 'paths' | 'readText'>,
): Promise<readonly string[]> {
  const { paths } = files;
  const roots = new Set<string>();
  for (const path of paths) {
    if (path.endsWith(CONFIG_FILE)) addConfigRoot(path, roots);
    else if (path.endsWith('.dvc/config')) addDvcRoot(path, roots);
    else if (path.endsWith('/pyproject.toml') && (await isKedroProject(path, files))) {
      roots.add(folderOf(path));
    }
  }
  roots.delete('.');
  const nested = [...roots].sort();
  const isOutside = (path: string): boolean => !nested.some((root) => path.startsWith(`${root}/`));
  return nested.length === 0 || paths.some(isOutside) ? ['.', ...nested] : nested;
}

/** A Kedro project cannot lie in another one: its commands look upwards for the nearest. */
async function isKedroProject(
  path: string,
  files: Pick<ProjectFiles, 'readText'>,
): Promise<boolean> {
  const text = await files.readText(path);
  return text.ok && /^\s*\[\s*tool\s*\.\s*kedro\s*\]/m.test(text.value);
}

function addConfigRoot(path: string, roots: Set<string>): void {
  if (baseName(path) === CONFIG_FILE) roots.add(folderOf(path));
}

function addDvcRoot(path: string, roots: Set<string>): void {
  const folder = folderOf(path);
  if (folder === '.dvc') roots.add('.');
  else if (folder.endsWith('/.dvc')) roots.add(folder.slice(0, -'/.dvc'.length));
}

import type { FileIndex } from '../files/fileIndex';
import { isGlob } from '../files/globMatch';
import { folderOf, resolvePath } from '../files/paths';
import type { TextValue } from '../python/values';

/** Where a script is and which folder it works in. */
export interface ScriptPlace {
  readonly path: string;
  readonly cwd: string;
}

/**
 * The path that a script means, relative to the project's root; undefined where it lies outside or is not known well
 * enough. A path that is not there from the working folder but is beside the script, or in the root, is that one.
 */
export function locatePath(
  { text, rooted }: TextValue,
  place: ScriptPlace,
  files: FileIndex,
): string | undefined {
  // Of `*/train.csv` only the name is known, of `~/data` nothing that is in the project.
  if (/^(?:[*~]|\.\/\*)|\n|\$\{/.test(text) || text.length > 500) return undefined;
  const folders = rooted ? ['.'] : [place.cwd, folderOf(place.path), '.'];
  const paths = folders.flatMap((folder) => usablePath(resolvePath(folder, text), files) ?? []);
  return paths.find((path) => files.exists(path)) ?? paths[0];
}

/** Whether a relative path is there beside the script, and not from the root: the script works in its own folder. */
export function speaksForOwnFolder(
  { text, rooted }: TextValue,
  path: string,
  files: FileIndex,
): boolean {
  if (rooted || folderOf(path) === '.' || isGlob(text)) return false;
  const beside = resolvePath(folderOf(path), text);
  const fromRoot = resolvePath('.', text);
  if (beside === undefined || beside === '.' || !files.exists(beside)) return false;
  return fromRoot === undefined || !files.exists(fromRoot);
}

/** `folder/*` is the folder, where there is one; of the rest enough must be known to tell it from others. */
function usablePath(path: string | undefined, files: FileIndex): string | undefined {
  const known = path?.replace(/\/$/, '').replace(/(?:\/\*+)+$/, '');
  if (known === undefined || known === '.' || known.startsWith('*')) return undefined;
  return known !== path?.replace(/\/$/, '') && !files.hasFolder(known) ? undefined : known;
}

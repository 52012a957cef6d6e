import type { FileIndex } from '../fileIndex';
import { isGlob } from '../globMatch';
import { folderOf, resolvePath } from '../paths';
import type { TextValue } from '../python/values';

/** Where a script is and which folder it works in. */
export interface ScriptPlace {
  readonly path: string;
  readonly cwd: string;
}

/**
 * The path that a script means, relative to the project's root; undefined where it lies outside or is not known well
 * enough. A path that is not there from the working folder but is beside the script is that one.
 */
export function locatePath(
  { text, rooted }: TextValue,
  place: ScriptPlace,
  files: FileIndex,
): string | undefined {
  if (text.startsWith('~') || text.includes('\n') || text.length > 500) return undefined;
  if (rooted) return usablePath(resolvePath('.', text));
  const fromCwd = usablePath(resolvePath(place.cwd, text));
  if (fromCwd !== undefined && exists(fromCwd, files)) return fromCwd;
  const beside = usablePath(resolvePath(folderOf(place.path), text));
  return beside !== undefined && exists(beside, files) ? beside : (fromCwd ?? beside);
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
  if (beside === undefined || beside === '.' || !exists(beside, files)) return false;
  return fromRoot === undefined || !exists(fromRoot, files);
}

function exists(path: string, files: FileIndex): boolean {
  return files.has(path) || files.hasFolder(path);
}

/** `folder/*` is the folder; a path of which nothing but the extension is known is none. */
function usablePath(path: string | undefined): string | undefined {
  let known = path;
  while (known?.endsWith('/*') === true || known?.endsWith('/**') === true) known = folderOf(known);
  if (known === undefined || known === '.' || known.startsWith('*')) return undefined;
  return known.endsWith('/') ? known.slice(0, -1) : known;
}

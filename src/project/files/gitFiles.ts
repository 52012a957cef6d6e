import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import type { ObjectReader } from '../../git/objectReader';
import type { TreeEntry } from '../../git/treeEntries';
import type { ProjectFiles } from './projectFiles';
import { isEnvironment, isSkippedFolder, isTemplateFolder } from './skippedFolders';
import { decodeText } from './worktreeFiles';

/**
 * The files of a project as a commit or the index has them. `root` is the absolute folder of the project in the
 * work tree, `prefix` the way to it from the repository's root (empty: the root itself). Symbolic links are left
 * out: git knows only their text.
 */
export function openGitFiles(
  reader: ObjectReader,
  entries: readonly TreeEntry[],
  root: string,
  prefix: string,
): ProjectFiles {
  const below = prefix === '' ? '' : `${prefix}/`;
  const oids = new Map<string, string>();
  for (const { path, oid, mode } of entries)
    if (path.startsWith(below) && mode !== SYMBOLIC_LINK) oids.set(path.slice(below.length), oid);
  const skipped = skippedFolders(oids.keys());
  const paths = [...oids.keys()].filter((path) => !foldersOf(path).some((f) => skipped.has(f)));
  paths.sort();
  return { root, paths, readText: (path) => readBlobText(reader, path, oids.get(path)) };
}

const SYMBOLIC_LINK = '120000';

/** The same folders that are left out of the work tree. */
function skippedFolders(paths: Iterable<string>): ReadonlySet<string> {
  const skipped = new Set<string>();
  const seen = new Set<string>();
  for (const path of paths) {
    for (const folder of foldersOf(path)) {
      const slash = folder.lastIndexOf('/');
      const parent = slash < 0 ? '' : folder.slice(0, slash);
      const name = folder.slice(slash + 1);
      if (!seen.has(folder) && (isSkippedFolder(parent, name) || isTemplateFolder(name)))
        skipped.add(folder);
      seen.add(folder);
      // What directly lies in a folder tells whether it is a Python environment.
      const child = path.slice(folder.length + 1).split('/', 1);
      if (isEnvironment(child)) skipped.add(folder);
    }
  }
  return skipped;
}

/** `a` and `a/b` of `a/b/c.csv`. */
function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    folders.push(path.slice(0, slash));
  return folders;
}

async function readBlobText(
  reader: ObjectReader,
  path: string,
  oid: string | undefined,
): Promise<Result<string>> {
  if (oid === undefined) return failed(problemOf('file-missing', path, 'does not exist'));
  const content = await reader.read(oid);
  if (!content.ok) {
    if (content.problem.code !== 'object-too-large')
      return failed({ ...content.problem, file: path });
    return failed(problemOf('file-too-large', path, 'is too large to be read as text'));
  }
  if (content.value === undefined)
    return failed(problemOf('file-unreadable', path, `has no content in this clone (${oid})`));
  return ok(decodeText(content.value));
}

function problemOf(code: string, path: string, what: string): Problem {
  return { code, message: `${path} ${what}.`, file: path };
}

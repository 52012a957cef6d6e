import type { Result } from '../base/result';
import type { ProjectFiles } from './projectFiles';
import { baseName, extensionOf, folderOf } from './paths';

/** The files of a project by name and by extension, gone through once for all detectors. */
export class FileIndex {
  private readonly known: ReadonlySet<string>;
  private readonly byName = new Map<string, string[]>();
  private readonly byExtension = new Map<string, string[]>();
  private folders: ReadonlySet<string> | undefined;
  private readonly texts = new Map<string, Promise<Result<string>>>();

  constructor(private readonly files: ProjectFiles) {
    this.known = new Set(files.paths);
    for (const path of files.paths) {
      const name = baseName(path);
      addTo(this.byName, name, path);
      addTo(this.byExtension, extensionOf(name), path);
    }
  }

  get paths(): readonly string[] {
    return this.files.paths;
  }

  has(path: string): boolean {
    return this.known.has(path);
  }

  /** Whether some file lies in this folder or below it. */
  hasFolder(path: string): boolean {
    if (path === '.') return true;
    this.folders ??= foldersOf(this.files.paths);
    return this.folders.has(path);
  }

  /** Whether there is a file or a folder of this path. */
  exists(path: string): boolean {
    return this.has(path) || this.hasFolder(path);
  }

  /** Files of exactly this name in any folder, sorted by path. */
  named(name: string): readonly string[] {
    return this.byName.get(name) ?? [];
  }

  /** Files with one of these extensions (`.csv`, in lower case), sorted by extension, then by path. */
  withExtension(...extensions: readonly string[]): readonly string[] {
    return extensions.flatMap((extension) => this.byExtension.get(extension) ?? []);
  }

  /** As `ProjectFiles.readText`, but every file is read once. */
  readText(path: string): Promise<Result<string>> {
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    const text = this.files.readText(path);
    this.texts.set(path, text);
    return text;
  }
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = folderOf(path); folder !== '.'; folder = folderOf(folder)) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

function addTo(lists: Map<string, string[]>, key: string, path: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [path]);
  else list.push(path);
}

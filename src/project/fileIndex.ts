import type { Result } from '../base/result';
import type { ProjectFiles } from './projectFiles';
import { baseName, extensionOf } from './paths';

/** The files of a project by name, folder and extension; for a hundred thousand files nothing more is built. */
export class FileIndex {
  private byExtension: ReadonlyMap<string, readonly string[]> | undefined;
  private readonly texts = new Map<string, Promise<Result<string>>>();

  constructor(private readonly files: ProjectFiles) {}

  get paths(): readonly string[] {
    return this.files.paths;
  }

  has(path: string): boolean {
    return this.paths[this.firstNotBefore(path)] === path;
  }

  /** Whether some file lies in this folder or below it. */
  hasFolder(path: string): boolean {
    if (path === '.') return true;
    const beginning = `${path}/`;
    return this.paths[this.firstNotBefore(beginning)]?.startsWith(beginning) === true;
  }

  /** Whether there is a file or a folder of this path. */
  exists(path: string): boolean {
    return this.has(path) || this.hasFolder(path);
  }

  /** Files of exactly this name in any folder, sorted by path. */
  named(name: string): readonly string[] {
    return this.withExtension(extensionOf(name)).filter((path) => baseName(path) === name);
  }

  /** Files with one of these extensions (`.csv`, in lower case), sorted by extension, then by path. */
  withExtension(...extensions: readonly string[]): readonly string[] {
    const byExtension = (this.byExtension ??= groupByExtension(this.paths));
    return extensions.flatMap((extension) => byExtension.get(extension) ?? []);
  }

  /** As `ProjectFiles.readText`, but every file is read once. */
  readText(path: string): Promise<Result<string>> {
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    const text = this.files.readText(path);
    this.texts.set(path, text);
    return text;
  }

  /** The index of the first path that is not before this text; the paths are sorted by code units. */
  private firstNotBefore(text: string): number {
    let [low, high] = [0, this.paths.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.paths[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function groupByExtension(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  let extension = '';
  let group: string[] = [];
  for (const path of paths) {
    // Neighbours mostly have the same one, which is quicker to see than to cut off.
    if (extension === '' || !path.endsWith(extension) || path.at(-extension.length - 1) === '/') {
      extension = extensionOf(path);
      group = groups.get(extension) ?? [];
      groups.set(extension, group);
    }
    group.push(path);
  }
  return groups;
}

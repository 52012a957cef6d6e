import type { Result } from '../../base/result';
import { DetectionCache } from '../detectionCache';
import type { ProjectFiles } from './projectFiles';
import { baseName, extensionOf } from './paths';

/** The files of a project by name, folder and extension; for a hundred thousand files nothing more is built. */
export class FileIndex {
  private byExtension: ReadonlyMap<string, readonly string[]> | undefined;
  private listing: number | undefined;
  private readonly texts = new Map<string, Promise<Result<string>>>();

  constructor(
    private readonly files: ProjectFiles,
    private readonly cache = new DetectionCache(),
  ) {}

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

  /** What is derived from nothing but a text is derived once, as long as the text is the same. */
  derive<Value>(kind: string, path: string, text: string, derive: () => Value): Value {
    const key = `${kind}\n${this.files.root}/${path}`;
    const known = this.cache.find(key);
    if (known?.texts.get(path) === text) return known.value as Value;
    const value = derive();
    this.cache.keep(key, { texts: new Map([[path, text]]), listing: undefined, value });
    return value;
  }

  /**
   * What is derived from several files is derived once, as long as the list of all files and every text that was read
   * for it are the same. `derive` must read files through the index that it is given.
   */
  async deriveFromFiles<Value>(
    kind: string,
    path: string,
    derive: (files: FileIndex) => Promise<Value>,
  ): Promise<Value> {
    const key = `${kind}\n${this.files.root}/${path}`;
    this.listing ??= this.cache.listingOf(this.files.root, this.paths);
    const known = this.cache.find(key);
    if (known?.listing === this.listing && (await this.haveTexts(known.texts))) {
      return known.value as Value;
    }
    const texts = new Map<string, string | undefined>();
    const value = await derive(this.recordingInto(texts));
    this.cache.keep(key, { texts, listing: this.listing, value });
    return value;
  }

  private async haveTexts(texts: ReadonlyMap<string, string | undefined>): Promise<boolean> {
    for (const [path, text] of texts) {
      const now = await this.readText(path);
      if ((now.ok ? now.value : undefined) !== text) return false;
    }
    return true;
  }

  /** The same index, which writes down what is read. */
  private recordingInto(texts: Map<string, string | undefined>): FileIndex {
    const readText = async (path: string): Promise<Result<string>> => {
      const text = await this.readText(path);
      texts.set(path, text.ok ? text.value : undefined);
      return text;
    };
    const recording = new FileIndex({ ...this.files, paths: this.paths, readText }, this.cache);
    recording.byExtension = this.byExtension ??= groupByExtension(this.paths);
    return recording;
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

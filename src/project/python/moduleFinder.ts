import type { FileIndex } from '../files/fileIndex';
import { folderOf, resolvePath } from '../files/paths';

/** Who imports a module, by their paths. */
export interface Importing {
  readonly importer: string;
  /** The script that is run: its folder is the first on Python's path. */
  readonly entry: string;
}

/** Which file of a project a dotted name means. Scripts of one folder ask for the same ones. */
export class ModuleFinder {
  private static readonly known = new WeakMap<readonly string[], ModuleFinder>();

  private readonly found = new Map<string, string | undefined>();
  private readonly names: ReadonlySet<string>;

  private constructor(private readonly files: FileIndex) {
    this.names = new Set(
      files.withExtension('.py').flatMap((path) => path.slice(0, -'.py'.length).split('/')),
    );
  }

  /** The finder of a list of files, however often it is asked for. */
  static of(files: FileIndex): ModuleFinder {
    const known = ModuleFinder.known.get(files.paths) ?? new ModuleFinder(files);
    ModuleFinder.known.set(files.paths, known);
    return known;
  }

  /** @param level the dots before the name in `from ..name import` */
  find(name: string, level: number, { importer, entry }: Importing): string | undefined {
    // Most imports are of packages.
    if (level === 0 && !this.names.has(name.split('.', 1)[0] ?? '')) return undefined;
    const folders =
      level > 0
        ? [resolvePath(folderOf(importer), '../'.repeat(level - 1) || '.')]
        : [folderOf(entry), folderOf(importer), '.', 'src'];
    const key = `${folders.join('\n')}\n\n${name}`;
    if (!this.found.has(key)) this.found.set(key, this.search(name, new Set(folders)));
    return this.found.get(key);
  }

  /** As Python does: a module, then a package, folder by folder. */
  private search(name: string, folders: Iterable<string | undefined>): string | undefined {
    const path = name.replaceAll('.', '/');
    for (const folder of folders) {
      if (folder === undefined) continue;
      const place = [folder, path].filter((part) => part !== '.' && part !== '').join('/');
      const candidates = path === '' ? [] : [`${place}.py`];
      candidates.push(place === '' ? '__init__.py' : `${place}/__init__.py`);
      const found = candidates.find((file) => this.files.has(file));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

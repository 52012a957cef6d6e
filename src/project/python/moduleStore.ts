import type { FileIndex } from '../fileIndex';
import { parsePython } from './parsePython';
import type { Module } from './syntax';

/** The modules of a project, each parsed once. */
export class ModuleStore {
  private readonly modules = new Map<string, Promise<Module | undefined>>();

  private names: ReadonlySet<string> | undefined;

  constructor(private readonly files: FileIndex) {}

  /** Whether a dotted name can be a module of the project: most imports are of packages. */
  mayBeOwn(name: string): boolean {
    this.names ??= new Set(
      this.files.withExtension('.py').flatMap((path) => path.slice(0, -'.py'.length).split('/')),
    );
    return this.names.has(name.split('.', 1)[0] ?? '');
  }

  /** The module of a text that is not the whole file: the cells of a notebook. */
  parse(text: string, path: string): Promise<Module | undefined> {
    return this.files.derive('python', path, text, () => parsePython(text, path));
  }

  /** Undefined where the file cannot be read or is too long. */
  load(path: string): Promise<Module | undefined> {
    const known = this.modules.get(path);
    if (known !== undefined) return known;
    const module = this.files
      .readText(path)
      .then((text) => (text.ok ? this.parse(text.value, path) : undefined));
    this.modules.set(path, module);
    return module;
  }
}

import type { FileIndex } from '../files/fileIndex';
import { parsePython } from './parsePython';
import type { Module } from './syntax';

/** The modules of a project, each parsed once. */
export class ModuleStore {
  private readonly modules = new Map<string, Promise<Module | undefined>>();

  constructor(private readonly files: FileIndex) {}

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

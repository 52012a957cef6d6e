import type { FileIndex } from '../files/fileIndex';
import { ModuleFinder } from './moduleFinder';
import type { ModuleStore } from './moduleStore';
import type { Import, Module, Scope } from './syntax';

/** A script and the modules of the project that it imports, directly or not. */
export interface Program {
  readonly entry: Module;
  readonly modules: readonly Module[];
  moduleOf(scope: Scope): Module;
  /** The module of the project that a dotted name means in an importing module. */
  find(name: string, level: number, importer: Module): Module | undefined;
}

/** A script that needs more modules than this is an application. */
const MOST_MODULES = 60;

export async function loadProgram(
  entry: Module,
  files: FileIndex,
  store: ModuleStore,
): Promise<Program> {
  const modules = new Map([[entry.path, entry]]);
  const byScope = new Map<Scope, Module>([[entry.scope, entry]]);
  const finder = ModuleFinder.of(files);
  const fileOf: FileOf = (name, level, importer) =>
    finder.find(name, level, { importer: importer.path, entry: entry.path });
  const pending = [entry];
  for (let module = pending.pop(); module !== undefined; module = pending.pop()) {
    for (const path of importedFiles(module, fileOf)) {
      if (modules.has(path) || modules.size >= MOST_MODULES) continue;
      const imported = await store.load(path);
      if (imported === undefined) continue;
      modules.set(path, imported);
      byScope.set(imported.scope, imported);
      pending.push(imported);
    }
  }
  return {
    entry,
    modules: [...modules.values()],
    moduleOf: (scope) => byScope.get(rootOf(scope)) ?? entry,
    find: (name, level, importer) => {
      const path = fileOf(name, level, importer);
      return path === undefined ? undefined : modules.get(path);
    },
  };
}

function rootOf(scope: Scope): Scope {
  let root = scope;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

type FileOf = (name: string, level: number, importer: Module) => string | undefined;

function importedFiles(module: Module, fileOf: FileOf): readonly string[] {
  return allImports(module.scope).flatMap(({ module: name, level, name: item }) => {
    const whole = fileOf(name, level, module) ?? [];
    if (item === undefined || item === '*') return whole;
    const dotted = name === '' ? item : `${name}.${item}`;
    return [whole, fileOf(dotted, level, module) ?? []].flat();
  });
}

function allImports(scope: Scope): readonly Import[] {
  return [
    ...scope.imports,
    ...scope.functions.flatMap(allImports),
    ...scope.classes.flatMap(allImports),
  ];
}

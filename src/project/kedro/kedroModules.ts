import type { SyntaxNode } from '@lezer/common';
import type { Parser } from '@lezer/common';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { folderOf } from '../files/paths';
import type { KedroProject } from './kedroProject';

/** One Python file of a Kedro project. */
export interface KedroModule {
  readonly file: string;
  readonly text: string;
  /** The dotted name, `spaceflights.pipelines.data_science`. */
  readonly name: string;
  readonly isPackage: boolean;
  readonly tree: SyntaxNode;
}

/** A package of more files than this is not read. */
const MOST_FILES = 3000;
/** Longer files are data. */
const LONGEST = 1_000_000;

/** The Python files of a Kedro project's package by their dotted names; parsed when they are asked for. */
export class KedroModules {
  private readonly parsed = new Map<string, KedroModule>();

  /** Whether the package puts itself on Python's path, so that its modules are also known without its name. */
  readonly isOnPath: boolean;

  private constructor(
    readonly parser: Parser,
    private readonly project: KedroProject,
    private readonly texts: ReadonlyMap<string, string>,
  ) {
    const folder = folderWithin(project.sourceFolder, project.package.replaceAll('.', '/'));
    this.isOnPath = ['__init__', 'settings', 'pipeline_registry'].some(
      (name) => texts.get(`${folder}/${name}.py`)?.includes('sys.path.') === true,
    );
  }

  static async load(project: KedroProject, files: FileIndex): Promise<KedroModules> {
    const { parser } = await import('@lezer/python');
    const folder = folderWithin(project.sourceFolder, project.package.replaceAll('.', '/'));
    const paths = files
      .withExtension('.py')
      .filter((path) => path.startsWith(`${folder}/`))
      .slice(0, MOST_FILES);
    const texts = new Map<string, string>();
    await mapConcurrent(paths, 16, async (path) => {
      const text = await files.readText(path);
      if (text.ok && text.value.length <= LONGEST) texts.set(path, text.value);
    });
    return new KedroModules(parser, project, texts);
  }

  /** The module of a dotted name. */
  find(name: string): KedroModule | undefined {
    const found = this.findExactly(name);
    if (found !== undefined || !this.isOnPath) return found;
    return this.findExactly(`${this.project.package}.${name}`);
  }

  private findExactly(name: string): KedroModule | undefined {
    const path = folderWithin(this.project.sourceFolder, name.replaceAll('.', '/'));
    return this.read(`${path}.py`, name, false) ?? this.read(`${path}/__init__.py`, name, true);
  }

  /** The folders below a package that are packages, or may be (a package needs no `__init__.py`), in their order. */
  packagesIn(name: string): readonly string[] {
    const folder = `${folderWithin(this.project.sourceFolder, name.replaceAll('.', '/'))}/`;
    const names = new Set<string>();
    for (const path of this.texts.keys()) {
      const rest = path.startsWith(folder) ? path.slice(folder.length) : '';
      if (rest.includes('/')) names.add(rest.slice(0, rest.indexOf('/')));
    }
    return [...names].filter((one) => !one.startsWith('.') && one !== '__pycache__').sort();
  }

  /** The module that stands in a file. */
  at(file: string): KedroModule | undefined {
    const { sourceFolder } = this.project;
    const within = sourceFolder === '.' ? file : file.slice(sourceFolder.length + 1);
    const isPackage = within.endsWith('/__init__.py');
    const path = isPackage ? folderOf(within) : within.replace(/\.py$/, '');
    return this.read(file, path.replaceAll('/', '.'), isPackage);
  }

  private read(file: string, name: string, isPackage: boolean): KedroModule | undefined {
    const known = this.parsed.get(file);
    if (known !== undefined) return known;
    const text = this.texts.get(file);
    if (text === undefined) return undefined;
    const module = { file, text, name, isPackage, tree: this.parser.parse(text).topNode };
    this.parsed.set(file, module);
    return module;
  }
}

function folderWithin(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}

/** The dotted name that an import statement in a module means: `..nodes` of `a.b.c` is `a.nodes`. */
export function absoluteName(module: KedroModule, imported: string, level: number): string {
  if (level === 0) return imported;
  const parts = module.name.split('.');
  const kept = parts.slice(0, parts.length - level + (module.isPackage ? 1 : 0));
  return [...kept, imported].filter((part) => part !== '').join('.');
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
  }
  return line;
}

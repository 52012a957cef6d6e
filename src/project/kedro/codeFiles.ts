import type { SyntaxNode } from '@lezer/common';
import { readImports } from '../python/readImports';
import { absoluteName, type KedroModule, type KedroModules } from './kedroModules';

/** The files of a package that a file imports, directly or not, and itself. */
export function filesBehind(file: string, modules: KedroModules): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const path of reached) {
    const module = modules.at(path);
    if (module === undefined) continue;
    for (const imported of importedBy(module, modules)) reached.add(imported);
  }
  return reached;
}

function importedBy(module: KedroModule, modules: KedroModules): readonly string[] {
  const source = { text: module.text, lineAt: () => 1 };
  return importStatements(module.tree).flatMap((statement) =>
    readImports(statement, source).flatMap(({ module: imported, level, name }) => {
      const from = absoluteName(module, imported, level);
      const inner =
        name === undefined || name === '*' ? undefined : modules.find(`${from}.${name}`);
      return inner?.file ?? modules.find(from)?.file ?? [];
    }),
  );
}

function importStatements(tree: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  tree.cursor().iterate((node) => {
    if (node.name !== 'ImportStatement') return true;
    found.push(node.node);
    return false;
  });
  return found;
}

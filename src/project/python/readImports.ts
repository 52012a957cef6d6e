import type { SyntaxNode } from '@lezer/common';
import { childrenOf, textOf, type SourceText } from './readExpression';
import type { Import } from './syntax';

/** The names that one import statement binds. */
export function readImports(node: SyntaxNode, source: SourceText): readonly Import[] {
  const line = source.lineAt(node.from);
  // The parts of an import are words and dots; the tree has no names for its clauses.
  const words = childrenOf(node).map((child) => textOf(child, source));
  if (words[0] !== 'from') {
    return clauses(words.slice(1)).map(({ name, alias }) => ({
      module: name,
      level: 0,
      // `import a.b` binds `a`.
      bound: alias ?? name.split('.')[0] ?? name,
      line,
    }));
  }
  const position = words.indexOf('import');
  const from = words.slice(1, position === -1 ? words.length : position).join('');
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  const imported = position === -1 ? [] : words.slice(position + 1);
  return clauses(imported).map(({ name, alias }) => ({
    module: from.slice(level),
    level,
    name,
    bound: alias ?? name,
    line,
  }));
}

function clauses(words: readonly string[]): { name: string; alias?: string }[] {
  const list = words.filter((word) => word !== '(' && word !== ')').join(' ');
  return list.split(',').flatMap((clause) => {
    const [name = '', alias] = clause.trim().split(/\s+as\s+/);
    const plain = name.replaceAll(' ', '');
    if (plain === '') return [];
    return [alias === undefined ? { name: plain } : { name: plain, alias: alias.trim() }];
  });
}

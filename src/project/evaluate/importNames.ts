import type { SyntaxNode } from '@lezer/common';
import { readImports } from '../python/readImports';
import type { Frame } from './interpreter';

/** Binds what `import` binds to the full names of what is imported. */
export function importNames(node: SyntaxNode, frame: Frame): void {
  const source = { text: frame.code.text, lineAt: () => frame.code.line };
  for (const { module, name, bound } of readImports(node, source)) {
    if (name === '*') continue;
    const top = bound === module.split('.')[0] ? bound : module;
    const full = name === undefined ? top : `${module}.${name}`;
    frame.scope.variables.set(bound, { kind: 'external', name: full });
  }
}

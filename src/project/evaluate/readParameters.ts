import type { SyntaxNode } from '@lezer/common';
import { childrenOf, splitAtCommas } from '../python/readExpression';
import type { Frame, Interpreter } from './interpreter';
import type { PyParameter } from './pyValue';

/** The parameters of a function or lambda, their defaults evaluated where it is defined. */
export function readParameters(
  node: SyntaxNode,
  frame: Frame,
  interpreter: Interpreter,
): readonly PyParameter[] {
  const parameters = node.getChild('ParamList');
  if (parameters === null) return [];
  return splitAtCommas(childrenOf(parameters)).flatMap((group): readonly PyParameter[] => {
    const name = group.find((part) => part.name === 'VariableName');
    if (name === undefined) return [];
    const written = interpreter.textOf(name, frame);
    const star = group[0]?.name;
    if (star === '*') return [{ name: written, kind: 'list' }];
    if (star === '**') return [{ name: written, kind: 'dict' }];
    const assigned = group.findIndex((part) => part.name === 'AssignOp');
    const value = assigned === -1 ? undefined : group[assigned + 1];
    if (value === undefined) return [{ name: written, kind: 'plain' }];
    return [{ name: written, kind: 'plain', defaultValue: interpreter.evaluate(value, frame) }];
  });
}

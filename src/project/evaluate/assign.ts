import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isOperand } from '../python/readExpression';
import type { Frame, Interpreter } from './interpreter';
import { itemsOf } from './pyText';
import { moduleScope, setEntry, UNKNOWN, type PyValue } from './pyValue';

/** `a = value`, and `a, b = value` for several targets. */
export function assignAll(
  targets: readonly SyntaxNode[],
  value: PyValue,
  frame: Frame,
  interpreter: Interpreter,
): void {
  const [only] = targets;
  if (targets.length === 1 && only !== undefined) {
    assign(only, value, frame, interpreter);
    return;
  }
  const parts = itemsOf(value);
  targets.forEach((target, index) => {
    const part = parts === undefined || parts.open ? UNKNOWN : (parts.items[index] ?? UNKNOWN);
    assign(target, part, frame, interpreter);
  });
}

export function assign(
  target: SyntaxNode,
  value: PyValue,
  frame: Frame,
  interpreter: Interpreter,
): void {
  if (target.name === 'VariableName') bind(interpreter.textOf(target, frame), value, frame);
  else if (target.name === 'TupleExpression' || target.name === 'ArrayExpression') {
    assignAll(childrenOf(target).filter(isOperand), value, frame, interpreter);
  } else if (target.name === 'ParenthesizedExpression') {
    assignAll(childrenOf(target).filter(isOperand), value, frame, interpreter);
  } else if (target.name === 'MemberExpression') assignMember(target, value, frame, interpreter);
}

function bind(name: string, value: PyValue, { scope }: Frame): void {
  const owner = scope.globals?.has(name) === true ? moduleScope(scope) : scope;
  owner.variables.set(name, value);
}

function assignMember(
  target: SyntaxNode,
  value: PyValue,
  frame: Frame,
  interpreter: Interpreter,
): void {
  const [owner, ...rest] = childrenOf(target);
  const index = rest.filter(isOperand);
  const [only] = index;
  if (owner === undefined || target.getChild('PropertyName') !== null) return;
  const container = interpreter.evaluate(owner, frame);
  const key =
    index.length === 1 && only !== undefined ? interpreter.evaluate(only, frame) : UNKNOWN;
  if (container.kind === 'dict') {
    setEntry(container, key, interpreter.uncertain > 0 ? UNKNOWN : value);
    interpreter.touch(container);
  } else if (container.kind === 'list') {
    interpreter.touch(container);
    if (key.kind === 'int' && key.value < container.items.length) {
      const at = key.value < 0 ? container.items.length + key.value : key.value;
      container.items[at] = interpreter.uncertain > 0 ? UNKNOWN : value;
    } else container.open = true;
  }
}

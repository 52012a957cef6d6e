import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isOperand } from '../python/readExpression';
import type { Frame, Interpreter } from './interpreter';
import { path } from './operators';
import { textOfValue } from './pyText';
import {
  hasHole,
  keyOf,
  list,
  text,
  UNKNOWN,
  type PyList,
  type PyText,
  type PyValue,
} from './pyValue';

/** `object.name`, `object[index]`, `object[from:to]`. */
export function evaluateMember(node: SyntaxNode, frame: Frame, interpreter: Interpreter): PyValue {
  const [owner, ...rest] = childrenOf(node);
  if (owner === undefined) return UNKNOWN;
  const object = interpreter.evaluate(owner, frame);
  const property = rest.find((part) => part.name === 'PropertyName');
  if (property !== undefined) return attributeOf(object, interpreter.textOf(property, frame));
  const isSlice = rest.some((part) => part.name === ':');
  const indices = rest.filter(isOperand).map((part) => interpreter.evaluate(part, frame));
  if (isSlice) return sliceOf(object, rest, frame, interpreter);
  const [only] = indices;
  if (only === undefined) return UNKNOWN;
  return itemAt(object, indices.length === 1 ? only : list(indices, false, 'tuple'));
}

export function attributeOf(object: PyValue, name: string): PyValue {
  if (object.kind === 'object') {
    return object.attributes.get(name) ?? object.otherwise?.(name) ?? UNKNOWN;
  }
  if (object.kind === 'external') return { kind: 'external', name: `${object.name}.${name}` };
  const own = object.kind === 'list' ? object.names?.get(name) : undefined;
  const part = object.kind === 'text' ? pathAttribute(object, name) : own;
  return part ?? { kind: 'method', object, name };
}

export function itemAt(object: PyValue, key: PyValue): PyValue {
  if (object.kind === 'dict') {
    const name = keyOf(key);
    return name === undefined ? UNKNOWN : (object.entries.get(name)?.value ?? UNKNOWN);
  }
  if (object.kind === 'list') return listItemAt(object, key);
  if (object.kind === 'text' && key.kind === 'int' && !hasHole(object.text)) {
    const character = Array.from(object.text).at(key.value);
    return character === undefined ? UNKNOWN : text(character);
  }
  return object.kind === 'object' && key.kind === 'text' ? attributeOf(object, key.text) : UNKNOWN;
}

function listItemAt(object: PyList, key: PyValue): PyValue {
  if (key.kind === 'text') return object.names?.get(key.text) ?? UNKNOWN;
  if (key.kind !== 'int' || object.type === 'set') return UNKNOWN;
  // What stands at the end of an open list is not known.
  if (object.open && key.value < 0) return UNKNOWN;
  return object.items.at(key.value) ?? UNKNOWN;
}

function sliceOf(
  object: PyValue,
  parts: readonly SyntaxNode[],
  frame: Frame,
  interpreter: Interpreter,
): PyValue {
  const bounds: (PyValue | undefined)[] = [undefined];
  for (const part of parts) {
    if (part.name === ':') bounds.push(undefined);
    else if (isOperand(part)) bounds[bounds.length - 1] = interpreter.evaluate(part, frame);
  }
  const numbers = bounds.map((bound) => (bound?.kind === 'int' ? bound.value : undefined));
  const isKnown = bounds.every(
    (bound, at) => bound === undefined || bound.kind === 'none' || numbers[at] !== undefined,
  );
  if (!isKnown || (numbers[2] ?? 1) !== 1) return UNKNOWN;
  if (object.kind === 'list' && !object.open && object.type !== 'set') {
    return list(object.items.slice(numbers[0], numbers[1]), false, object.type);
  }
  if (object.kind !== 'text' || hasHole(object.text)) return UNKNOWN;
  return text(Array.from(object.text).slice(numbers[0], numbers[1]).join(''));
}

function pathAttribute(object: PyText, name: string): PyValue | undefined {
  if (object.isPath !== true) return undefined;
  const written = textOfValue(object);
  const base = written.slice(written.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  switch (name) {
    case 'name':
      return text(base);
    case 'stem':
      return text(dot > 0 ? base.slice(0, dot) : base);
    case 'suffix':
      return text(dot > 0 ? base.slice(dot) : '');
    case 'parent':
      return path(written.includes('/') ? written.slice(0, written.lastIndexOf('/')) : '.');
    default:
      return undefined;
  }
}

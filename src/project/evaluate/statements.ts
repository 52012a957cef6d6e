import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isOperand } from '../python/readExpression';
import { assign, assignAll } from './assign';
import { binaryOperation } from './operators';
import type { Frame, Interpreter } from './interpreter';
import { importNames } from './importNames';
import { readParameters } from './readParameters';
import { itemsOf, truthOf } from './pyText';
import { list, NONE, UNKNOWN, type PyValue, type Scope } from './pyValue';

/** How a statement leaves its block; undefined: it does not. `unclear`: it may, by something unknown. */
export type Flow =
  | { readonly kind: 'return'; readonly value: PyValue }
  | { readonly kind: 'break' | 'continue' | 'unclear' }
  | undefined;

type Execute = (node: SyntaxNode, frame: Frame, interpreter: Interpreter) => Flow;

const UNCLEAR: Flow = { kind: 'unclear' };

export const STATEMENTS: Readonly<Record<string, Execute>> = {
  ExpressionStatement: (node, frame, interpreter) => {
    for (const child of childrenOf(node)) if (isOperand(child)) interpreter.evaluate(child, frame);
    return undefined;
  },
  StatementGroup: (node, frame, interpreter) => interpreter.executeAll(childrenOf(node), frame),
  AssignStatement: (node, frame, interpreter) => {
    executeAssignment(node, frame, interpreter);
    return undefined;
  },
  UpdateStatement: (node, frame, interpreter) => {
    executeUpdate(node, frame, interpreter);
    return undefined;
  },
  IfStatement: executeIf,
  ForStatement: executeFor,
  WhileStatement: (node, frame, interpreter) =>
    inDoubt(frame.scope, interpreter, [() => executeBody(node, frame, interpreter)]),
  WithStatement: executeWith,
  TryStatement: (node, frame, interpreter) => executeBody(node, frame, interpreter),
  FunctionDefinition: (node, frame, interpreter) => {
    define(node, frame, interpreter);
    return undefined;
  },
  DecoratedStatement: (node, frame) => {
    const inner = node.getChild('FunctionDefinition') ?? node.getChild('ClassDefinition');
    bindUnknown(inner, frame);
    return undefined;
  },
  ClassDefinition: (node, frame) => {
    bindUnknown(node, frame);
    return undefined;
  },
  ImportStatement: (node, frame) => {
    importNames(node, frame);
    return undefined;
  },
  ReturnStatement: (node, frame, interpreter) => {
    const operands = childrenOf(node)
      .filter(isOperand)
      .map((one) => interpreter.evaluate(one, frame));
    const [only] = operands;
    if (only === undefined) return { kind: 'return', value: NONE };
    return { kind: 'return', value: operands.length === 1 ? only : list(operands, false, 'tuple') };
  },
  BreakStatement: () => ({ kind: 'break' }),
  ContinueStatement: () => ({ kind: 'continue' }),
  RaiseStatement: () => UNCLEAR,
  ScopeStatement: (node, frame, interpreter) => {
    for (const name of node.getChildren('VariableName')) {
      frame.scope.globals?.add(interpreter.textOf(name, frame));
    }
    return undefined;
  },
  DeleteStatement: (node, frame, interpreter) => {
    for (const target of childrenOf(node).filter(isOperand))
      assign(target, UNKNOWN, frame, interpreter);
    return undefined;
  },
};

function executeAssignment(node: SyntaxNode, frame: Frame, interpreter: Interpreter): void {
  const sides: SyntaxNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp') sides.push([]);
    else if (isOperand(child)) sides.at(-1)?.push(child);
  }
  if (sides.length < 2) return;
  const values = (sides.pop() ?? []).map((one) => interpreter.evaluate(one, frame));
  const value = values.length === 1 ? (values[0] ?? UNKNOWN) : list(values, false, 'tuple');
  for (const targets of sides) assignAll(targets, value, frame, interpreter);
}

/** `x += y`: a list grows in place. */
function executeUpdate(node: SyntaxNode, frame: Frame, interpreter: Interpreter): void {
  const [target, operator, operand] = childrenOf(node);
  if (target === undefined || operator === undefined || operand === undefined) return;
  const before = interpreter.evaluate(target, frame);
  const change = interpreter.evaluate(operand, frame);
  const sign = interpreter.textOf(operator, frame).slice(0, -1);
  if (before.kind === 'list' && before.type === 'list' && sign === '+') {
    const added = itemsOf(change);
    before.items.push(...(added?.items ?? []));
    if (added?.open !== false) before.open = true;
    interpreter.touch(before);
    return;
  }
  assign(target, binaryOperation(sign, before, change), frame, interpreter);
}

function bodiesOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.getChildren('Body');
}

function executeBody(node: SyntaxNode, frame: Frame, interpreter: Interpreter): Flow {
  const [body] = bodiesOf(node);
  return body === undefined ? undefined : executeBlock(body, frame, interpreter);
}

function executeBlock(body: SyntaxNode, frame: Frame, interpreter: Interpreter): Flow {
  return interpreter.executeAll(childrenOf(body).slice(1), frame);
}

/** Of a condition that is not known, both ways are taken: what they leave different is unknown. */
function executeIf(node: SyntaxNode, frame: Frame, interpreter: Interpreter): Flow {
  const conditions = childrenOf(node).filter(isOperand);
  const bodies = bodiesOf(node);
  const possible: (() => Flow)[] = [];
  for (const [index, body] of bodies.entries()) {
    const condition = conditions[index];
    const truth = condition === undefined ? true : truthOf(interpreter.evaluate(condition, frame));
    if (truth === false) continue;
    possible.push(() => executeBlock(body, frame, interpreter));
    if (truth !== true) continue;
    return possible.length === 1
      ? possible[0]?.()
      : inDoubt(frame.scope, interpreter, possible, true);
  }
  return possible.length === 0 ? undefined : inDoubt(frame.scope, interpreter, possible);
}

/**
 * Runs blocks of which at most one would run, each from the same names; names that they leave different are unknown.
 * @param isOneOfThem whether one of them does run
 */
export function inDoubt(
  scope: Scope,
  interpreter: Interpreter,
  blocks: readonly (() => Flow)[],
  isOneOfThem = false,
): Flow {
  const before = scope.variables;
  const outcomes: Map<string, PyValue>[] = isOneOfThem ? [] : [before];
  let flow: Flow;
  interpreter.uncertain++;
  for (const block of blocks) {
    scope.variables = new Map(before);
    if (block() !== undefined) flow = UNCLEAR;
    outcomes.push(scope.variables);
  }
  interpreter.uncertain--;
  scope.variables = mergeOutcomes(outcomes);
  return flow;
}

export function mergeOutcomes(
  outcomes: readonly ReadonlyMap<string, PyValue>[],
): Map<string, PyValue> {
  const merged = new Map<string, PyValue>();
  for (const name of new Set(outcomes.flatMap((outcome) => [...outcome.keys()]))) {
    const values = new Set(outcomes.map((outcome) => outcome.get(name)));
    const [only] = values;
    merged.set(name, values.size === 1 && only !== undefined ? only : UNKNOWN);
  }
  return merged;
}

function executeFor(node: SyntaxNode, frame: Frame, interpreter: Interpreter): Flow {
  const parts = childrenOf(node);
  const position = parts.findIndex((part) => part.name === 'in');
  const source = parts.slice(position + 1).find(isOperand);
  const [body] = bodiesOf(node);
  if (position === -1 || source === undefined || body === undefined) return undefined;
  const targets = parts.slice(0, position).filter(isOperand);
  const loop = itemsOf(interpreter.evaluate(source, frame));
  const turn = (item: PyValue): Flow => {
    assignAll(targets, item, frame, interpreter);
    return executeBlock(body, frame, interpreter);
  };
  if (loop === undefined) return inDoubt(frame.scope, interpreter, [() => turn(UNKNOWN)]);
  for (const item of loop.items) {
    const flow = turn(item);
    if (flow?.kind === 'break') break;
    if (flow?.kind === 'return' || flow?.kind === 'unclear') return flow;
  }
  return loop.open ? inDoubt(frame.scope, interpreter, [() => turn(UNKNOWN)]) : undefined;
}

function executeWith(node: SyntaxNode, frame: Frame, interpreter: Interpreter): Flow {
  const parts = childrenOf(node);
  parts.forEach((part, index) => {
    const [value, target] = [parts[index - 1], parts[index + 1]];
    if (part.name !== 'as' || value === undefined || target === undefined) return;
    assign(target, interpreter.evaluate(value, frame), frame, interpreter);
  });
  return executeBody(node, frame, interpreter);
}

function define(node: SyntaxNode, frame: Frame, interpreter: Interpreter): void {
  const name = node.getChild('VariableName');
  if (name === null) return;
  const parameters = readParameters(node, frame, interpreter);
  frame.scope.variables.set(interpreter.textOf(name, frame), {
    kind: 'function',
    node,
    code: frame.code,
    scope: frame.scope,
    parameters,
  });
}

function bindUnknown(node: SyntaxNode | null, frame: Frame): void {
  const name = node?.getChild('VariableName');
  if (name === null || name === undefined) return;
  frame.scope.variables.set(frame.code.text.slice(name.from, name.to), UNKNOWN);
}

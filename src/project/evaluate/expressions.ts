import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isOperand, splitAtCommas } from '../python/readExpression';
import { assign } from './assign';
import { evaluateComprehension } from './comprehension';
import { evaluateFormat, evaluateLiteral } from './literals';
import { evaluateMember } from './members';
import { binaryOperation, compare, negate, uniqueItems } from './operators';
import { readParameters } from './readParameters';
import type { Arguments, Frame, Interpreter } from './interpreter';
import { itemsOf, textOfValue, truthOf } from './pyText';
import { bool, dict, int, list, NONE, text, UNKNOWN, type PyValue } from './pyValue';

type Evaluate = (node: SyntaxNode, frame: Frame, interpreter: Interpreter) => PyValue;

const inner: Evaluate = (node, frame, interpreter) => {
  const value = childrenOf(node).find(isOperand);
  return value === undefined ? UNKNOWN : interpreter.evaluate(value, frame);
};

export const EXPRESSIONS: Readonly<Record<string, Evaluate>> = {
  VariableName: (node, frame, interpreter) =>
    interpreter.nameValue(interpreter.textOf(node, frame), frame.scope),
  String: evaluateLiteral,
  FormatString: evaluateFormat,
  ContinuedString: (node, frame, interpreter) =>
    text(
      childrenOf(node)
        .filter((part) => part.name.endsWith('String'))
        .map((part) => textOfValue(interpreter.evaluate(part, frame)))
        .join(''),
    ),
  Number: (node, frame, interpreter) => readNumber(interpreter.textOf(node, frame)),
  Boolean: (node, frame, interpreter) => bool(interpreter.textOf(node, frame) === 'True'),
  None: () => NONE,
  ParenthesizedExpression: inner,
  ArrayExpression: (node, frame, interpreter) => evaluateItems(node, frame, interpreter, 'list'),
  TupleExpression: (node, frame, interpreter) => evaluateItems(node, frame, interpreter, 'tuple'),
  SetExpression: (node, frame, interpreter) => evaluateItems(node, frame, interpreter, 'set'),
  DictionaryExpression: evaluateDictionary,
  ArrayComprehensionExpression: (...given) => evaluateComprehension(...given, 'list'),
  ComprehensionExpression: (...given) => evaluateComprehension(...given, 'list'),
  SetComprehensionExpression: (...given) => evaluateComprehension(...given, 'set'),
  DictionaryComprehensionExpression: (...given) => evaluateComprehension(...given, 'dict'),
  MemberExpression: evaluateMember,
  CallExpression: evaluateCall,
  BinaryExpression: evaluateBinary,
  UnaryExpression: evaluateUnary,
  ConditionalExpression: evaluateConditional,
  LambdaExpression: (node, frame, interpreter) => ({
    kind: 'function',
    node,
    code: frame.code,
    scope: frame.scope,
    parameters: readParameters(node, frame, interpreter),
  }),
  NamedExpression: (node, frame, interpreter) => {
    const [target, , source] = childrenOf(node);
    if (target === undefined || source === undefined) return UNKNOWN;
    const value = interpreter.evaluate(source, frame);
    assign(target, value, frame, interpreter);
    return value;
  },
};

function readNumber(source: string): PyValue {
  const digits = source.replaceAll('_', '');
  if (/j$/i.test(digits)) return UNKNOWN;
  const value = Number(digits);
  if (Number.isNaN(value)) return UNKNOWN;
  return /^0[xob]|^\d+$/i.test(digits) ? int(value) : { kind: 'float', value };
}

function evaluateItems(
  node: SyntaxNode,
  frame: Frame,
  interpreter: Interpreter,
  type: 'list' | 'tuple' | 'set',
): PyValue {
  const items: PyValue[] = [];
  let open = false;
  for (const group of splitAtCommas(childrenOf(node))) {
    const value = group.find(isOperand);
    if (value === undefined) continue;
    const item = interpreter.evaluate(value, frame);
    if (group[0]?.name !== '*') items.push(item);
    else {
      const spread = itemsOf(item);
      items.push(...(spread?.items ?? []));
      open ||= spread?.open !== false;
    }
  }
  return type === 'set' ? uniqueItems(items, open) : list(items, open, type);
}

function evaluateDictionary(node: SyntaxNode, frame: Frame, interpreter: Interpreter): PyValue {
  const made = dict([]);
  for (const group of splitAtCommas(childrenOf(node))) {
    const [key, value] = group.filter(isOperand);
    if (key === undefined) continue;
    const first = interpreter.evaluate(key, frame);
    if (group[0]?.name === '**') {
      if (first.kind === 'dict')
        for (const [name, entry] of first.entries) made.entries.set(name, entry);
      if (first.kind !== 'dict' || first.open) made.open = true;
    } else if (value !== undefined) {
      const [entry] = dict([[first, interpreter.evaluate(value, frame)]]).entries;
      if (entry === undefined) made.open = true;
      else made.entries.set(entry[0], entry[1]);
    }
  }
  return made;
}

function evaluateCall(node: SyntaxNode, frame: Frame, interpreter: Interpreter): PyValue {
  const callee = node.firstChild;
  const given = node.getChild('ArgList');
  if (callee === null || given === null) return UNKNOWN;
  return interpreter.call(
    interpreter.evaluate(callee, frame),
    evaluateArguments(given, frame, interpreter),
  );
}

/** `(a, *b, c=d, **e)`. */
export function evaluateArguments(
  node: SyntaxNode,
  frame: Frame,
  interpreter: Interpreter,
): Arguments {
  const positional: PyValue[] = [];
  const keywords = new Map<string, PyValue>();
  let open = false;
  for (const group of splitAtCommas(childrenOf(node))) {
    const [first, second, third] = group;
    if (first === undefined) continue;
    if (group.some((part) => part.name === 'for')) {
      positional.push(evaluateComprehension(node, frame, interpreter, 'list'));
      return { positional, keywords, open };
    }
    if (first.name === '*' || first.name === '**') {
      open = spread(second, first.name, { positional, keywords }, frame, interpreter) || open;
    } else if (second?.name === 'AssignOp') {
      if (third !== undefined)
        keywords.set(interpreter.textOf(first, frame), interpreter.evaluate(third, frame));
    } else if (isOperand(first)) positional.push(interpreter.evaluate(first, frame));
  }
  return { positional, keywords, open };
}

/** Whether more may be passed than is known. */
function spread(
  node: SyntaxNode | undefined,
  star: string,
  into: { readonly positional: PyValue[]; readonly keywords: Map<string, PyValue> },
  frame: Frame,
  interpreter: Interpreter,
): boolean {
  const value = node === undefined ? UNKNOWN : interpreter.evaluate(node, frame);
  if (star === '*') {
    const items = itemsOf(value);
    into.positional.push(...(items?.items ?? []));
    return items?.open !== false;
  }
  if (value.kind !== 'dict') return true;
  for (const { key, value: own } of value.entries.values())
    into.keywords.set(textOfValue(key), own);
  return value.open;
}

function evaluateBinary(node: SyntaxNode, frame: Frame, interpreter: Interpreter): PyValue {
  const parts = childrenOf(node);
  const [left, right] = [parts[0], parts.at(-1)];
  if (left === undefined || right === undefined || parts.length < 3) return UNKNOWN;
  const operator = parts
    .slice(1, -1)
    .map((part) => interpreter.textOf(part, frame))
    .join(' ');
  const first = interpreter.evaluate(left, frame);
  if (operator === 'and' || operator === 'or') {
    const truth = truthOf(first);
    if (truth === undefined) return UNKNOWN;
    return truth === (operator === 'or') ? first : interpreter.evaluate(right, frame);
  }
  const second = interpreter.evaluate(right, frame);
  if (!/^(?:[<>]=?|[=!]=|in|not in|is|is not)$/.test(operator)) {
    return binaryOperation(operator, first, second);
  }
  // `a < b < c`, which the tree has as `(a < b) < c`.
  const chained = left.name === 'BinaryExpression' ? childrenOf(left) : [];
  const middle = chained.at(-1);
  if (
    middle === undefined ||
    !/^(?:[<>]|[=!]=)/.test(interpreter.textOf(chained[1] ?? left, frame))
  ) {
    return compare(operator, first, second);
  }
  const before = truthOf(first);
  const after = compare(operator, interpreter.evaluate(middle, frame), second);
  return before === true ? after : first;
}

function evaluateUnary(node: SyntaxNode, frame: Frame, interpreter: Interpreter): PyValue {
  const [operator, operand] = childrenOf(node);
  if (operator === undefined || operand === undefined) return UNKNOWN;
  const value = interpreter.evaluate(operand, frame);
  switch (interpreter.textOf(operator, frame)) {
    case 'not':
      return negate(value);
    case '-':
      return value.kind === 'int' || value.kind === 'float'
        ? { kind: value.kind, value: -value.value }
        : UNKNOWN;
    case '+':
      return value;
    default:
      return UNKNOWN;
  }
}

function evaluateConditional(node: SyntaxNode, frame: Frame, interpreter: Interpreter): PyValue {
  const [first, condition, second] = childrenOf(node).filter(isOperand);
  if (first === undefined || condition === undefined || second === undefined) return UNKNOWN;
  const truth = truthOf(interpreter.evaluate(condition, frame));
  if (truth === undefined) return UNKNOWN;
  return interpreter.evaluate(truth ? first : second, frame);
}

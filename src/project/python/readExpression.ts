import type { SyntaxNode } from '@lezer/common';
import { decodeEscapes, decodeStringLiteral } from './stringLiteral';
import type { CallExpression, DictEntry, Expression, Keyword } from './syntax';

/** The source of a module, for the text and the line of a node. */
export interface SourceText {
  readonly text: string;
  /** 1-based line of an offset. */
  lineAt(offset: number): number;
}

/** Deeper than this nobody writes, but a hostile file does. */
const DEEPEST = 200;

/** Turns a node of the syntax tree into an expression. */
export function readExpression(node: SyntaxNode, source: SourceText, depth = 0): Expression {
  const line = source.lineAt(node.from);
  if (depth > DEEPEST) return { kind: 'other', children: [], line };
  const read = (inner: SyntaxNode): Expression => readExpression(inner, source, depth + 1);
  switch (node.name) {
    case 'String':
    case 'ContinuedString':
    case 'FormatString':
      return readText(node, source, line, read);
    case 'Number':
      return { kind: 'number', value: Number(textOf(node, source).replaceAll('_', '')), line };
    case 'Boolean':
      return { kind: 'constant', value: textOf(node, source) === 'True', line };
    case 'None':
      return { kind: 'constant', value: null, line };
    case 'VariableName':
      return { kind: 'name', name: textOf(node, source), line };
    case 'MemberExpression':
      return readMember(node, source, line, read);
    case 'CallExpression':
      return readCall(node, source, line, read);
    default:
      return readCompound(node, source, line, read);
  }
}

type Read = (node: SyntaxNode) => Expression;
type ReadNode = (
  children: readonly SyntaxNode[],
  context: {
    readonly node: SyntaxNode;
    readonly source: SourceText;
    readonly line: number;
    readonly read: Read;
  },
) => Expression | undefined;

const readInner: ReadNode = ([inner], { read }) => inner && read(inner);
const readList: ReadNode = (children, { read, line }) => ({
  kind: 'list',
  items: children.map(read),
  line,
});
const readEach: ReadNode = ([item], { read, line }) =>
  item && { kind: 'each', item: read(item), line };

const COMPOUND: Readonly<Record<string, ReadNode>> = {
  ParenthesizedExpression: readInner,
  AwaitExpression: readInner,
  ArrayExpression: readList,
  TupleExpression: readList,
  SetExpression: readList,
  ArrayComprehensionExpression: readEach,
  ComprehensionExpression: readEach,
  SetComprehensionExpression: readEach,
  NamedExpression: ([, value], { read }) => value && read(value),
  DictionaryExpression: (_, { node, read, line }) => ({
    kind: 'dict',
    entries: readEntries(node, read),
    line,
  }),
  BinaryExpression: ([left, right], { node, source, read, line }) =>
    left && right && readBinary(node, source, line, read(left), read(right)),
  ConditionalExpression: ([first, , second], { read, line }) =>
    first && second && { kind: 'choice', options: [read(first), read(second)], line },
};

function readCompound(node: SyntaxNode, source: SourceText, line: number, read: Read): Expression {
  const children = operands(node);
  const compound = COMPOUND[node.name]?.(children, { node, source, line, read });
  return compound ?? { kind: 'other', children: children.map(read), line };
}

function readBinary(
  node: SyntaxNode,
  source: SourceText,
  line: number,
  left: Expression,
  right: Expression,
): Expression {
  const sign = childrenOf(node).find((child) => !isOperand(child));
  const operator = sign === undefined ? '' : textOf(sign, source);
  if (operator === 'or') return { kind: 'choice', options: [left, right], line };
  return { kind: 'binary', operator, left, right, line };
}

function readMember(node: SyntaxNode, source: SourceText, line: number, read: Read): Expression {
  const [object, ...rest] = childrenOf(node);
  if (object === undefined) return { kind: 'other', children: [], line };
  const property = rest.find((child) => child.name === 'PropertyName');
  if (property !== undefined) {
    return { kind: 'attribute', object: read(object), name: textOf(property, source), line };
  }
  const isSlice = rest.some((child) => child.name === ':' || child.name === ',');
  const index = rest.find(isOperand);
  if (isSlice || index === undefined) return { kind: 'subscript', object: read(object), line };
  return { kind: 'subscript', object: read(object), index: read(index), line };
}

function readCall(
  node: SyntaxNode,
  source: SourceText,
  line: number,
  read: Read,
): CallExpression | Expression {
  const callee = node.firstChild;
  const list = node.getChild('ArgList');
  if (callee === null || list === null) return { kind: 'other', children: [], line };
  const { positional, keywords, spreads } = readArguments(list, source, read);
  return { kind: 'call', callee: read(callee), positional, keywords, spreads, line };
}

/** The arguments of a call, or the bases of a class. */
export function readArguments(
  list: SyntaxNode,
  source: SourceText,
  read: Read = (node) => readExpression(node, source),
): Pick<CallExpression, 'positional' | 'keywords' | 'spreads'> {
  const positional: Expression[] = [];
  const keywords: Keyword[] = [];
  let spreads = false;
  for (const group of splitAtCommas(childrenOf(list))) {
    const [first, second, third] = group;
    if (first === undefined) continue;
    if (first.name === '*' || first.name === '**') spreads = true;
    else if (second?.name === 'AssignOp' && third !== undefined) {
      keywords.push({ name: textOf(first, source), value: read(third) });
    } else if (group.some((child) => child.name === 'for')) {
      positional.push({ kind: 'each', item: read(first), line: source.lineAt(first.from) });
    } else positional.push(read(first));
  }
  return { positional, keywords, spreads };
}

function readEntries(node: SyntaxNode, read: Read): DictEntry[] {
  return splitAtCommas(childrenOf(node)).flatMap((group) => {
    const [key, value] = group.filter(isOperand);
    if (key === undefined) return [];
    if (group[0]?.name === '**') return [{ value: read(key) }];
    return value === undefined ? [] : [{ key: read(key), value: read(value) }];
  });
}

function readText(node: SyntaxNode, source: SourceText, line: number, read: Read): Expression {
  const pieces = node.name === 'ContinuedString' ? childrenOf(node) : [node];
  const parts = pieces.flatMap((piece) =>
    piece.name === 'FormatString' ? formatParts(piece, source, read) : plainPart(piece, source),
  );
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  if (texts.length === parts.length) return { kind: 'text', text: texts.join(''), line };
  return { kind: 'format', parts, line };
}

function plainPart(node: SyntaxNode, source: SourceText): Expression[] {
  const line = source.lineAt(node.from);
  const text = decodeStringLiteral(textOf(node, source));
  return text === undefined
    ? [{ kind: 'other', children: [], line }]
    : [{ kind: 'text', text, line }];
}

/** The texts between the replacements of an f-string, and what replaces. */
function formatParts(node: SyntaxNode, source: SourceText, read: Read): Expression[] {
  const literal = textOf(node, source);
  const [opening = '', prefix = ''] = /^([A-Za-z]*)(?:'''|"""|'|")/.exec(literal) ?? [];
  const quoteLength = opening.length - prefix.length;
  const end = node.to - quoteLength;
  const parts: Expression[] = [];
  let from = node.from + opening.length;
  const addText = (to: number): void => {
    const raw = source.text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
    const text = /r/i.test(prefix) ? raw : decodeEscapes(raw);
    if (text !== '') parts.push({ kind: 'text', text, line: source.lineAt(from) });
  };
  for (const replacement of node.getChildren('FormatReplacement')) {
    addText(replacement.from);
    const [inside] = operands(replacement);
    if (inside !== undefined) parts.push(read(inside));
    from = replacement.to;
  }
  addText(Math.max(from, end));
  return parts;
}

export function textOf(node: SyntaxNode, source: SourceText): string {
  return source.text.slice(node.from, node.to);
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

function operands(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(isOperand);
}

const EXPRESSION_NODE = /(?:Expression|String|Name|Number|Boolean|None|Ellipsis)$/;

/** Whether a child is an expression, not a bracket, keyword or operator. */
export function isOperand(node: SyntaxNode): boolean {
  return EXPRESSION_NODE.test(node.name);
}

export function splitAtCommas(children: readonly SyntaxNode[]): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const child of children) {
    if (child.name === ',') groups.push([]);
    else if (!/^[()[\]{}]$/.test(child.name)) groups.at(-1)?.push(child);
  }
  return groups;
}

import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { decodeStringLiteral } from '../python/stringLiteral';
import type { ReadNumber } from '../yamlNode';

/** A bundle of its own in the editor, because it brings a parser of Python: `await import('./pythonValues')`. */

/**
 * A Python tuple or set: a list that is marked, because none of them equals a list. The mark is an entry of its own,
 * so that whoever compares key by key finds a difference.
 */
function makeTuple(items: readonly unknown[]): readonly unknown[] {
  return Object.assign([...items], { isTuple: true });
}

/**
 * The values of a Python file of parameters, as DVC reads them from the syntax tree (dvc/utils/serialize/_py.py):
 * literals that are assigned to names in the module and, below the name of a class, in the class and to `self` in its
 * `__init__`. Everything else is left out. Problem `parameters-invalid` for what is not Python.
 */
export function readPythonValues(
  text: string,
  file: string,
  readNumber: ReadNumber = (value) => value,
): Result<Readonly<Record<string, unknown>>> {
  const tree = parser.parse(text);
  const mistake = findMistake(tree.topNode);
  if (mistake !== undefined) return failed(describeMistake(text, file, mistake));
  return ok(new Reader(text, readNumber).readBody(tree.topNode, false));
}

class NotLiteral extends Error {}

class Reader {
  constructor(
    private readonly text: string,
    private readonly readNumber: ReadNumber,
  ) {}

  /** @param isInit whether it is the body of `__init__`, in which only `self.x = …` counts */
  readBody(body: SyntaxNode, isInit: boolean): Readonly<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const statement of statementsIn(body)) {
      if (statement.name === 'AssignStatement') {
        Object.assign(values, this.readAssignment(statement, isInit));
        continue;
      }
      const name = this.textOf(statement.getChild('VariableName'));
      const inner = statement.getChild('Body');
      if (inner === null) continue;
      if (statement.name === 'ClassDefinition') values[name] = this.readBody(inner, false);
      else if (statement.name === 'FunctionDefinition' && name === '__init__') {
        Object.assign(values, this.readBody(inner, true));
      }
    }
    return values;
  }

  private readAssignment(statement: SyntaxNode, isInit: boolean): Record<string, unknown> {
    const children = childrenOf(statement);
    const at = children.findIndex(({ name }) => name === 'AssignOp');
    const [target, ...more] = children.slice(0, at).filter(({ name }) => name !== 'TypeDef');
    const assigned = children.slice(at + 1);
    const isOne = more.length === 0 && !assigned.some(({ name }) => name === 'AssignOp');
    const name = at > 0 && isOne && target !== undefined ? this.nameOf(target, isInit) : undefined;
    if (name === undefined) return {};
    try {
      return { [name]: this.readAssigned(assigned) };
    } catch (error) {
      if (error instanceof NotLiteral) return {};
      throw error;
    }
  }

  private nameOf(target: SyntaxNode, isInit: boolean): string | undefined {
    if (target.name === 'VariableName') return isInit ? undefined : this.textOf(target);
    const isOwn = target.name === 'MemberExpression' && this.textOf(target.firstChild) === 'self';
    return isOwn ? this.textOf(target.getChild('PropertyName')) : undefined;
  }

  /** `1, 2` is a tuple too. */
  private readAssigned(nodes: readonly SyntaxNode[]): unknown {
    const [first] = nodes;
    if (nodes.length === 1 && first !== undefined) return this.readLiteral(first);
    return makeTuple(this.readItems(nodes));
  }

  private readItems(nodes: readonly SyntaxNode[]): unknown[] {
    return nodes.filter(({ name }) => name !== ',').map((node) => this.readLiteral(node));
  }

  /** @throws NotLiteral for what `ast.literal_eval` refuses, and for bytes and complex numbers */
  private readLiteral(node: SyntaxNode): unknown {
    switch (node.name) {
      case 'Number':
        return this.readNumeral(this.textOf(node), 1);
      case 'UnaryExpression':
        return this.readSigned(node);
      case 'String':
        return this.readText(node);
      case 'ContinuedString':
        return childrenOf(node)
          .map((part) => this.readText(part))
          .join('');
      case 'Boolean':
        return this.textOf(node) === 'True';
      case 'None':
        return null;
      case 'ParenthesizedExpression':
        return this.readItems(innerOf(node))[0];
      case 'ArrayExpression':
        return this.readItems(innerOf(node));
      case 'TupleExpression':
      case 'SetExpression':
        return makeTuple(this.readItems(innerOf(node)));
      case 'DictionaryExpression':
        return this.readMap(innerOf(node));
      default:
        throw new NotLiteral();
    }
  }

  private readMap(nodes: readonly SyntaxNode[]): Readonly<Record<string, unknown>> {
    const parts = nodes.filter(({ name }) => name !== ',' && name !== ':');
    const map: Record<string, unknown> = {};
    for (let at = 0; at < parts.length; at += 2) {
      const [key, value] = [parts[at], parts[at + 1]];
      if (key === undefined || value === undefined) throw new NotLiteral();
      map[String(this.readLiteral(key))] = this.readLiteral(value);
    }
    return map;
  }

  private readSigned(node: SyntaxNode): unknown {
    const [sign, operand] = childrenOf(node);
    if (operand?.name !== 'Number' || !['-', '+'].includes(this.textOf(sign ?? null))) {
      throw new NotLiteral();
    }
    return this.readNumeral(this.textOf(operand), this.textOf(sign ?? null) === '-' ? -1 : 1);
  }

  private readNumeral(source: string, sign: 1 | -1): unknown {
    const value = Number(source.replaceAll('_', ''));
    if (Number.isNaN(value)) throw new NotLiteral();
    return this.readNumber(sign * value, `${sign < 0 ? '-' : ''}${source}`);
  }

  private readText(node: SyntaxNode): string {
    const text = node.name === 'String' ? decodeStringLiteral(this.textOf(node)) : undefined;
    if (text === undefined) throw new NotLiteral();
    return text;
  }

  private textOf(node: SyntaxNode | null): string {
    return node === null ? '' : this.text.slice(node.from, node.to);
  }
}

/** Decorators and `;` do not count. */
function* statementsIn(body: SyntaxNode): Generator<SyntaxNode> {
  for (const child of childrenOf(body)) {
    if (child.name === 'StatementGroup' || child.name === 'DecoratedStatement') {
      yield* statementsIn(child);
    } else yield child;
  }
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

/** Without the brackets. */
function innerOf(node: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(node).slice(1, -1);
}

/** Where the parser had to skip or to guess. */
function findMistake(top: SyntaxNode): number | undefined {
  const cursor = top.cursor();
  do if (cursor.type.isError) return cursor.from;
  while (cursor.next());
  return undefined;
}

function describeMistake(text: string, file: string, offset: number): Problem {
  return {
    code: 'parameters-invalid',
    message: 'This parameter file is not valid Python.',
    file,
    line: text.slice(0, offset).split('\n').length,
  };
}

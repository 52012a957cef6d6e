import type { SyntaxNode } from '@lezer/common';
import {
  childrenOf,
  isOperand,
  readArguments,
  readExpression,
  splitAtCommas,
  textOf,
  type SourceText,
} from './readExpression';
import { findCalls } from './findCalls';
import { readImports } from './readImports';
import { ScopeBuilder } from './scopeBuilder';
import type { Binding, Expression, Module, Parameter, Scope } from './syntax';

/** Reads a syntax tree into the scopes of a module. */
export function readModule(root: SyntaxNode, source: SourceText, path: string): Module {
  const scope = new ScopeBuilder('module', path, 1, undefined);
  const reader = new ModuleReader(source);
  for (const statement of childrenOf(root)) reader.readStatement(statement, scope, false);
  return { path, scope, mainGuard: reader.mainGuard };
}

class ModuleReader {
  mainGuard: number | undefined;

  constructor(private readonly source: SourceText) {}

  readStatement(node: SyntaxNode, scope: ScopeBuilder, guarded: boolean): void {
    switch (node.name) {
      case 'ImportStatement':
        scope.imports.push(...readImports(node, this.source));
        return;
      case 'FunctionDefinition':
        this.readFunction(node, scope, []);
        return;
      case 'ClassDefinition':
        this.readClass(node, scope, []);
        return;
      case 'DecoratedStatement':
        this.readDecorated(node, scope);
        return;
      case 'AssignStatement':
        this.readAssignment(node, scope);
        break;
      case 'ForStatement':
        this.readFor(node, scope);
        break;
      case 'WithStatement':
        this.readWith(node, scope);
        break;
      case 'ReturnStatement':
        scope.returns.push(...this.operandsOf(node));
        break;
      default:
    }
    this.readParts(node, scope, guarded);
  }

  /** The calls in the expressions of a statement, and the statements inside it. */
  private readParts(node: SyntaxNode, scope: ScopeBuilder, guarded: boolean): void {
    const isGuard =
      node.name === 'IfStatement' && scope.kind === 'module' && this.isMainGuard(node);
    for (const child of childrenOf(node)) {
      if (child.name === 'Body') {
        for (const inner of childrenOf(child)) {
          this.readStatement(inner, scope, guarded || isGuard);
        }
      } else if (isOperand(child)) {
        this.bindInside(child, scope);
        for (const call of findCalls(this.read(child))) scope.calls.push({ call, guarded });
      } else if (child.name === 'MatchBody' || child.name === 'MatchClause') {
        this.readParts(child, scope, guarded);
      }
    }
  }

  private isMainGuard(node: SyntaxNode): boolean {
    const condition = childrenOf(node).find(isOperand);
    if (condition === undefined) return false;
    const text = textOf(condition, this.source).replace(/\s/g, '');
    if (!/^\(?__name__==["']__main__["']/.test(text)) return false;
    this.mainGuard ??= this.source.lineAt(node.from);
    return true;
  }

  private readDecorated(node: SyntaxNode, scope: ScopeBuilder): void {
    const decorators = node
      .getChildren('Decorator')
      .map((decorator) => this.readDecorator(decorator));
    for (const child of childrenOf(node)) {
      if (child.name === 'FunctionDefinition') this.readFunction(child, scope, decorators);
      else if (child.name === 'ClassDefinition') this.readClass(child, scope, decorators);
    }
  }

  /** `@a.b(c)`: the tree has its names and its arguments side by side. */
  private readDecorator(node: SyntaxNode): Expression {
    const line = this.source.lineAt(node.from);
    const names = node.getChildren('VariableName').map((name) => textOf(name, this.source));
    const callee = names
      .slice(1)
      .reduce<Expression>((object, name) => ({ kind: 'attribute', object, name, line }), {
        kind: 'name',
        name: names[0] ?? '',
        line,
      });
    const list = node.getChild('ArgList');
    if (list === null) return callee;
    return { kind: 'call', callee, line, ...readArguments(list, this.source) };
  }

  private readFunction(
    node: SyntaxNode,
    scope: ScopeBuilder,
    decorators: readonly Expression[],
  ): void {
    const inner = this.open(node, 'function', scope);
    inner.decorators.push(...decorators);
    const list = node.getChild('ParamList');
    if (list !== null) inner.parameters.push(...this.readParameters(list));
    this.readBody(node, inner);
    scope.functions.push(inner);
  }

  private readClass(
    node: SyntaxNode,
    scope: ScopeBuilder,
    decorators: readonly Expression[],
  ): void {
    const inner = this.open(node, 'class', scope);
    inner.decorators.push(...decorators);
    const list = node.getChild('ArgList');
    if (list !== null) inner.bases.push(...readArguments(list, this.source).positional);
    this.readBody(node, inner);
    scope.classes.push(inner);
  }

  private open(node: SyntaxNode, kind: Scope['kind'], parent: ScopeBuilder): ScopeBuilder {
    const name = node.getChild('VariableName');
    const written = name === null ? '' : textOf(name, this.source);
    return new ScopeBuilder(kind, written, this.source.lineAt(node.from), parent);
  }

  private readBody(node: SyntaxNode, scope: ScopeBuilder): void {
    const body = node.getChild('Body');
    for (const statement of body === null ? [] : childrenOf(body)) {
      this.readStatement(statement, scope, false);
    }
  }

  private readParameters(list: SyntaxNode): Parameter[] {
    let kind: Parameter['kind'] = 'plain';
    return splitAtCommas(childrenOf(list)).flatMap((group): Parameter[] => {
      const name = group.find((child) => child.name === 'VariableName');
      const star = group[0]?.name;
      if (star === '*') kind = 'keyword-only';
      if (name === undefined) return [];
      const text = textOf(name, this.source);
      if (star === '*' || star === '**') return [{ name: text, kind: 'rest' }];
      const assigned = group.findIndex((child) => child.name === 'AssignOp');
      const value = assigned === -1 ? undefined : group[assigned + 1];
      if (value === undefined) return [{ name: text, kind }];
      return [{ name: text, kind, defaultValue: this.read(value) }];
    });
  }

  /** `a = b = value`, `a, b = c, d`, `a: type = value`, `self.x = value`. */
  private readAssignment(node: SyntaxNode, scope: ScopeBuilder): void {
    const sides: SyntaxNode[][] = [[]];
    for (const child of childrenOf(node)) {
      if (child.name === 'AssignOp') sides.push([]);
      else if (isOperand(child)) sides.at(-1)?.push(child);
    }
    const values = sides.pop() ?? [];
    const value = this.readTuple(values);
    if (value === undefined || sides.length === 0) return;
    for (const targets of sides) this.bindTargets(targets, { value, path: [] }, scope);
  }

  private readFor(node: SyntaxNode, scope: ScopeBuilder): void {
    const parts = childrenOf(node);
    const position = parts.findIndex((child) => child.name === 'in');
    const value = this.readTuple(parts.slice(position + 1).filter(isOperand));
    if (position === -1 || value === undefined) return;
    const targets = parts.slice(0, position).filter(isOperand);
    this.bindTargets(targets, { value, path: ['each'] }, scope);
  }

  /** `with value as name, …`. */
  private readWith(node: SyntaxNode, scope: ScopeBuilder): void {
    const parts = childrenOf(node);
    parts.forEach((part, index) => {
      const [value, target] = [parts[index - 1], parts[index + 1]];
      if (part.name !== 'as' || value === undefined || target === undefined) return;
      this.bindTargets([target], { value: this.read(value), path: [] }, scope);
    });
  }

  /** `(name := value)` and the names of comprehensions. */
  private bindInside(node: SyntaxNode, scope: ScopeBuilder): void {
    if (node.name === 'NamedExpression') this.readAssignment(node, scope);
    if (/Comprehension/.test(node.name)) this.bindComprehension(node, scope);
    for (const child of childrenOf(node)) {
      if (isOperand(child) || child.name === 'ArgList') this.bindInside(child, scope);
    }
  }

  private bindComprehension(node: SyntaxNode, scope: ScopeBuilder): void {
    const parts = childrenOf(node);
    parts.forEach((part, index) => {
      if (part.name !== 'for') return;
      const position = parts.findIndex((child, at) => at > index && child.name === 'in');
      const iterable = parts[position + 1];
      if (position === -1 || iterable === undefined) return;
      const targets = parts.slice(index + 1, position).filter(isOperand);
      this.bindTargets(targets, { value: this.read(iterable), path: ['each'] }, scope);
    });
  }

  private bindTargets(targets: readonly SyntaxNode[], binding: Binding, scope: ScopeBuilder): void {
    const [only] = targets;
    if (targets.length === 1 && only !== undefined) this.bindTarget(only, binding, scope);
    else targets.forEach((target, index) => this.bindTarget(target, partOf(binding, index), scope));
  }

  private bindTarget(target: SyntaxNode, binding: Binding, scope: ScopeBuilder): void {
    if (target.name === 'VariableName') scope.bind(textOf(target, this.source), binding);
    else if (target.name === 'TupleExpression' || target.name === 'ArrayExpression') {
      childrenOf(target)
        .filter(isOperand)
        .forEach((inner, index) => this.bindTarget(inner, partOf(binding, index), scope));
    } else if (target.name === 'MemberExpression') {
      const match = /^(?:self|cls)\.(\w+)$/.exec(textOf(target, this.source));
      if (match?.[1] !== undefined) scope.enclosingClass()?.bindAttribute(match[1], binding, scope);
    }
  }

  private readTuple(nodes: readonly SyntaxNode[]): Expression | undefined {
    const [first] = nodes;
    if (first === undefined) return undefined;
    if (nodes.length === 1) return this.read(first);
    return {
      kind: 'list',
      items: nodes.map((node) => this.read(node)),
      line: this.source.lineAt(first.from),
    };
  }

  private operandsOf(node: SyntaxNode): Expression[] {
    const value = this.readTuple(childrenOf(node).filter(isOperand));
    return value === undefined ? [] : [value];
  }

  private read(node: SyntaxNode): Expression {
    return readExpression(node, this.source);
  }
}

function partOf(binding: Binding, index: number): Binding {
  return { value: binding.value, path: [...binding.path, index] };
}

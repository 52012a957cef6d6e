import type { SyntaxNode } from '@lezer/common';
import type { Evidence } from '../../base/evidence';
import type { Problem } from '../../base/problem';
import { childrenOf, isOperand } from '../python/readExpression';
import { readImports } from '../python/readImports';
import { assign } from '../evaluate/assign';
import { Interpreter, type Arguments, type Frame } from '../evaluate/interpreter';
import { binaryOperation } from '../evaluate/operators';
import type { PyValue, Scope } from '../evaluate/pyValue';
import { callKedro } from './callKedro';
import { combinePipelines } from './combinePipelines';
import { absoluteName, lineAt, type KedroModule, type KedroModules } from './kedroModules';
import { pipelineOf, pipelineValue } from './kedroPipeline';

const OPERATORS = new Set(['+', '-', '&', '|']);

/** Evaluates the Python that makes a Kedro project's pipelines, over all modules of its package. */
export class KedroInterpreter extends Interpreter {
  readonly problems: Problem[] = [];
  /** Whether the project asked Kedro to find its pipelines. */
  hasSearched = false;
  private readonly scopes = new Map<string, Scope>();
  /** The calls that are under way, the innermost last. */
  private readonly calls: { readonly frame: Frame; readonly offset: number }[] = [];

  constructor(
    readonly modules: KedroModules,
    readonly packageName: string,
    /** The pipelines that a run asks for, of which alone Kedro 1.5 loads the code; undefined: all. */
    readonly requested?: ReadonlySet<string>,
  ) {
    super(
      modules.parser,
      (name, given, interpreter) => (interpreter as KedroInterpreter).callNamed(name, given),
      () => true,
    );
  }

  /** The names of a module, after everything at its top has been evaluated. */
  scopeOf(module: KedroModule): Scope {
    const known = this.scopes.get(module.file);
    if (known !== undefined) return known;
    const scope: Scope = { variables: new Map(), globals: new Set() };
    // Known before it is complete: modules import each other in circles.
    this.scopes.set(module.file, scope);
    const frame = { code: { text: module.text, file: module.file, line: 1 }, scope };
    const before = this.uncertain;
    this.uncertain = 0;
    for (const statement of childrenOf(module.tree)) this.execute(statement, frame);
    this.uncertain = before;
    return scope;
  }

  override evaluate(node: SyntaxNode, frame: Frame): PyValue {
    switch (node.name) {
      case 'CallExpression':
        this.calls.push({ frame, offset: node.from });
        try {
          return super.evaluate(node, frame);
        } finally {
          this.calls.pop();
        }
      case 'BinaryExpression':
        return this.combined(node, frame) ?? super.evaluate(node, frame);
      case 'MemberExpression': {
        const value = super.evaluate(node, frame);
        return value.kind === 'external' ? (this.resolve(value.name) ?? value) : value;
      }
      default:
        return super.evaluate(node, frame);
    }
  }

  override execute(node: SyntaxNode, frame: Frame): ReturnType<Interpreter['execute']> {
    switch (node.name) {
      case 'ImportStatement':
        this.bindImports(node, frame);
        return undefined;
      case 'DecoratedStatement': {
        const inner = node.getChild('FunctionDefinition');
        return inner === null ? super.execute(node, frame) : super.execute(inner, frame);
      }
      case 'UpdateStatement':
        return this.update(node, frame) ? undefined : super.execute(node, frame);
      default:
        return super.execute(node, frame);
    }
  }

  /** A pipeline is of the function that gives it. */
  override call(callee: PyValue, given: Arguments): PyValue {
    const value = super.call(callee, given);
    const pipeline = callee.kind === 'function' ? pipelineOf(value) : undefined;
    if (pipeline === undefined || callee.kind !== 'function') return value;
    const { code, node } = callee;
    const source = { file: code.file, line: lineAt(code.text, node.from) };
    return pipelineValue({ ...pipeline, source });
  }

  /** Where the call that is being evaluated stands. */
  place(): Evidence {
    const call = this.calls.at(-1);
    if (call === undefined) return { file: '', line: 1 };
    const { code } = call.frame;
    return { file: code.file, line: lineAt(code.text, call.offset) };
  }

  /** The file of the project that a function is defined in. */
  fileOf(callee: PyValue): string | undefined {
    if (callee.kind === 'function') return callee.code.file;
    return callee.kind === 'external' ? this.moduleOf(callee.name)?.module.file : undefined;
  }

  private callNamed(name: string, given: Arguments): PyValue {
    const own = this.resolve(name);
    return own === undefined ? callKedro(name, given, this) : this.call(own, given);
  }

  /** What a dotted name means in the modules of the project; undefined where it means nothing known there. */
  private resolve(name: string, depth = 0): PyValue | undefined {
    const found = this.moduleOf(name);
    if (found?.rest.length !== 1 || depth > 8) return undefined;
    const value = this.scopeOf(found.module).variables.get(found.rest[0] ?? '');
    if (value === undefined || value.kind === 'unknown') return undefined;
    if (value.kind !== 'external') return value;
    return value.name === name ? undefined : (this.resolve(value.name, depth + 1) ?? value);
  }

  /** The module that a dotted name begins with, and what of the name is left. */
  private moduleOf(
    name: string,
  ): { readonly module: KedroModule; readonly rest: readonly string[] } | undefined {
    const isOwn = name.split('.')[0] === this.packageName.split('.')[0];
    if (!isOwn && !this.modules.isOnPath) return undefined;
    const parts = name.split('.');
    for (let length = parts.length; length > 0; length--) {
      const module = this.modules.find(parts.slice(0, length).join('.'));
      if (module !== undefined) return { module, rest: parts.slice(length) };
    }
    return undefined;
  }

  private bindImports(node: SyntaxNode, { code, scope }: Frame): void {
    const importer = this.modules.at(code.file);
    const source = { text: code.text, lineAt: () => 1 };
    for (const { module, level, name, bound } of readImports(node, source)) {
      const from = importer === undefined ? module : absoluteName(importer, module, level);
      if (name === '*') this.bindAll(from, scope);
      else if (name !== undefined) {
        const full = `${from}.${name}`;
        scope.variables.set(bound, this.resolve(full) ?? { kind: 'external', name: full });
      } else {
        const isTop = bound === module.split('.')[0];
        scope.variables.set(bound, { kind: 'external', name: isTop ? bound : module });
      }
    }
  }

  private bindAll(from: string, scope: Scope): void {
    const found = this.moduleOf(from);
    if (found === undefined || found.rest.length > 0) return;
    for (const [name, value] of this.scopeOf(found.module).variables) {
      if (!name.startsWith('_')) scope.variables.set(name, value);
    }
  }

  private combined(node: SyntaxNode, frame: Frame): PyValue | undefined {
    const parts = childrenOf(node);
    const [left, sign, right] = parts;
    if (parts.length !== 3 || left === undefined || sign === undefined || right === undefined) {
      return undefined;
    }
    const operator = this.textOf(sign, frame);
    if (!OPERATORS.has(operator)) return undefined;
    const values = [this.evaluate(left, frame), this.evaluate(right, frame)] as const;
    const place = { file: frame.code.file, line: lineAt(frame.code.text, node.from) };
    return combinePipelines(operator, ...values, place) ?? binaryOperation(operator, ...values);
  }

  /** `pipe += pipeline(…)`. */
  private update(node: SyntaxNode, frame: Frame): boolean {
    const [target, sign, operand] = childrenOf(node);
    if (target === undefined || sign === undefined || operand === undefined) return false;
    if (!isOperand(target)) return false;
    const before = this.evaluate(target, frame);
    if (before.kind === 'list' || before.kind === 'dict') return false;
    const change = this.evaluate(operand, frame);
    const operator = this.textOf(sign, frame).slice(0, -1);
    const place = { file: frame.code.file, line: lineAt(frame.code.text, node.from) };
    const value = combinePipelines(operator, before, change, place);
    assign(target, value ?? binaryOperation(operator, before, change), frame, this);
    return true;
  }

  /** What could not be read, once for each place. */
  report(problem: Problem): void {
    const isKnown = this.problems.some(
      (one) => one.code === problem.code && one.file === problem.file && one.line === problem.line,
    );
    if (!isKnown) this.problems.push(problem);
  }
}

/** Nothing is passed. */
export const NO_ARGUMENTS: Arguments = { positional: [], keywords: new Map(), open: false };

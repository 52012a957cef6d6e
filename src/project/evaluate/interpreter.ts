import type { SyntaxNode } from '@lezer/common';
import type { Parser } from '@lezer/common';
import type { Code } from './code';
import { callFunction } from './callFunction';
import { EXPRESSIONS } from './expressions';
import { STATEMENTS, type Flow } from './statements';
import {
  UNKNOWN,
  type PyFunction,
  type PyList,
  type PyDict,
  type PyValue,
  type Scope,
} from './pyValue';

/** Where code stands, and the names that it sees. */
export interface Frame {
  readonly code: Code;
  readonly scope: Scope;
}

/** What functions outside of the workflow give; `unknown` where they are not understood. */
export type CallExternal = (name: string, call: Arguments, interpreter: Interpreter) => PyValue;

export interface Arguments {
  readonly positional: readonly PyValue[];
  readonly keywords: ReadonlyMap<string, PyValue>;
  /** Whether `*` or `**` of something unknown passes more. */
  readonly open: boolean;
}

/** A workflow costs at most this many steps; what is left then stays unknown. */
const MOST_STEPS = 3_000_000;
const DEEPEST = 80;

/**
 * Evaluates the Python of a workflow as far as it is understood: texts, numbers, containers, comprehensions,
 * functions of its own, and what is known of Snakemake and the standard library. Nothing else is run, no file is
 * written. Everything else is unknown.
 */
export class Interpreter {
  private steps = MOST_STEPS;
  private depth = 0;
  /** More than 0 while code is read of which is not known whether it would run, or how often. */
  uncertain = 0;

  constructor(
    readonly parser: Parser,
    readonly callExternal: CallExternal,
    readonly isExternal: (name: string) => boolean,
  ) {}

  evaluate(node: SyntaxNode, frame: Frame): PyValue {
    if (--this.steps < 0 || this.depth > DEEPEST) return UNKNOWN;
    this.depth++;
    try {
      return EXPRESSIONS[node.name]?.(node, frame, this) ?? UNKNOWN;
    } finally {
      this.depth--;
    }
  }

  execute(node: SyntaxNode, frame: Frame): Flow {
    if (--this.steps < 0 || this.depth > DEEPEST) return undefined;
    this.depth++;
    try {
      return STATEMENTS[node.name]?.(node, frame, this);
    } finally {
      this.depth--;
    }
  }

  /** Runs statements until one of them leaves the block. */
  executeAll(nodes: readonly SyntaxNode[], frame: Frame): Flow {
    for (const node of nodes) {
      const flow = this.execute(node, frame);
      if (flow !== undefined) return flow;
    }
    return undefined;
  }

  /** A call of any value. What something unknown is given may have grown. */
  call(callee: PyValue, given: Arguments): PyValue {
    if (callee.kind === 'function') return callFunction(callee, given, this);
    if (callee.kind === 'external') return this.callExternal(callee.name, given, this);
    if (callee.kind === 'method') {
      const positional = [callee.object, ...given.positional];
      return this.callExternal(`.${callee.name}`, { ...given, positional }, this);
    }
    for (const value of [...given.positional, ...given.keywords.values()]) {
      if (value.kind === 'list' || value.kind === 'dict') value.open = true;
    }
    return UNKNOWN;
  }

  callWith(
    callee: PyFunction,
    keywords: Readonly<Record<string, PyValue>>,
    first: PyValue,
  ): PyValue {
    const taken = Object.entries(keywords).filter(([name]) =>
      callee.parameters.some((parameter) => parameter.name === name || parameter.kind === 'dict'),
    );
    return this.call(callee, { positional: [first], keywords: new Map(taken), open: false });
  }

  /** To be told of every change in place. */
  touch(target: PyList | PyDict): void {
    if (this.uncertain > 0) target.open = true;
  }

  textOf(node: SyntaxNode, frame: Frame): string {
    return frame.code.text.slice(node.from, node.to);
  }

  nameValue(name: string, scope: Scope): PyValue {
    for (let one: Scope | undefined = scope; one !== undefined; one = one.parent) {
      const value = one.variables.get(name);
      if (value !== undefined) return value;
    }
    return this.isExternal(name) ? { kind: 'external', name } : UNKNOWN;
  }
}

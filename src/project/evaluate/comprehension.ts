import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isOperand } from '../python/readExpression';
import { assignAll } from './assign';
import type { Frame, Interpreter } from './interpreter';
import { uniqueItems } from './operators';
import { itemsOf, truthOf } from './pyText';
import { dict, list, setEntry, UNKNOWN, type PyValue } from './pyValue';

/** `for a, b in source if condition`, several of them one in the other. */
interface Clause {
  readonly targets: readonly SyntaxNode[];
  readonly source: SyntaxNode;
  readonly conditions: readonly SyntaxNode[];
}

/** More items than this are not listed. */
const MOST_ITEMS = 50_000;

export function evaluateComprehension(
  node: SyntaxNode,
  frame: Frame,
  interpreter: Interpreter,
  type: 'list' | 'set' | 'dict',
): PyValue {
  const parts = childrenOf(node).filter((part) => !/^[()[\]{}]$/.test(part.name));
  const first = parts.findIndex((part) => part.name === 'for');
  const results = parts.slice(0, first).filter(isOperand);
  const collector = new Collector(results, clausesOf(parts.slice(first)), interpreter);
  // A scope of its own: its names are not seen outside.
  const scope = { variables: new Map<string, PyValue>(), parent: frame.scope };
  collector.collect(0, { code: frame.code, scope });
  const { rows, open } = collector;
  if (type === 'dict') {
    const made = dict([], open);
    for (const [key = UNKNOWN, value = UNKNOWN] of rows) setEntry(made, key, value);
    return made;
  }
  const items = rows.map((row) => row[0] ?? UNKNOWN);
  return type === 'set' ? uniqueItems(items, open) : list(items, open);
}

class Collector {
  readonly rows: (readonly PyValue[])[] = [];
  open = false;

  constructor(
    private readonly results: readonly SyntaxNode[],
    private readonly clauses: readonly Clause[],
    private readonly interpreter: Interpreter,
  ) {}

  collect(depth: number, frame: Frame): void {
    const clause = this.clauses[depth];
    if (this.rows.length >= MOST_ITEMS) this.open = true;
    else if (clause === undefined) {
      this.rows.push(this.results.map((result) => this.interpreter.evaluate(result, frame)));
    } else this.loop(clause, depth, frame);
  }

  private loop(clause: Clause, depth: number, frame: Frame): void {
    const source = itemsOf(this.interpreter.evaluate(clause.source, frame));
    const items = source === undefined ? [UNKNOWN] : source.items;
    if (source?.open !== false) this.open = true;
    for (const item of items) {
      assignAll(clause.targets, item, frame, this.interpreter);
      const truths = new Set(
        clause.conditions.map((one) => truthOf(this.interpreter.evaluate(one, frame))),
      );
      if (truths.has(false)) continue;
      if (truths.has(undefined)) this.open = true;
      this.collect(depth + 1, frame);
    }
  }
}

function clausesOf(parts: readonly SyntaxNode[]): readonly Clause[] {
  const clauses: Clause[] = [];
  const starts = parts.flatMap((part, at) => (part.name === 'for' ? [at] : []));
  starts.forEach((start, index) => {
    const own = parts.slice(start + 1, starts[index + 1] ?? parts.length);
    const position = own.findIndex((part) => part.name === 'in');
    const source = own[position + 1];
    if (position === -1 || source === undefined) return;
    const targets = own.slice(0, position).filter(isOperand);
    clauses.push({ targets, source, conditions: own.slice(position + 2).filter(isOperand) });
  });
  return clauses;
}

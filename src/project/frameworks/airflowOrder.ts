import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isOperand, textOf, type SourceText } from '../python/readExpression';

/** One line of a DAG file that says which task comes first. */
export interface TaskOrder {
  readonly before: string;
  readonly after: string;
  /** 1-based. */
  readonly line: number;
}

/** Names of variables and of called task functions, in `a >> [b, c]`, `a.set_downstream(b)`, `c(a())`. */
export async function readTaskOrder(
  text: string,
  tasks: ReadonlySet<string>,
): Promise<readonly TaskOrder[]> {
  const { parser } = await import('@lezer/python');
  const lines = lineStarts(text);
  const reader = new OrderReader({ text, lineAt: (offset) => lineOf(lines, offset) }, tasks);
  parser
    .parse(text)
    .cursor()
    .iterate((node) => {
      if (node.name === 'BinaryExpression') reader.readShift(node.node);
      else if (node.name === 'CallExpression') reader.readCall(node.node);
    });
  return reader.found;
}

class OrderReader {
  readonly found: TaskOrder[] = [];

  constructor(
    private readonly source: SourceText,
    private readonly tasks: ReadonlySet<string>,
  ) {}

  /** `a >> b >> c` is `(a >> b) >> c`: what stands at the end of the left side comes before the right. */
  readShift(node: SyntaxNode): void {
    const [left, sign, right] = childrenOf(node);
    if (left === undefined || sign === undefined || right === undefined) return;
    const operator = textOf(sign, this.source);
    if (operator !== '>>' && operator !== '<<') return;
    const [first, second] =
      operator === '>>' ? [this.lastOf(left), right] : [right, this.lastOf(left)];
    this.add(first, second, node);
  }

  /** `a.set_downstream(b)`, `chain(a, b)`, and TaskFlow: `load(transform(extract()))`. */
  readCall(node: SyntaxNode): void {
    const [callee, list] = childrenOf(node);
    if (callee === undefined || list?.name !== 'ArgList') return;
    const given = childrenOf(list).filter(isOperand);
    const name = textOf(callee, this.source);
    const [, object, method] = /^(\w+)\.set_(down|up)stream$/.exec(name) ?? [];
    const owner = callee.firstChild;
    if (object !== undefined && owner !== null) {
      for (const one of given) {
        if (method === 'down') this.add(owner, one, node);
        else this.add(one, owner, node);
      }
    } else if (/(?:^|\.)chain$/.test(name)) {
      given.forEach((one, index) => {
        const next = given[index + 1];
        if (next !== undefined) this.add(one, next, node);
      });
    } else if (this.tasks.has(name)) for (const one of given) this.add(one, callee, node);
  }

  private lastOf(node: SyntaxNode): SyntaxNode {
    return node.name === 'BinaryExpression' ? (node.lastChild ?? node) : node;
  }

  private add(first: SyntaxNode, second: SyntaxNode, place: SyntaxNode): void {
    const line = this.source.lineAt(place.from);
    for (const before of this.namesIn(first)) {
      for (const after of this.namesIn(second)) {
        if (before !== after) this.found.push({ before, after, line });
      }
    }
  }

  private namesIn(node: SyntaxNode): readonly string[] {
    if (node.name === 'VariableName') {
      const name = textOf(node, this.source);
      return this.tasks.has(name) ? [name] : [];
    }
    if (node.name === 'CallExpression')
      return node.firstChild === null ? [] : this.namesIn(node.firstChild);
    return /^(?:Array|Tuple|Parenthesized)Expression$/.test(node.name)
      ? childrenOf(node)
          .filter(isOperand)
          .flatMap((child) => this.namesIn(child))
      : [];
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** The names in an order that breaks none of the rules, otherwise as given; of a circle, as given. */
export function sortTasks(
  names: readonly string[],
  order: readonly TaskOrder[],
): readonly string[] {
  const sorted = new Set<string>();
  const needs = new Map<string, string[]>();
  for (const { before, after } of order) needs.set(after, [...(needs.get(after) ?? []), before]);
  for (let size = -1; size !== sorted.size;) {
    size = sorted.size;
    for (const name of names) {
      if (needs.get(name)?.every((one) => sorted.has(one) || !names.includes(one)) !== false) {
        sorted.add(name);
      }
    }
  }
  return [...sorted, ...names.filter((name) => !sorted.has(name))];
}

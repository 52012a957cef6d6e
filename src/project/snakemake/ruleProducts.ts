import {
  applyWildcards,
  compilePattern,
  matchPattern,
  type PathPattern,
  type WildcardValues,
} from './wildcards';
import type { Rule, Workflow } from './workflow';

const productsOf = new WeakMap<Rule, readonly PathPattern[]>();

/** What a rule writes, logs and benchmarks included, as in `Rule.products`. */
export function productPatterns(rule: Rule): readonly PathPattern[] {
  let patterns = productsOf.get(rule);
  if (patterns === undefined) {
    patterns = [...rule.output, ...rule.log, ...rule.benchmark].flatMap((item) =>
      item.kind === 'path' ? [compilePattern(item.path, rule.constraints)] : [],
    );
    productsOf.set(rule, patterns);
  }
  return patterns;
}

/** As `Rule.get_wildcards`: the values of the job that asks, where they make this file, else those of the shortest match. */
export function wildcardsFor(
  rule: Rule,
  file: string,
  wanted: WildcardValues,
): WildcardValues | undefined {
  let best: WildcardValues | undefined;
  for (const pattern of productPatterns(rule)) {
    const own = new Map([...wanted].filter(([name]) => pattern.names.has(name)));
    if (
      own.size === pattern.names.size &&
      applyWildcards(pattern.source, own) === file &&
      isAllowed(pattern, own)
    ) {
      return own;
    }
    const match = matchPattern(pattern, file);
    if (match !== undefined && (best === undefined || lengthOf(match) < lengthOf(best)))
      best = match;
  }
  return best;
}

function isAllowed(pattern: PathPattern, values: WildcardValues): boolean {
  return pattern.parts.every(
    (part) =>
      part.kind === 'literal' || part.constraint?.test(values.get(part.name) ?? '') !== false,
  );
}

function lengthOf(values: WildcardValues): number {
  return [...values.values()].reduce((sum, value) => sum + value.length, 0);
}

/** As `Ruleorder.compare`: negative where the first one is preferred. Without an order, rules without wildcards are. */
function compareRules(a: Rule, b: Rule, order: readonly (readonly string[])[]): number {
  for (const clause of order.toReversed()) {
    const [first, second] = [clause.indexOf(a.name), clause.indexOf(b.name)];
    if (first !== -1 && second !== -1) return first - second;
  }
  return Number(hasPattern(a)) - Number(hasPattern(b));
}

/** Whether a rule has wildcards, so that it is no target by itself. */
export function hasPattern(rule: Rule): boolean {
  return productPatterns(rule).some(({ names }) => names.size > 0);
}

/** Which rules write which files. */
export class ProducerIndex {
  private readonly literal = new Map<string, Rule[]>();
  private readonly patterns: { readonly rule: Rule; readonly pattern: PathPattern }[] = [];

  constructor(private readonly workflow: Workflow) {
    for (const rule of workflow.rules.values()) {
      for (const pattern of productPatterns(rule)) this.add(rule, pattern);
    }
  }

  private add(rule: Rule, pattern: PathPattern): void {
    const known = this.literal.get(pattern.source);
    if (pattern.names.size > 0) this.patterns.push({ rule, pattern });
    else if (known === undefined) this.literal.set(pattern.source, [rule]);
    else known.push(rule);
  }

  /** The rules that write a file, the preferred ones first. */
  candidates(file: string): readonly Rule[] {
    const rules = new Set(this.literal.get(file));
    for (const { rule, pattern } of this.patterns) {
      if (!rules.has(rule) && matchPattern(pattern, file) !== undefined) rules.add(rule);
    }
    return [...rules].sort((a, b) => compareRules(a, b, this.workflow.ruleorder));
  }
}

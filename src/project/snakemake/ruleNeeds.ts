import { callInput } from './expandInput';
import { hasHole, hole, text } from '../evaluate/pyValue';
import { addNeed, reachedFrom, type NeedStrength, type RuleNeeds } from './falseCycles';
import type { JobGraph } from './jobs';
import { productPatterns } from './ruleProducts';
import {
  compilePattern,
  compileRead,
  compileWritten,
  hasWildcards,
  matchPattern,
  type WrittenPattern,
} from './wildcards';
import type { Rule, RuleItem, Workflow } from './workflow';

/** A wildcard of no job in particular. */
const ANY_WILDCARDS = {
  kind: 'object',
  attributes: new Map(),
  otherwise: (name: string) => text(hole(name)),
} as const;

/** The files that a rule reads, its input functions asked for no job in particular. */
export function generalInput(rule: Rule, workflow: Workflow): readonly RuleItem[] {
  return rule.input.flatMap((item) =>
    item.kind === 'function' ? callInput(item, ANY_WILDCARDS, workflow.interpreter) : [item],
  );
}

/**
 * Which rules come before which: those that the jobs of the workflow show; of rules without jobs, or whose input
 * is not known, those whose patterns fit.
 */
export function findNeeds(workflow: Workflow, graph: JobGraph): RuleNeeds {
  const needs = new Map(
    [...workflow.rules.keys()].map((name) => [name, new Map<string, NeedStrength>()]),
  );
  const settled = new Set<string>();
  for (const job of graph.jobs) {
    for (const producer of job.producers.values())
      needs.get(job.rule.name)?.set(producer.rule.name, 'job');
    if (job.unknownInput === undefined) settled.add(job.rule.name);
  }
  const index = new PatternIndex(workflow);
  for (const rule of workflow.rules.values()) {
    const own = needs.get(rule.name);
    if (own === undefined || settled.has(rule.name)) continue;
    for (const item of generalInput(rule, workflow)) {
      if (item.kind !== 'path') continue;
      for (const [writer, strength] of index.writersOf(item.path)) addNeed(own, writer, strength);
    }
    for (const name of rule.mentions) if (workflow.rules.has(name)) addNeed(own, name, 'named');
    own.delete(rule.name);
  }
  return needs;
}

/**
 * Which rules write what others read, as far as the patterns alone tell: `raw/{s}.csv` is read where
 * `raw/{sample}.csv` is written, and where `raw/a.csv` is.
 */
class PatternIndex {
  private readonly literal = new Map<string, string[]>();
  private readonly patterns: { readonly rule: Rule; readonly written: WrittenPattern }[] = [];
  private readonly known = new Map<string, ReadonlyMap<string, NeedStrength>>();

  constructor(private readonly workflow: Workflow) {
    for (const rule of workflow.rules.values()) {
      for (const { source } of productPatterns(rule)) {
        const written = compileWritten(source, rule.constraints);
        const known = this.literal.get(source);
        if (written.pattern.names.size > 0) this.patterns.push({ rule, written });
        else if (known === undefined) this.literal.set(source, [rule.name]);
        else known.push(rule.name);
      }
    }
  }

  writersOf(path: string): ReadonlyMap<string, NeedStrength> {
    const known = this.known.get(path);
    if (known !== undefined) return known;
    const exact = hasWildcards(path) || hasHole(path) ? 'named' : 'file';
    const found = new Map<string, NeedStrength>(
      this.preferred(this.find(path)).map((rule) => [
        rule,
        this.writes(rule, path) ? exact : 'fits',
      ]),
    );
    this.known.set(path, found);
    return found;
  }

  /** Whether a rule's output is written just like this. */
  private writes(rule: string, path: string): boolean {
    const written = this.workflow.rules.get(rule);
    return written !== undefined && productPatterns(written).some(({ source }) => source === path);
  }

  private find(path: string): readonly string[] {
    const exact = this.literal.get(path);
    if (exact !== undefined) return exact;
    const target = compileRead(path);
    const writers = this.patterns
      .filter(({ written }) => matchPattern(written.pattern, target) !== undefined)
      .map(({ rule }) => rule.name);
    if (writers.length > 0 || !hasWildcards(path)) return writers;
    const pattern = compilePattern(path, new Map());
    return [...this.literal].flatMap(([written, rules]) =>
      matchPattern(pattern, written) === undefined ? [] : rules,
    );
  }

  /** Of several rules for one file, the one that `ruleorder` puts first. */
  private preferred(rules: readonly string[]): readonly string[] {
    const order = this.workflow.ruleorder.findLast(
      (clause) => rules.filter((rule) => clause.includes(rule)).length > 1,
    );
    if (order === undefined) return rules;
    const first = order.find((rule) => rules.includes(rule));
    return rules.filter((rule) => rule === first || !order.includes(rule));
  }
}

/** The rules that the default target needs; undefined where that cannot be told. */
export function reachedRules(
  workflow: Workflow,
  graph: JobGraph,
  needs: RuleNeeds,
): ReadonlySet<string> | undefined {
  const target = workflow.defaultTarget;
  if (target === undefined) return undefined;
  const reached = reachedFrom(target, needs);
  if (graph.gaps.length === 0) return reached;
  if (workflow.gaps.length > 0) return undefined;
  const isUnclear = [...reached].some((name) => {
    const rule = workflow.rules.get(name);
    return rule === undefined || generalInput(rule, workflow).some((item) => item.kind !== 'path');
  });
  return isUnclear ? undefined : reached;
}

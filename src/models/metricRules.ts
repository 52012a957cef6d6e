import { nearestWord } from '../base/nearest';
import type { Problem } from '../base/problem';
import type { MetricRule, MetricRules } from '../config/config';

/** The rule of preflight.yaml for a metric: by its full dotted name, else by the last part of it. */
export function findRule(rules: MetricRules, name: string): MetricRule | undefined {
  const key = [name, lastPart(name)].find((candidate) => Object.hasOwn(rules, candidate));
  return key === undefined ? undefined : rules[key];
}

/** Problem `metric-unknown` for every rule that no metric of either side goes by. */
export function findUnknownRules(rules: MetricRules, names: Iterable<string>): readonly Problem[] {
  const known = new Set([...names].flatMap((name) => [name, lastPart(name)]));
  return Object.keys(rules)
    .filter((key) => !known.has(key))
    .map((key) => {
      const nearest = nearestWord(key, known);
      return {
        code: 'metric-unknown',
        message: `The gate has a rule for the metric "${key}", which neither version has.`,
        file: 'preflight.yaml',
        fix:
          nearest === undefined
            ? 'Run the evaluation that writes it, or remove the rule.'
            : `Did you mean "${nearest}"?`,
      };
    });
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

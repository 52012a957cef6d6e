import type { MetricRule, MetricRules } from '../config/config';
import type { Direction, MetricComparison, MetricValue } from './comparison';
import { inferNature } from './direction';
import { judgeMetric, type MissingBase } from './judgeMetric';
import { findRule } from './metricRules';

/** Whose metrics they are. */
export interface MetricsSubject {
  /** The model's name, or the file's path where no model claims it. */
  readonly model: string;
  readonly file: string;
  /** Why there is no base at all; absent where the base was read. */
  readonly baseMissing?: MissingBase;
}

/**
 * Compares the metrics of one file on two sides, in the order of the candidate's file, the vanished ones last.
 * Values that are not finite are shown as missing, and named in the reason.
 */
export function compareMetrics(
  base: readonly MetricValue[],
  candidate: readonly MetricValue[],
  rules: MetricRules,
  subject: MetricsSubject,
): readonly MetricComparison[] {
  const before = new Map(base.map((metric) => [metric.name, metric]));
  const after = new Set(candidate.map(({ name }) => name));
  const vanished = base.filter(({ name }) => !after.has(name));
  return [
    ...candidate.map((metric) => compareOne(before.get(metric.name), metric, rules, subject)),
    ...vanished.map((metric) => compareOne(metric, undefined, rules, subject)),
  ];
}

function compareOne(
  base: MetricValue | undefined,
  candidate: MetricValue | undefined,
  rules: MetricRules,
  { model, file, baseMissing }: MetricsSubject,
): MetricComparison {
  const name = candidate?.name ?? base?.name ?? '';
  const rule = findRule(rules, name);
  const nature = inferNature(name);
  const { direction, directionSource } = chooseDirection(nature.direction, rule);
  const pair = { base: base?.value ?? null, candidate: candidate?.value ?? null };
  const judgement = judgeMetric(
    {
      ...pair,
      direction,
      variesBetweenRuns: nature.variesBetweenRuns,
      ...(baseMissing === undefined ? {} : { baseMissing }),
    },
    rule,
  );
  const delta = difference(pair.base, pair.candidate);
  return {
    model,
    file,
    name,
    base: finite(pair.base),
    candidate: finite(pair.candidate),
    delta,
    direction,
    directionSource,
    change: changeOf(pair, delta, direction),
    interval: null,
    ...judgement,
    source: candidate?.source ?? base?.source ?? { file, line: 1 },
  };
}

function chooseDirection(
  inferred: Direction,
  rule: MetricRule | undefined,
): Pick<MetricComparison, 'direction' | 'directionSource'> {
  if (rule?.direction !== undefined)
    return { direction: rule.direction, directionSource: 'config' };
  return { direction: inferred, directionSource: inferred === 'unknown' ? 'unknown' : 'name' };
}

function changeOf(
  { base, candidate }: { readonly base: number | null; readonly candidate: number | null },
  delta: number | null,
  direction: Direction,
): MetricComparison['change'] {
  if (base === null) return 'added';
  if (candidate === null) return 'removed';
  if (delta === 0) return 'same';
  if (delta === null || direction === 'unknown') return 'unknown';
  return delta > 0 === (direction === 'higher') ? 'better' : 'worse';
}

function difference(base: number | null, candidate: number | null): number | null {
  return base === null || candidate === null ? null : finite(candidate - base);
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

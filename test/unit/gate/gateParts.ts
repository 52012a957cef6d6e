import type { Finding } from '../../../src/data/finding';
import type { DatasetReport } from '../../../src/data/report';
import type { Comparison, MetricComparison } from '../../../src/models/comparison';

/** Small parts of a report, with everything that a test does not care about filled in. */

export const NO_FINDINGS: readonly Finding[] = [];

export function findingOf(parts: Partial<Finding>): Finding {
  return {
    rule: 'column-missing',
    severity: 'error',
    dataset: 'tumours',
    column: 'mean_radius',
    message: 'Column "mean_radius" is missing.',
    observed: 'no such column',
    expected: 'a column of numbers',
    samples: [],
    ...parts,
  };
}

export function datasetOf(findings: readonly Finding[], path = 'data/tumours.csv'): DatasetReport {
  return {
    name: 'tumours',
    path,
    role: 'train',
    format: 'csv',
    verdict: findings.length === 0 ? 'pass' : 'fail',
    rows: 569,
    columns: [],
    findings,
    problems: [],
    exact: true,
    seconds: 0.5,
  };
}

export function metricOf(parts: Partial<MetricComparison>): MetricComparison {
  return {
    model: 'admissions',
    file: 'metrics.json',
    name: 'auc',
    base: 0.876,
    candidate: 0.871,
    delta: -0.005,
    direction: 'higher',
    directionSource: 'name',
    change: 'worse',
    interval: null,
    method: 'tolerance',
    result: 'pass',
    reason: 'It is within the margin.',
    source: { file: 'metrics.json', line: 3 },
    ...parts,
  };
}

export function comparisonOf(metrics: readonly MetricComparison[]): Comparison {
  return {
    base: 'HEAD (1a2b3c4)',
    candidate: 'index',
    metrics,
    slices: [],
    problems: [],
    verdict: 'pass',
  };
}

import type { Problem } from '../base/problem';
import type { DatasetReport } from '../data/report';
import type { Comparison } from '../models/comparison';
import type { Policy } from './policy';

/** What is known of one project when the gate judges it. */
export interface JudgedProject {
  readonly policy: Policy;
  readonly datasets: readonly DatasetReport[];
  readonly comparisons: readonly Comparison[];
  /** What kept something of the change from being judged. */
  readonly problems: readonly Problem[];
  /** What could not be read, but is not part of the change: told, and does not block. */
  readonly doubts: readonly Problem[];
}

/**
 * The project with all its paths relative to the folder that was checked. `prefix` is the way from there to the
 * project's root; empty where they are the same.
 */
export function placeProject(project: JudgedProject, prefix: string): JudgedProject {
  if (prefix === '') return project;
  const at = (path: string): string => `${prefix}/${path}`;
  const placed = (problem: Problem): Problem =>
    problem.file === undefined ? problem : { ...problem, file: at(problem.file) };
  return {
    policy: project.policy,
    datasets: project.datasets.map((dataset) => ({
      ...dataset,
      path: at(dataset.path),
      problems: dataset.problems.map(placed),
    })),
    comparisons: project.comparisons.map((comparison) => ({
      ...comparison,
      problems: comparison.problems.map(placed),
      metrics: comparison.metrics.map((metric) => ({
        ...metric,
        file: at(metric.file),
        source: { ...metric.source, file: at(metric.source.file) },
      })),
    })),
    problems: project.problems.map(placed),
    doubts: project.doubts.map(placed),
  };
}

import type { Problem } from '../base/problem';
import type { Verdict } from '../base/verdict';
import type { CheckReport, CheckScope, Reason } from './checkReport';
import { formatHeadline } from './headline';
import type { JudgedProject } from './judgedProject';
import { onInconclusive } from './policy';
import { reasonsOf } from './reasons';

export interface JudgeInput {
  /** Paths relative to the folder that was checked. */
  readonly projects: readonly JudgedProject[];
  readonly scope: CheckScope;
  /** The branch that is checked out; undefined with a detached HEAD. */
  readonly branch: string | undefined;
  /** Paths that were judged. */
  readonly judged: readonly string[];
  readonly seconds: number;
}

/**
 * Weighs everything that is known of a change. Any failure fails it; else anything that could not be judged leaves it
 * unjudged, and blocks; else an inconclusive comparison blocks or not as the branch's policy says; warnings never block.
 */
export function judge({ projects, scope, branch, judged, seconds }: JudgeInput): CheckReport {
  const reasons = projects.flatMap(reasonsOf).sort(byWeight);
  const problems = projects.flatMap(problemsOf);
  const datasets = projects.flatMap((project) => project.datasets);
  const comparisons = projects.flatMap((project) => project.comparisons);
  const verdict = verdictOf(reasons);
  const unjudged = problems.length > 0;
  const blocks =
    verdict === 'fail' ||
    unjudged ||
    projects.some((project) => blocksAsUncertain(project, branch));
  const outcome = { verdict, blocks, unjudged, reasons, scope, branch, datasets, comparisons };
  return {
    verdict,
    blocks,
    unjudged,
    headline: formatHeadline(outcome),
    reasons,
    findings: datasets.flatMap((dataset) => dataset.findings),
    comparisons,
    datasets,
    problems,
    scope,
    judged,
    seconds,
  };
}

function problemsOf(project: JudgedProject): readonly Problem[] {
  return [
    ...project.problems,
    ...project.datasets.flatMap((dataset) => dataset.problems),
    ...project.comparisons.flatMap((comparison) => comparison.problems),
  ];
}

function blocksAsUncertain(project: JudgedProject, branch: string | undefined): boolean {
  if (onInconclusive(project.policy, branch) === 'warn') return false;
  return reasonsOf(project).some((reason) => reason.verdict === 'inconclusive');
}

function verdictOf(reasons: readonly Reason[]): Verdict {
  return reasons[0]?.verdict ?? 'pass';
}

/** The weightiest first: failures, what could not be judged, what is not certain, warnings. Stable otherwise. */
function byWeight(a: Reason, b: Reason): number {
  return weightOf(a) - weightOf(b);
}

function weightOf(reason: Reason): number {
  switch (reason.verdict) {
    case 'fail':
      return 0;
    case 'inconclusive':
      return reason.kind === 'problem' ? 1 : 2;
    case 'warn':
      return 3;
  }
}

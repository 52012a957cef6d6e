import { showControls } from '../base/escape';
import { formatCount } from '../base/format';
import type { Verdict } from '../base/verdict';
import type { DatasetReport } from '../data/report';
import type { Comparison } from '../models/comparison';
import type { CheckScope, Reason } from './checkReport';

export interface Outcome {
  readonly verdict: Verdict;
  readonly blocks: boolean;
  readonly unjudged: boolean;
  /** The weightiest first. */
  readonly reasons: readonly Reason[];
  readonly scope: CheckScope;
  readonly branch: string | undefined;
  readonly datasets: readonly DatasetReport[];
  readonly comparisons: readonly Comparison[];
}

/** Git, terminals and notifications cut longer lines where they like. */
const LONGEST = 240;

/** One line, free of control characters: the verdict and its weightiest reason. */
export function formatHeadline(outcome: Outcome): string {
  const line = showControls(`ML Preflight ${sayVerdict(outcome)}`);
  return line.length <= LONGEST
    ? line
    : `${line.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function sayVerdict(outcome: Outcome): string {
  const { verdict, unjudged, blocks, branch } = outcome;
  switch (verdict) {
    case 'fail':
      return `FAILED: ${weightiest(outcome.reasons)}`;
    case 'inconclusive': {
      if (unjudged) return `COULD NOT JUDGE: ${weightiest(outcome.reasons)}`;
      const where = branch === undefined ? 'here' : `on ${branch}`;
      const effect = `${blocks ? 'blocked' : 'allowed'} ${where}`;
      return `INCONCLUSIVE (${effect}): ${weightiest(outcome.reasons)}`;
    }
    case 'warn': {
      const warnings = formatCount(outcome.reasons.length, 'warning');
      return `passed with ${warnings}: ${outcome.reasons[0]?.text ?? ''}`;
    }
    case 'pass':
      return `passed: ${sayWhatPassed(outcome)}`;
  }
}

/** The first reason, and how many more there are besides warnings. */
function weightiest(reasons: readonly Reason[]): string {
  const more = reasons.filter((reason) => reason.verdict !== 'warn').length - 1;
  return `${reasons[0]?.text ?? ''}${more > 0 ? ` (and ${more} more)` : ''}`;
}

function sayWhatPassed({ scope, datasets, comparisons }: Outcome): string {
  const models = new Set(
    comparisons.flatMap(({ metrics }) =>
      metrics.map((metric) => `${metric.file}\n${metric.model}`),
    ),
  );
  const counted = [
    ...(datasets.length === 0 ? [] : [formatCount(datasets.length, 'dataset')]),
    ...(models.size === 0 ? [] : [formatCount(models.size, 'model')]),
  ];
  if (counted.length === 0)
    return `nothing ${scope === 'staged' ? 'staged ' : ''}that concerns data or models`;
  return `${counted.join(', ')}, nothing speaks against it`;
}

import type { Problem } from '../base/problem';
import { formatProblem } from '../base/problem';
import { quoteShell } from '../base/quoteShell';
import type { Finding } from '../data/finding';
import type { DatasetReport } from '../data/report';
import { REFERENCE_NOT_HERE } from '../data/content/contentUnseen';
import type { MetricComparison } from '../models/comparison';
import { metricSubject, type Reason } from './checkReport';
import type { JudgedProject } from './judgedProject';

/** Everything that speaks against a project, in the order in which it was found. */
export function reasonsOf(project: JudgedProject): readonly Reason[] {
  const metrics = project.comparisons.flatMap((comparison) => comparison.metrics);
  const problems = [
    ...project.problems,
    ...project.comparisons.flatMap((comparison) => comparison.problems),
  ];
  return [
    ...project.datasets.flatMap(reasonsOfDataset),
    ...metrics.flatMap(reasonsOfMetric),
    ...problems.map((problem) => reasonOfProblem(problem)),
    ...project.doubts.map(reasonOfDoubt),
  ];
}

function reasonsOfDataset(dataset: DatasetReport): readonly Reason[] {
  const reasons = [
    ...dataset.problems.map((problem) => reasonOfProblem(problem, dataset.path)),
    ...dataset.findings.flatMap((finding) => reasonOfFinding(finding, dataset)),
  ];
  if (dataset.verdict !== 'inconclusive' || dataset.problems.length > 0) return reasons;
  return [...reasons, reasonOfUncertainty(dataset)];
}

function reasonOfUncertainty(dataset: DatasetReport): Reason {
  const unseen = dataset.findings.find(({ rule }) => rule === REFERENCE_NOT_HERE);
  return {
    verdict: 'inconclusive',
    severity: 'warning',
    kind: 'data',
    rule: unseen?.rule ?? 'too-little-data',
    subject: dataset.path,
    text: sentenceAt(dataset.path, unseen?.message ?? 'There is too little data to judge it.'),
    file: dataset.path,
    ...(unseen === undefined
      ? {}
      : { fix: 'Commit a baseline of it: ml-preflight validate --write-baseline' }),
  };
}

function reasonOfFinding(finding: Finding, dataset: DatasetReport): readonly Reason[] {
  if (finding.severity === 'info') return [];
  const evidence = [
    `expected ${finding.expected}, observed ${finding.observed}`,
    ...(finding.samples.length === 0 ? [] : [`values: ${finding.samples.slice(0, 5).join(', ')}`]),
  ];
  return [
    {
      verdict: finding.severity === 'error' ? 'fail' : 'warn',
      severity: finding.severity,
      kind: 'data',
      rule: finding.rule,
      subject: dataset.path,
      text: sentenceAt(dataset.path, finding.message),
      evidence,
      ...(finding.place ?? { file: dataset.path }),
      ...(finding.fix === undefined ? {} : { fix: acceptCommand(finding.fix, dataset.name) }),
    },
  ];
}

function acceptCommand(fix: NonNullable<Finding['fix']>, dataset: string): string {
  const words = ['ml-preflight', 'validate', quoteShell(dataset), '--accept'];
  return `${withoutPeriod(fix.title)}: ${[...words, quoteShell(fix.accept)].join(' ')}`;
}

function reasonsOfMetric(metric: MetricComparison): readonly Reason[] {
  if (metric.result === 'pass') return [];
  const fix = metricFix(metric);
  return [
    {
      verdict: metric.result,
      severity: metric.result === 'fail' ? 'error' : 'warning',
      kind: 'model',
      rule: `metric-${metric.method}`,
      subject: metricSubject(metric),
      text: sentenceAt(`${metric.model}: ${metric.name}`, metric.reason),
      evidence: [
        `${metric.name} was ${metric.base ?? 'absent'}, is ${metric.candidate ?? 'absent'}`,
      ],
      file: metric.source.file,
      line: metric.source.line,
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}

function metricFix(metric: MetricComparison): string | undefined {
  if (metric.result !== 'fail') return undefined;
  const rule = `gate.metrics.${metric.name}`;
  switch (metric.method) {
    case 'tolerance':
      return `Improve the model, or allow the loss in preflight.yaml: ${rule}.margin`;
    case 'floor':
    case 'ceiling':
      return `Improve the model, or change the bound in preflight.yaml: ${rule}.${metric.method}`;
    case 'none':
      return undefined;
  }
}

/** `place` is the dataset that the problem is with, and where it is if it does not say so itself. */
function reasonOfProblem(problem: Problem, place?: string): Reason {
  const { fix, ...rest } = problem;
  const file = problem.file ?? place;
  const told = formatProblem(rest);
  return {
    verdict: 'inconclusive',
    severity: 'error',
    kind: 'problem',
    rule: problem.code,
    ...(place === undefined ? {} : { subject: place }),
    text: withoutPeriod(
      problem.file === undefined && place !== undefined ? sentenceAt(place, told) : told,
    ),
    ...(file === undefined ? {} : { file }),
    ...(problem.line === undefined ? {} : { line: problem.line }),
    ...(fix === undefined ? {} : { fix: withoutPeriod(fix) }),
  };
}

function reasonOfDoubt(problem: Problem): Reason {
  return { ...reasonOfProblem(problem), verdict: 'warn', severity: 'warning' };
}

/** `Column "x" is missing.` at `data.csv` is `data.csv: column "x" is missing`. */
function sentenceAt(place: string, sentence: string): string {
  const first = sentence.charAt(0);
  const isWord = /^\p{Lu}\p{Ll}/u.test(sentence);
  return `${place}: ${isWord ? first.toLowerCase() : first}${withoutPeriod(sentence.slice(1))}`;
}

function withoutPeriod(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { gravestVerdict, type Verdict } from '../base/verdict';
import type { MetricRules } from '../config/config';
import { ObjectReader } from '../git/objectReader';
import type { Repository } from '../git/repository';
import type { Project } from '../project/project';
import { compareMetrics } from './compareMetrics';
import type { Comparison, MetricComparison } from './comparison';
import type { MissingBase } from './judgeMetric';
import { findUnknownRules } from './metricRules';
import { listMetricsFiles, type OwnedMetricsFile } from './metricsOwner';
import type { MetricsReading } from './readers/metricsReading';
import { readMetrics } from './readers/readMetrics';
import { resolveDefaultBase, resolveVersion, type Version } from './resolveVersion';
import { openVersionFiles, type ReadVersionFile } from './versionFiles';

export interface CompareRequest {
  readonly project: Project;
  readonly repository: Repository | undefined;
  /** A version reference; default: the merge base with the default branch, else HEAD. */
  readonly base?: string;
  /** A version reference; default: `worktree`. */
  readonly candidate?: string;
  /** `gate.metrics` of preflight.yaml. */
  readonly rules?: MetricRules;
}

/**
 * Compares every metrics file of a project between two versions. What the candidate's files have wrong is in the
 * comparison's problems, beside the metrics that could be compared. Problems `not-a-repository`,
 * `revision-unknown`, `reference-unsupported`, `git-…`.
 */
export async function compareVersions(request: CompareRequest): Promise<Result<Comparison>> {
  const { project, repository, rules = {} } = request;
  if (repository === undefined) {
    return failed({
      code: 'not-a-repository',
      message: 'Versions are compared through git, and this folder is in no repository.',
      fix: 'Run `git init`.',
    });
  }
  const [base, candidate] = await Promise.all([
    request.base === undefined
      ? resolveDefaultBase(repository).then((version) => ok(version))
      : resolveVersion(repository, request.base),
    resolveVersion(repository, request.candidate ?? 'worktree'),
  ]);
  if (!base.ok) return base;
  if (!candidate.ok) return candidate;
  const reader = new ObjectReader(repository);
  try {
    const [before, after] = await Promise.all([
      openVersionFiles(base.value, project, repository, reader),
      openVersionFiles(candidate.value, project, repository, reader),
    ]);
    if (!before.ok) return before;
    if (!after.ok) return after;
    const sides = { base: before.value, baseVersion: base.value, candidate: after.value };
    const files = await Promise.all(
      listMetricsFiles(project).map((owned) => compareFile(owned, sides, rules)),
    );
    return ok(summarise(base.value, candidate.value, files, rules));
  } finally {
    reader.dispose();
  }
}

interface Sides {
  readonly base: ReadVersionFile;
  readonly baseVersion: Version;
  readonly candidate: ReadVersionFile;
}

interface FileComparison {
  readonly metrics: readonly MetricComparison[];
  readonly problems: readonly Problem[];
}

async function compareFile(
  owned: OwnedMetricsFile,
  sides: Sides,
  rules: MetricRules,
): Promise<FileComparison> {
  const [before, after] = await Promise.all([
    readSide(sides.base, owned.file),
    readSide(sides.candidate, owned.file),
  ]);
  if (!after.ok) return { metrics: [], problems: [after.problem] };
  const baseMissing = explainMissing(before, sides.baseVersion);
  const subject = { ...owned, ...(baseMissing === undefined ? {} : { baseMissing }) };
  const baseValues = before.ok ? (before.value?.values ?? []) : [];
  return {
    metrics: compareMetrics(baseValues, after.value?.values ?? [], rules, subject),
    problems: after.value?.problems ?? [],
  };
}

async function readSide(
  read: ReadVersionFile,
  file: string,
): Promise<Result<MetricsReading | undefined>> {
  const content = await read(file);
  if (!content.ok) return failed({ file, ...content.problem });
  return content.value === undefined ? ok(undefined) : readMetrics(file, content.value);
}

/**
 * An unreadable baseline is a doubt and no problem: the change that mends a broken file must be able to pass.
 */
function explainMissing(
  before: Result<MetricsReading | undefined>,
  version: Version,
): MissingBase | undefined {
  if (!before.ok)
    return { reason: `The baseline cannot be read: ${before.problem.message}`, isDoubtful: true };
  if (before.value !== undefined) return undefined;
  const reason =
    version.kind === 'nothing'
      ? 'There is no commit to compare with yet.'
      : 'The baseline does not have this file.';
  return { reason, isDoubtful: false };
}

const WEIGHT: Readonly<Record<Verdict, number>> = { fail: 0, inconclusive: 1, warn: 2, pass: 3 };

/** The gravest metrics first; else in the order of the files. */
function summarise(
  base: Version,
  candidate: Version,
  files: readonly FileComparison[],
  rules: MetricRules,
): Comparison {
  const metrics = files.flatMap((file) => file.metrics);
  const names = metrics.map(({ name }) => name);
  const unread = files.flatMap((file) => file.problems);
  // An unreadable file may well have the metrics that seem unknown.
  const problems = unread.length > 0 ? unread : findUnknownRules(rules, names);
  return {
    base: base.label,
    candidate: candidate.label,
    metrics: metrics.toSorted((a, b) => WEIGHT[a.result] - WEIGHT[b.result]),
    slices: [],
    problems,
    // What could not be judged must not look as if it had passed.
    verdict: gravestVerdict([
      ...metrics.map(({ result }) => result),
      ...(problems.length > 0 ? (['inconclusive'] as const) : []),
    ]),
  };
}

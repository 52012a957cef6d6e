import type { Problem } from '../base/problem';
import { ok, type Result } from '../base/result';
import { gravestVerdict } from '../base/verdict';
import type { Config } from '../config/config';
import { CONFIG_FILE } from '../config/parseConfig';
import type { FileState } from '../data/content/fileState';
import type { EngineCommand } from '../data/engine/engineCommand';
import { validateProject, type ProjectValidation } from '../data/validateProject';
import type { Repository } from '../git/repository';
import { findStateFolder } from '../git/stateFolder';
import { compareVersions } from '../models/compareVersions';
import type { Comparison } from '../models/comparison';
import type { Dataset, Project } from '../project/project';
import type { JudgedProject } from './judgedProject';

export interface CheckContext {
  /** Undefined outside git. */
  readonly repository: Repository | undefined;
  readonly engine: EngineCommand;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress) => void;
}

export interface CheckProgress {
  /** What is being done, for people. */
  readonly what: string;
}

/** What is to be judged of one project. */
export interface ProjectPlan {
  readonly project: Project;
  /** The way from the checked folder to the project; empty for the folder itself. */
  readonly prefix: string;
  readonly config: Config;
  readonly source: 'index' | 'worktree';
  readonly datasets: readonly Dataset[];
  /** Metrics files, from the project's root. */
  readonly metrics: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly doubts: readonly Problem[];
}

/** What is known of one project, and what that rests on. */
export interface CheckedProject {
  readonly found: JudgedProject;
  readonly foreign: readonly FileState[];
}

const NO_DATA: ProjectValidation = { verdict: 'pass', datasets: [], foreign: [] };

/** Validates and compares what the plan says. A part that fails altogether is a problem of the project. */
export async function checkProject(
  plan: ProjectPlan,
  context: CheckContext,
): Promise<CheckedProject> {
  const [data, comparison] = await Promise.all([
    validateData(plan, context),
    compareModels(plan, context),
  ]);
  const failures = [data, comparison].flatMap((part) => (part.ok ? [] : [part.problem]));
  const found: JudgedProject = {
    policy: plan.config.gate?.policy ?? {},
    datasets: data.ok ? data.value.datasets : [],
    comparisons: comparison.ok ? comparison.value : [],
    problems: [...plan.problems, ...failures],
    doubts: plan.doubts,
  };
  return { found, foreign: data.ok ? data.value.foreign : [] };
}

async function validateData(
  { project, config, source, datasets }: ProjectPlan,
  { onProgress, ...context }: CheckContext,
): Promise<Result<ProjectValidation>> {
  if (datasets.length === 0) return ok(NO_DATA);
  return validateProject({
    ...context,
    project,
    config,
    source,
    names: datasets.map(({ name }) => name),
    stateFolder: await findStateFolder(project.root),
    onProgress: ({ dataset, what }) => onProgress?.({ what: `${dataset}: ${what}` }),
  });
}

async function compareModels(
  { project, config, source, metrics }: ProjectPlan,
  { repository, onProgress }: CheckContext,
): Promise<Result<readonly Comparison[]>> {
  if (metrics.size === 0 || repository === undefined) return ok([]);
  onProgress?.({ what: 'comparing the metrics' });
  const compared = await compareVersions({
    project,
    repository,
    candidate: source,
    rules: config.gate?.metrics ?? {},
    ...(config.gate?.baseline === undefined ? {} : { base: config.gate.baseline }),
  });
  return compared.ok ? ok([keepMetrics(compared.value, metrics)]) : compared;
}

/** Only the files that the plan names; what is wrong with the others is not this change's doing. */
function keepMetrics(comparison: Comparison, files: ReadonlySet<string>): Comparison {
  const metrics = comparison.metrics.filter(({ file }) => files.has(file));
  const problems = comparison.problems.filter(
    ({ file }) => file === undefined || files.has(file) || file === CONFIG_FILE,
  );
  const verdicts = metrics.map(({ result }) => result);
  const uncertain = problems.length > 0 ? (['inconclusive'] as const) : [];
  return { ...comparison, metrics, problems, verdict: gravestVerdict([...verdicts, ...uncertain]) };
}

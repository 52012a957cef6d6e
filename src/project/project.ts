import type { Evidence } from '../base/evidence';
import type { Problem } from '../base/problem';
import type { DATASET_FORMATS, DATASET_ROLES, STAGE_KINDS } from '../config/config';

/** The tools that a detector knows. */
export type Tool = PipelineTool | CiTool | 'scripts' | 'notebook' | 'docker' | 'preflight';

/** Tools that describe stages, and run them. */
export type PipelineTool =
  | 'airflow'
  | 'dvc'
  | 'kedro'
  | 'kubeflow'
  | 'make'
  | 'metaflow'
  | 'mlflow'
  | 'npm'
  | 'prefect'
  | 'pyproject'
  | 'snakemake'
  | 'tfx'
  | 'zenml';

/** Services that run stages after a push. */
export type CiTool = 'azure-pipelines' | 'github-actions' | 'gitlab-ci' | 'jenkins';

export type StageKind = (typeof STAGE_KINDS)[number];

export type DatasetRole = (typeof DATASET_ROLES)[number];

export type DatasetFormat = (typeof DATASET_FORMATS)[number];

/** One runnable step. All paths are relative to the project's root, with forward slashes. */
export interface Stage {
  /** Unique within the project and stable over edits: `train`, `train-eval-deploy/train.py`. */
  readonly id: string;
  readonly name: string;
  readonly tool: Tool;
  readonly kind: StageKind;
  /**
   * What the stage does, as a shell would run it in `cwd`; several lines run one after the other. What makes the
   * stage's own tool run it is `StageTool.invocation`. Empty where only a server could run it: see `notRunnable`.
   */
  readonly command: string;
  /** `.` is the project's root. */
  readonly cwd: string;
  readonly dependencies: readonly string[];
  readonly outputs: readonly string[];
  /** `params.yaml:train.lr`, or a whole file: `config.yaml`. */
  readonly parameters: readonly string[];
  readonly metrics: readonly string[];
  /** Where the stage is defined. */
  readonly source: Evidence;
  /** Everything that the detection rests on, the source first. */
  readonly evidence: readonly Evidence[];
  /** The CI jobs that run this stage. */
  readonly ciJobs: readonly CiJob[];
  /** Ids of stages that come first although no file says so. Unknown ids mean nothing. */
  readonly needs?: readonly string[];
  /** `needs` has every stage of its own tool that comes first: their paths have wildcards, which only the tool matches. */
  readonly joinedByTool?: true;
  /** It runs only when it is named: not part of the whole pipeline (`make clean`). */
  readonly onRequest?: true;
  /** The words with which its tool runs it, the program first, where several tools have their stages in one file. */
  readonly runner?: readonly string[];
  /** Why it cannot be run from here: `Airflow's scheduler runs it`. */
  readonly notRunnable?: string;
  /** Its tool does not look at its dependencies and parameters (DVC's `frozen`). */
  readonly frozen?: true;
  /** Its tool runs it whatever has changed (DVC's `always_changed`, make's `.PHONY`). */
  readonly alwaysRuns?: true;
  /** Outputs that stay out of the tool's cache (DVC's `cache: false`). */
  readonly uncached?: readonly string[];
  /** Dependencies and outputs that are not in the project, as written: absolute, a URL, or relative to `cwd`. */
  readonly outside?: readonly string[];
  /** Dependencies that only the tool can name, as they are written (`$(shell …)`): without it, nobody knows it fresh. */
  readonly unnamed?: readonly string[];
  /** The command as the tool records it, as JSON, where that is more than the text of `command` (a list, line ends). */
  readonly recordedCommand?: string;
  /** What it occupies while it runs; absent: one job. */
  readonly resources?: StageResources;
}

/** What a stage needs for itself of the machine. */
export interface StageResources {
  readonly cpus?: number;
  /** Bytes. */
  readonly memory?: number;
  readonly gpus?: number;
}

/** A place in a CI file whose job runs a stage. */
export interface CiJob extends Evidence {
  readonly tool: CiTool;
  /** The job's name or id as the CI file has it; absent where the place is in no job (a template). */
  readonly job?: string;
}

export interface Dataset {
  readonly name: string;
  /**
   * A file, a folder or a glob, relative to the project's root; `file::name` for one table, sheet or array of a file that
   * holds several.
   */
  readonly path: string;
  readonly role: DatasetRole;
  readonly format: DatasetFormat;
  readonly evidence: readonly Evidence[];
  readonly label?: string;
  readonly key?: string;
  readonly group?: string;
  /** Files and globs, relative to the root, of what other tools found in it. */
  readonly results?: readonly string[];
  /** The name of the dataset to compare with, where it is not this dataset's own past. */
  readonly baseline?: string;
}

export interface Model {
  readonly name: string;
  /** A file, or a glob for numbered versions: `models/model.v*.joblib`. */
  readonly path: string;
  /** Metrics files of this model. */
  readonly metrics: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface MetricsFile {
  readonly path: string;
  readonly evidence: readonly Evidence[];
}

export interface DetectedTool {
  readonly tool: Tool;
  readonly evidence: readonly Evidence[];
}

/** One ML project in a folder, with the evidence for everything in it. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly tools: readonly DetectedTool[];
  readonly stages: readonly Stage[];
  readonly datasets: readonly Dataset[];
  readonly models: readonly Model[];
  readonly metrics: readonly MetricsFile[];
  readonly problems: readonly Problem[];
}

/** Whether anything at all says that this folder is an ML project. */
export function isEmptyProject(project: Project): boolean {
  return (
    project.stages.length +
      project.datasets.length +
      project.models.length +
      project.metrics.length ===
    0
  );
}

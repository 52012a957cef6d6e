import type { Evidence } from '../base/evidence';
import type { Problem } from '../base/problem';
import type { DATASET_ROLES, STAGE_KINDS } from '../config/config';

/** The tools that a detector knows. */
export type Tool =
  | 'dvc'
  | 'mlflow'
  | 'scripts'
  | 'notebook'
  | 'azure-pipelines'
  | 'github-actions'
  | 'docker'
  | 'preflight';

export type StageKind = (typeof STAGE_KINDS)[number];

export type DatasetRole = (typeof DATASET_ROLES)[number];

export type DatasetFormat = 'csv' | 'tsv' | 'parquet' | 'jsonl' | 'json';

/** One runnable step. All paths are relative to the project's root, with forward slashes. */
export interface Stage {
  /** Unique within the project and stable over edits: `train`, `train-eval-deploy/train.py`. */
  readonly id: string;
  readonly name: string;
  readonly tool: Tool;
  readonly kind: StageKind;
  /** As a shell would run it, in `cwd`. */
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
  /** CI jobs that run this stage, as `file:line` evidence. */
  readonly ciJobs: readonly Evidence[];
}

export interface Dataset {
  readonly name: string;
  /** A file or a glob, relative to the project's root. */
  readonly path: string;
  readonly role: DatasetRole;
  readonly format: DatasetFormat;
  readonly evidence: readonly Evidence[];
  readonly label?: string;
  readonly key?: string;
  readonly group?: string;
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

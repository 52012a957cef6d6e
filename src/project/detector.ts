import type { Evidence } from '../base/evidence';
import type { Problem } from '../base/problem';
import type { FileIndex } from './files/fileIndex';
import type {
  CiTool,
  Dataset,
  DatasetRole,
  DetectedTool,
  MetricsFile,
  Model,
  Stage,
  StageKind,
} from './project';

/** What every detector is given. Detectors do not see each other's findings; `assembleProject` joins them. */
export interface DetectionInput {
  readonly files: FileIndex;
  readonly signal?: AbortSignal;
}

/** A dataset, without what is not known: names are given when all are known, because they are unique. */
export type DetectedDataset = Omit<Dataset, 'name' | 'role'> & {
  readonly name?: string;
  readonly role?: DatasetRole;
};

/** A model, without what is not known. */
export type DetectedModel = Omit<Model, 'name' | 'metrics'> & {
  readonly name?: string;
  /** Absent where they are to be found in the stages. */
  readonly metrics?: readonly string[];
  /** Paths that this model is copied from when it is deployed: the same model, earlier. */
  readonly copiedFrom?: readonly string[];
};

export type DetectedStage = Omit<Stage, 'ciJobs'>;

/** A command that a CI job runs. */
export interface CiCommand {
  readonly tool: CiTool;
  /** The job's name or id; absent where the text is in no job. */
  readonly job?: string;
  /** Shell text without the values of the CI service's own variables. */
  readonly command: string;
  /** Relative to the project's root; `.` is the root. */
  readonly cwd: string;
  /** Where the text begins. */
  readonly evidence: Evidence;
}

/** What one detector found; everything is optional. */
export interface Detection {
  readonly tools?: readonly DetectedTool[];
  readonly stages?: readonly DetectedStage[];
  readonly datasets?: readonly DetectedDataset[];
  readonly models?: readonly DetectedModel[];
  readonly metrics?: readonly MetricsFile[];
  readonly ciCommands?: readonly CiCommand[];
  readonly problems?: readonly Problem[];
}

/**
 * Knows one tool. It reads files, and never runs or imports what it reads. Bad input becomes a problem with its
 * place; the rest is still detected.
 */
export interface Detector {
  readonly name: string;
  detect(input: DetectionInput): Promise<Detection>;
}

/** The kinds that say something. */
export type KnownKind = Exclude<StageKind, 'other'>;

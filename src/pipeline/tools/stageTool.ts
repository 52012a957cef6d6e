import type { Stage } from '../../project/project';
import type { OwnStatus } from '../ownStatus';
import type { StatusSources } from '../statusSources';

/**
 * What the pipeline knows of a tool that describes stages: how it is made to run one, and what it records of that.
 * One file per tool in this folder, and a line in `stageTools.ts`.
 */
export interface StageTool {
  /** Absent: a shell runs the stage's command. */
  readonly invocation?: (stage: Stage, options: InvocationOptions) => Invocation;
  /** Absent: the tool keeps no record, so the run ledger is it. */
  readonly record?: StageRecord;
  /**
   * Stages for which this is the same text never run at the same time, because the tool would wait, or refuse
   * (Snakemake locks its working directory). Undefined: no such limit.
   */
  readonly exclusive?: (stage: Stage) => string | undefined;
}

export interface InvocationOptions {
  /** Whether the stage runs even where the tool thinks that it is fresh. */
  readonly force: boolean;
}

/** A program and its arguments; no shell sees them. */
export interface Invocation {
  /** Looked up on the PATH of the project's Python environment. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** Relative to the project's root. */
  readonly cwd: string;
  /** What to do where the program is missing: `Install it with \`pip install dvc\``. */
  readonly install: string;
}

/** A record of runs that a tool keeps by itself: `dvc.lock`, `.snakemake/metadata`, the times of make's targets. */
export interface StageRecord {
  /** The answer that the tool itself would give, from files alone. */
  readStatus(stage: Stage, sources: StatusSources): Promise<OwnStatus>;
  /**
   * Something that is different after the tool has run the stage with success, and the same until then; null where
   * there is no record. It tells whether a failed run of ours still counts.
   */
  digest(stage: Stage, sources: StatusSources): Promise<string | null>;
}

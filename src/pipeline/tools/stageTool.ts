import type { Project, Stage } from '../../project/project';
import type { OwnStatus } from '../status/ownStatus';
import type { StatusSources } from '../status/statusSources';

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
  /**
   * Which parameters the tool itself takes values of for one run (`make LR=3`, `mlflow run -P lr=3`): `invocation`
   * then gets them as `set`. Absent: the stage runs in a copy of the project with edited parameter files.
   */
  readonly settable?: (stage: Stage, root: string) => Promise<SettableParameters>;
}

/** What can be set for one run. */
export interface SettableParameters {
  /** As a user types them before the `=`: `alpha`, `params.yaml:train.lr`. */
  readonly keys: readonly string[];
  /** Which other keys the tool takes as well (make's variables); absent: none. */
  readonly isOther?: (key: string) => boolean;
  /** Whether a run with values leaves the project's files as they are (an experiment of DVC). */
  readonly isApart?: true;
  /**
   * Whether the tool takes a value as it is meant; absent: all of them. Where it does not, the stage runs in a copy of
   * the project with edited parameter files.
   */
  readonly takes?: (value: SetValue) => boolean;
}

/** The value of a parameter for one run. */
export interface SetValue {
  /** One of `SettableParameters.keys`, or any where those are open. */
  readonly key: string;
  /** As it was typed after the `=`. */
  readonly text: string;
}

export interface InvocationOptions {
  /** Whether the stage runs even where the tool thinks that it is fresh. */
  readonly force: boolean;
  /** Absent or empty: none. A run with values is forced too. */
  readonly set?: readonly SetValue[];
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
   * Why the tool would neither run nor judge any stage of the project, in words; its stages are not called fresh then.
   * Asked after the status of its stages.
   */
  readonly refusal?: (project: Project, sources: StatusSources) => Promise<string | undefined>;
  /**
   * Something that is different after the tool has run the stage with success, and the same until then; null where
   * there is no record. It tells whether a failed run of ours still counts.
   */
  digest(stage: Stage, sources: StatusSources): Promise<string | null>;
}

import type { Project, Stage } from '../project/project';
import type { PythonEnvironment } from './pythonEnvironment';
import type { RunEvent, StageRun } from './stageRun';

export type { RunEvent, StageRun } from './stageRun';

export interface RunOptions {
  readonly project: Project;
  /** The plan, in dependency order, as `planRun` makes it. */
  readonly stages: readonly Stage[];
  /** `<git dir>/preflight`: ledger and logs. */
  readonly stateFolder: string;
  /** How many independent stages may run at once; at least 1. */
  readonly jobs: number;
  /** Whether fresh stages run too: those of `targets`, or all of the plan where there are none. */
  readonly force: boolean;
  /** The ids or names that the user asked for. */
  readonly targets?: readonly string[];
  /** Whether stages that do not need a failed one still run; default: stop at the first failure. */
  readonly keepGoing?: boolean;
  /** Aborting interrupts what runs (then terminates, then kills it) and cancels the rest. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  /** Undefined where the project has none: the stages then see PATH as it is. */
  readonly environment: PythonEnvironment | undefined;
}

/** Runs a plan and records it. One run for each stage given, in the order of the plan. */
export async function runStages(options: RunOptions): Promise<readonly StageRun[]> {
  return options.stages.map((stage) => ({
    stage: stage.id,
    status: 'skipped',
    exitCode: null,
    seconds: 0,
    log: null,
    reason: 'not run yet',
  }));
}

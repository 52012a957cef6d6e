import { randomBytes } from 'node:crypto';
import type { Project, Stage } from '../project/project';
import { HashCache } from './hashCache';
import { forcedStages } from './forcedStages';
import type { PythonEnvironment } from './environment/pythonEnvironment';
import { runStage, type RunContext } from './runStage';
import { stageEnvironment } from './environment/stageEnvironment';
import { buildGraph } from './stageGraph';
import type { RunEvent, StageRun } from './stageRun';

export interface RunOptions {
  readonly project: Project;
  /** The plan, in dependency order, as `planRun` makes it. */
  readonly stages: readonly Stage[];
  /** Ledger, logs and the hash cache. */
  readonly stateFolder: string;
  /** How many independent stages may run at once; at least 1. */
  readonly jobs: number;
  /** Whether fresh stages run too: those of `targets`, or all of the plan where there are none. */
  readonly force: boolean;
  /** The ids or names that the user asked for. */
  readonly targets?: readonly string[];
  /** Whether stages that do not need a failed one still start; default: none does. What runs is let finish. */
  readonly keepGoing?: boolean;
  /** Aborting interrupts what runs (then terminates, then kills it) and cancels the rest. */
  readonly signal: AbortSignal;
  /** How long interrupt and terminate are given each; default 5000. */
  readonly graceMilliseconds?: number;
  readonly onEvent: (event: RunEvent) => void;
  /** Undefined where the project has none: the stages then see PATH as it is. */
  readonly environment: PythonEnvironment | undefined;
}

/**
 * Runs a plan and records it: a stage starts when those that it reads from have succeeded, and is skipped where it
 * is fresh by then.
 * @returns one run for each stage given, in the order of the plan
 */
export async function runStages(options: RunOptions): Promise<readonly StageRun[]> {
  const context = await openContext(options);
  const schedule = new Schedule(options);
  const running = new Map<string, Promise<void>>();
  const runOne = async (stage: Stage): Promise<void> => {
    schedule.finish(stage, await runStage(stage, context));
    running.delete(stage.id);
  };
  for (;;) {
    for (const stage of schedule.ready(Math.max(1, options.jobs) - running.size)) {
      running.set(stage.id, runOne(stage));
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  schedule.giveUp();
  return schedule.results();
}

async function openContext(options: RunOptions): Promise<RunContext> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    run: `${time}-${randomBytes(3).toString('hex')}`,
    root: options.project.root,
    stateFolder: options.stateFolder,
    hashes: await HashCache.load(options.stateFolder),
    env: stageEnvironment(options.environment, process.env),
    signal: options.signal,
    graceMilliseconds: options.graceMilliseconds ?? 5000,
    onEvent: options.onEvent,
    isForced: forcedStages(options.force, options.targets ?? []),
  };
}

/** Which stages may start now, and what becomes of those that never may. */
class Schedule {
  private readonly waiting: Set<Stage>;
  private readonly upstream: ReadonlyMap<string, readonly string[]>;
  private readonly finished = new Map<string, StageRun>();
  private firstFailure: Stage | undefined;

  constructor(private readonly options: RunOptions) {
    this.waiting = new Set(options.stages);
    this.upstream = buildGraph(options.stages).upstream;
  }

  /** Takes at most `count` stages whose upstream stages are done. */
  ready(count: number): readonly Stage[] {
    const { signal, keepGoing } = this.options;
    if (signal.aborted || (this.firstFailure !== undefined && keepGoing !== true)) return [];
    const ready = [...this.waiting].filter((stage) => this.isReady(stage)).slice(0, count);
    for (const stage of ready) this.waiting.delete(stage);
    return ready;
  }

  private isReady(stage: Stage): boolean {
    return (this.upstream.get(stage.id) ?? []).every((needed) => {
      const run = this.finished.get(needed);
      return run?.status === 'succeeded' || run?.reason === 'fresh';
    });
  }

  finish(stage: Stage, run: StageRun): void {
    this.finished.set(stage.id, run);
    if (run.status === 'failed') this.firstFailure ??= stage;
    this.options.onEvent({ type: 'finished', run });
  }

  /** Ends what has not started. */
  giveUp(): void {
    const isCancelled = this.options.signal.aborted;
    for (const stage of this.waiting) {
      this.finish(stage, {
        stage: stage.id,
        status: isCancelled ? 'cancelled' : 'skipped',
        exitCode: null,
        seconds: 0,
        log: null,
        reason: isCancelled
          ? 'not started'
          : `${this.firstFailure?.name ?? 'another stage'} failed`,
      });
    }
  }

  results(): readonly StageRun[] {
    return this.options.stages.flatMap((stage) => this.finished.get(stage.id) ?? []);
  }
}

import type { Stage } from '../../project/project';
import type { ResourcePool } from './resourcePool';
import { buildGraph } from '../graph/stageGraph';
import type { StageRun } from './stageRun';

export interface ScheduleOptions {
  /** The plan, in dependency order. */
  readonly stages: readonly Stage[];
  readonly pool: ResourcePool;
  /** Whether stages that do not need a failed one still start. */
  readonly keepGoing: boolean;
  readonly signal: AbortSignal;
  readonly onFinished: (run: StageRun) => void;
}

/** Which stages may start now, and what becomes of those that never may. */
export class Schedule {
  private readonly waiting: Set<Stage>;
  private readonly upstream: ReadonlyMap<string, readonly string[]>;
  private readonly byId: ReadonlyMap<string, Stage>;
  private readonly finished = new Map<string, StageRun>();
  private firstFailure: Stage | undefined;

  constructor(private readonly options: ScheduleOptions) {
    this.waiting = new Set(options.stages);
    this.byId = new Map(options.stages.map((stage) => [stage.id, stage]));
    this.upstream = buildGraph(options.stages).upstream;
  }

  /** Takes the stages whose upstream stages are done and for which there is room; they occupy it until `finish`. */
  start(): readonly Stage[] {
    const { signal, keepGoing, pool } = this.options;
    if (signal.aborted || (this.firstFailure !== undefined && !keepGoing)) return [];
    const started: Stage[] = [];
    for (const stage of this.waiting) {
      if (!this.isReady(stage) || !pool.fits(stage)) continue;
      pool.take(stage);
      this.waiting.delete(stage);
      started.push(stage);
    }
    return started;
  }

  private isReady(stage: Stage): boolean {
    return (this.upstream.get(stage.id) ?? []).every((needed) => isDone(this.finished.get(needed)));
  }

  finish(stage: Stage, run: StageRun): void {
    this.options.pool.give(stage);
    this.end(stage, run);
  }

  private end(stage: Stage, run: StageRun): void {
    this.finished.set(stage.id, run);
    if (run.status === 'failed') this.firstFailure ??= stage;
    this.options.onFinished(run);
  }

  /** Ends what has not started. */
  giveUp(): void {
    const isCancelled = this.options.signal.aborted;
    // In dependency order, so that a stage two steps below a failed one names that one too.
    const blockedBy = new Map<string, string>();
    for (const stage of this.waiting) {
      const blocker = (this.upstream.get(stage.id) ?? [])
        .map((needed) => blockedBy.get(needed) ?? this.failureOf(needed))
        .find((name) => name !== undefined);
      if (blocker !== undefined) blockedBy.set(stage.id, blocker);
      this.end(stage, {
        stage: stage.id,
        status: isCancelled ? 'cancelled' : 'skipped',
        exitCode: null,
        seconds: 0,
        log: null,
        reason: isCancelled ? 'not started' : this.describeWait(blocker),
      });
    }
  }

  private failureOf(id: string): string | undefined {
    const run = this.finished.get(id);
    return run?.status === 'failed' || run?.status === 'cancelled'
      ? (this.byId.get(id)?.name ?? id)
      : undefined;
  }

  private describeWait(blocker: string | undefined): string {
    if (blocker !== undefined) return `blocked: ${blocker} failed`;
    return `not started: ${this.firstFailure?.name ?? 'another stage'} failed`;
  }

  results(): readonly StageRun[] {
    return this.options.stages.flatMap((stage) => this.finished.get(stage.id) ?? []);
  }
}

function isDone(run: StageRun | undefined): boolean {
  return run?.status === 'succeeded' || run?.reason === 'fresh';
}

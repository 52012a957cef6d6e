import { randomBytes } from 'node:crypto';
import type { Project, Stage } from '../../project/project';
import { compactLedger } from '../ledger/compactLedger';
import { forcedStages } from './forcedStages';
import type { PythonEnvironment } from '../environment/pythonEnvironment';
import { stageEnvironment } from '../environment/stageEnvironment';
import { HashCache } from '../hashing/hashCache';
import type { StageSetting } from '../parameters/stageSetting';
import { readMachine } from './readMachine';
import { ResourcePool, type MachineResources } from './resourcePool';
import type { RunContext } from './runContext';
import { RunLedger } from '../ledger/runLedger';
import { runStage } from './runStage';
import { Schedule } from './schedule';
import type { OnRunEvent, StageRun } from './stageRun';
import type { Hurry } from './stopProcess';

export interface RunOptions {
  readonly project: Project;
  /** The plan, in dependency order, as `planRun` makes it. */
  readonly stages: readonly Stage[];
  /** Ledger, logs and the hash cache. */
  readonly stateFolder: string;
  /** How many independent stages may run at once; at least 1. */
  readonly jobs: number;
  /** What the stages that run at once share; what is left out is what the machine has. */
  readonly resources?: Partial<MachineResources>;
  /** Whether fresh stages run too: those of `targets`, or all of the plan where there are none. */
  readonly force: boolean;
  /** The ids or names that the user asked for. */
  readonly targets?: readonly string[];
  /** Whether stages that do not need a failed one still start; default: none does. What runs is let finish. */
  readonly keepGoing?: boolean;
  /** Values of parameters for one stage in this run alone. */
  readonly setting?: StageSetting | undefined;
  /** Aborting interrupts what runs (then terminates, then kills it) and cancels the rest. */
  readonly signal: AbortSignal;
  /** How long interrupt and terminate are given each; default 5000. */
  readonly graceMilliseconds?: number;
  /** For whom that takes too long. */
  readonly hurry?: Hurry;
  /** How much of a stage's output may be left out of the events where it comes too fast; default: nothing. */
  readonly backlogBytes?: number;
  /** More output of the same stage comes when what it returns has settled. */
  readonly onEvent: OnRunEvent;
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
  const pool = new ResourcePool(
    Math.max(1, options.jobs),
    readMachine(options.resources ?? {}, process.env),
  );
  const schedule = new Schedule({
    stages: options.stages,
    pool,
    keepGoing: options.keepGoing === true,
    signal: options.signal,
    onFinished: (run) => void options.onEvent({ type: 'finished', run }),
  });
  const running = new Map<string, Promise<void>>();
  const runOne = async (stage: Stage): Promise<void> => {
    const excess = pool.excessOf(stage);
    if (excess !== undefined) {
      const text = `${stage.name} needs ${excess}: it runs alone.`;
      void options.onEvent({ type: 'notice', stage: stage.id, text });
    }
    schedule.finish(stage, await runStage(stage, context));
    running.delete(stage.id);
  };
  for (;;) {
    for (const stage of schedule.start()) running.set(stage.id, runOne(stage));
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  schedule.giveUp();
  await context.hashes.save();
  return schedule.results();
}

async function openContext(options: RunOptions): Promise<RunContext> {
  const { stateFolder, setting } = options;
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  // What cannot be written is told by the first stage that has to.
  await compactLedger(stateFolder).catch(() => undefined);
  return {
    run: `${time}-${randomBytes(3).toString('hex')}`,
    root: options.project.root,
    stateFolder,
    hashes: await HashCache.load(stateFolder),
    ledger: new RunLedger(stateFolder),
    env: stageEnvironment(options.environment, process.env),
    signal: options.signal,
    hurry: options.hurry,
    graceMilliseconds: options.graceMilliseconds ?? 5000,
    backlogBytes: options.backlogBytes,
    onEvent: options.onEvent,
    isForced: forcedStages(options.force, options.targets ?? []),
    settingOf: (stage) => (stage.id === setting?.stage ? setting : undefined),
  };
}

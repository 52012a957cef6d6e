import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatProblem } from '../base/problem';
import type { Stage } from '../project/project';
import type { HashCache } from './hashCache';
import type { FinishedEvent, RecordedInputs, StartedEvent } from './ledgerEvent';
import { logPath, prepareLogs } from './logFiles';
import { readProcessStart } from './processIdentity';
import { readOwnStatus } from './readOwnStatus';
import { appendToLedger, readRuns } from './runLedger';
import { resolveCommand, type StageCommand } from './stageCommand';
import { digestInputs, digestOutputs } from './stageDigests';
import { runProcess, type ProcessEnd } from './stageProcess';
import type { RunEvent, StageRun } from './stageRun';
import { createSources } from './statusSources';
import { stageToolOf } from './tools/stageTools';

/** What the stages of one run share. */
export interface RunContext {
  /** The run's id. */
  readonly run: string;
  /** The project's root, absolute. */
  readonly root: string;
  readonly stateFolder: string;
  readonly hashes: HashCache;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly graceMilliseconds: number;
  readonly onEvent: (event: RunEvent) => void;
  /** Whether this stage runs even where it is fresh. */
  readonly isForced: (stage: Stage) => boolean;
}

type Settled = Pick<StageRun, 'status' | 'exitCode' | 'reason'>;
/** How something that did run ended. */
type Outcome = Settled & Pick<FinishedEvent, 'status'>;

/** Runs one stage, if it has to be run, and records it. A disk that cannot be written fails the stage. */
export async function runStage(stage: Stage, context: RunContext): Promise<StageRun> {
  try {
    const settled = await settleWithoutRunning(stage, context);
    if (settled !== undefined) {
      return { stage: stage.id, seconds: 0, log: null, ...settled };
    }
    return await new RecordedExecution(stage, context).run();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    const reason = (error as Error).message;
    return { stage: stage.id, status: 'failed', exitCode: null, seconds: 0, log: null, reason };
  }
}

async function settleWithoutRunning(
  stage: Stage,
  { root, stateFolder, hashes, signal, isForced }: RunContext,
): Promise<Settled | undefined> {
  const runs = await readRuns(stateFolder);
  const own = await readOwnStatus(stage, createSources(root, runs, hashes));
  if (signal.aborted) return { status: 'cancelled', exitCode: null, reason: 'not started' };
  if (own.status === 'running') {
    return { status: 'failed', exitCode: null, reason: `not started: ${own.reasons.join('; ')}` };
  }
  const isFresh = own.status === 'fresh' && !isForced(stage);
  return isFresh ? { status: 'skipped', exitCode: null, reason: 'fresh' } : undefined;
}

/** One execution of a stage with its entries in the ledger. */
class RecordedExecution {
  private readonly log: string;
  private began = performance.now();

  constructor(
    private readonly stage: Stage,
    private readonly context: RunContext,
  ) {
    this.log = logPath(context.run, stage.id);
  }

  async run(): Promise<StageRun> {
    const { stage, context } = this;
    await prepareLogs(context.stateFolder, stage.id);
    const inputs = await this.readInputs();
    const command = await resolveCommand(stage, context.root, {
      force: context.isForced(stage),
      env: context.env,
    });
    if (command.ok) return this.finish(await this.execute(command.value, inputs));
    const { problem } = command;
    const cwd = join(context.root, stage.cwd);
    await this.start({ program: 'shell', line: stage.command, cwd }, inputs, null);
    await this.report(`${formatProblem(problem)}\n`);
    const exitCode = problem.code === 'tool-missing' ? 127 : null;
    return this.finish({ status: 'failed', exitCode, reason: problem.message });
  }

  private async readInputs(): Promise<RecordedInputs> {
    const { stage, context } = this;
    const { record } = stageToolOf(stage);
    if (record === undefined) return digestInputs(stage, context.root, context.hashes);
    const lock = await record.digest(stage, createSources(context.root, [], context.hashes));
    return { command: stage.command, dependencies: {}, parameters: {}, lock };
  }

  private async execute(command: StageCommand, inputs: RecordedInputs): Promise<Outcome> {
    const { stage, context } = this;
    this.began = performance.now();
    const end = await runProcess(command, {
      env: context.env,
      log: join(context.stateFolder, this.log),
      signal: context.signal,
      graceMilliseconds: context.graceMilliseconds,
      onStarted: (pid) => this.start(command, inputs, pid),
      onOutput: (data) => context.onEvent({ type: 'output', stage: stage.id, data }),
    });
    if (end.error === undefined) return describeEnd(end, context.signal.aborted);
    await this.start(command, inputs, null);
    await this.report(`${end.error.message}\n`);
    return { status: 'failed', exitCode: null, reason: end.error.message };
  }

  private async start(
    command: StageCommand,
    inputs: RecordedInputs,
    pid: number | null,
  ): Promise<void> {
    const { stage, context, log } = this;
    const event: StartedEvent = {
      event: 'started',
      run: context.run,
      stage: stage.id,
      time: Date.now(),
      pid,
      processStart: pid === null ? null : await readProcessStart(pid),
      command: command.line,
      cwd: command.cwd,
      log,
      inputs,
    };
    await appendToLedger(context.stateFolder, event);
    context.onEvent({
      type: 'started',
      stage: stage.id,
      command: command.line,
      cwd: command.cwd,
      log: join(context.stateFolder, log),
      time: event.time,
    });
  }

  /** What we have to say ourselves goes where the stage's output would have gone. */
  private async report(text: string): Promise<void> {
    await writeFile(join(this.context.stateFolder, this.log), text, { flag: 'a' });
    this.context.onEvent({ type: 'output', stage: this.stage.id, data: text });
  }

  private async finish(outcome: Outcome): Promise<StageRun> {
    const { stage, context, log } = this;
    const seconds = (performance.now() - this.began) / 1000;
    const isOurs = stageToolOf(stage).record === undefined && outcome.status === 'succeeded';
    const event: FinishedEvent = {
      event: 'finished',
      run: context.run,
      stage: stage.id,
      time: Date.now(),
      seconds,
      ...outcome,
      outputs: isOurs ? await digestOutputs(stage, context.root, context.hashes) : {},
    };
    await appendToLedger(context.stateFolder, event);
    await context.hashes.save();
    return { stage: stage.id, seconds, log: join(context.stateFolder, log), ...outcome };
  }
}

function describeEnd({ exitCode, signal }: ProcessEnd, isAborted: boolean): Outcome {
  if (isAborted) return { status: 'cancelled', exitCode, reason: 'interrupted' };
  if (exitCode === 0) return { status: 'succeeded', exitCode };
  if (exitCode === 127) return { status: 'failed', exitCode, reason: 'a command was not found' };
  if (signal === null) return { status: 'failed', exitCode };
  const why = signal === 'SIGKILL' ? ', perhaps for lack of memory' : '';
  return { status: 'failed', exitCode, reason: `ended by ${signal}${why}` };
}

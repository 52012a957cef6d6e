import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatProblem } from '../../base/problem';
import type { Result } from '../../base/result';
import type { Stage } from '../../project/project';
import { describeExit, describeSignal } from './exitReason';
import type { FinishedEvent, RecordedInputs, StartedEvent } from '../ledger/ledgerEvent';
import { appendToLedger } from '../ledger/ledgerFile';
import { endPath, logPath, prepareLogs, trimLog } from '../ledger/logFiles';
import { makeProjectCopy } from '../parameters/projectCopy';
import { commandWithOptions } from '../parameters/commandOptions';
import { recordedValues, type StageSetting } from '../parameters/stageSetting';
import { readProcessStart } from './processIdentity';
import type { RunContext } from './runContext';
import { markerOf } from './runMarker';
import { resolveCommand, type StageCommand } from './stageCommand';
import { digestInputs, digestOutputs } from '../hashing/stageDigests';
import { runProcess, type ProcessEnd } from './stageProcess';
import type { StageRun } from './stageRun';
import { createSources } from '../status/statusSources';
import { stageToolOf } from '../tools/stageTools';

/** How something that did run ended. */
type Outcome = Pick<StageRun, 'exitCode' | 'reason'> & {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
};

/** One execution of a stage with its entries in the ledger. */
export class RecordedExecution {
  private readonly log: string;
  private readonly setting: StageSetting | undefined;
  /** Relative to the state folder. */
  private copy: string | undefined;
  private began = performance.now();

  constructor(
    private readonly stage: Stage,
    private readonly context: RunContext,
  ) {
    this.log = logPath(context.run, stage.id);
    this.setting = context.settingOf(stage);
  }

  async run(): Promise<StageRun> {
    const { stage, context } = this;
    await prepareLogs(context.stateFolder, stage.id);
    const inputs = await this.readInputs();
    const command = await this.resolve();
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
    if (stageToolOf(stage).record === undefined)
      return digestInputs(stage, context.root, context.hashes);
    const lock = await this.readLock();
    return { command: stage.command, dependencies: {}, parameters: {}, lock };
  }

  private async readLock(): Promise<string | null> {
    const { stage, context } = this;
    const sources = createSources(context.root, [], context.hashes);
    return (await stageToolOf(stage).record?.digest(stage, sources)) ?? null;
  }

  private async resolve(): Promise<Result<StageCommand>> {
    const { stage, setting } = this;
    const { root, env, stateFolder, run } = this.context;
    if (setting === undefined) {
      return resolveCommand(stage, root, { force: this.context.isForced(stage), env });
    }
    const { way, values } = setting;
    if (way.kind === 'tool') return resolveCommand(stage, root, { force: true, set: values, env });
    const command = commandWithOptions(stage.command, way.words);
    const changed = way.words.length === 0 ? stage : { ...stage, command };
    if (way.kind === 'options') return resolveCommand(changed, root, { force: true, env });
    const copy = await makeProjectCopy({ root, stateFolder, run, stage: stage.id }, way.files);
    if (!copy.ok) return copy;
    this.copy = copy.value;
    return resolveCommand(changed, join(stateFolder, copy.value), { force: true, env });
  }

  private async execute(command: StageCommand, inputs: RecordedInputs): Promise<Outcome> {
    const { stage, context } = this;
    const { env, signal, graceMilliseconds, hurry, backlogBytes } = context;
    this.began = performance.now();
    const log = join(context.stateFolder, this.log);
    const end = await runProcess(command, {
      env,
      log,
      endFile: endPath(log),
      marker: markerOf(context.run, stage.id),
      signal,
      graceMilliseconds,
      hurry,
      ...(backlogBytes === undefined ? {} : { backlogBytes }),
      onStarted: (pid) => this.start(command, inputs, pid),
      onOutput: (data) => context.onEvent({ type: 'output', stage: stage.id, data }),
    });
    if (end.error === undefined) return describeEnd(end, signal.aborted);
    await this.start(command, inputs, null);
    await this.report(`${end.error.message}\n`);
    return { status: 'failed', exitCode: null, reason: end.error.message };
  }

  private async start(
    command: StageCommand,
    inputs: RecordedInputs,
    pid: number | null,
  ): Promise<void> {
    const { stage, context, log, copy, setting } = this;
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
      ...(setting === undefined ? {} : { set: recordedValues(setting) }),
      ...(copy === undefined ? {} : { copy }),
    };
    await appendToLedger(context.stateFolder, event);
    void context.onEvent({
      type: 'started',
      stage: stage.id,
      command: command.line,
      cwd: command.cwd,
      log: join(context.stateFolder, log),
      time: event.time,
      ...(copy === undefined ? {} : { copy: join(context.stateFolder, copy) }),
    });
  }

  /** What we have to say ourselves goes where the stage's output would have gone. */
  private async report(text: string): Promise<void> {
    await writeFile(join(this.context.stateFolder, this.log), text, { flag: 'a' });
    await this.context.onEvent({ type: 'output', stage: this.stage.id, data: text });
  }

  private async finish(outcome: Outcome): Promise<StageRun> {
    const { stage, context, setting } = this;
    const seconds = (performance.now() - this.began) / 1000;
    const log = join(context.stateFolder, this.log);
    const hasRecord = stageToolOf(stage).record !== undefined;
    const isOurs = !hasRecord && setting === undefined && outcome.status === 'succeeded';
    const event: FinishedEvent = {
      event: 'finished',
      run: context.run,
      stage: stage.id,
      time: Date.now(),
      seconds,
      ...outcome,
      outputs: isOurs ? await digestOutputs(stage, context.root, context.hashes) : {},
      ...(hasRecord && isInPlace(setting) ? { lock: await this.readLock() } : {}),
    };
    await appendToLedger(context.stateFolder, event);
    await rm(endPath(log), { force: true });
    await trimLog(log);
    return { stage: stage.id, seconds, log, ...outcome };
  }
}

/** Whether a run with set values has written the project's own outputs. */
function isInPlace(setting: StageSetting | undefined): boolean {
  return setting?.way.kind === 'options' || (setting?.way.kind === 'tool' && !setting.way.isApart);
}

function describeEnd({ exitCode, signal }: ProcessEnd, isAborted: boolean): Outcome {
  if (isAborted) return { status: 'cancelled', exitCode, reason: 'interrupted' };
  if (exitCode !== null) return describeExit(exitCode);
  return { status: 'failed', exitCode, reason: describeSignal(signal ?? 'a signal') };
}

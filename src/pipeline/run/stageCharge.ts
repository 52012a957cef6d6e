import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Stage } from '../../project/project';
import { FileLock } from '../ledger/fileLock';
import { followFile } from './followFile';
import type { FinishedEvent } from '../ledger/ledgerEvent';
import { appendToLedger } from '../ledger/ledgerFile';
import { endPath, exclusiveLockPath, stageLockPath } from '../ledger/logFiles';
import { digestOutputsAsOf } from '../ledger/outputsOfRun';
import { isProcessAlive } from './processIdentity';
import type { RecordedRun } from '../ledger/recordedRun';
import { exclusiveKey } from './resourcePool';
import type { RunContext } from './runContext';
import { findSurvivor, markerOf } from './runMarker';
import { readWrittenEnd } from './stageSupervisor';
import { stopOnAbort } from './stopProcess';

const PAUSE_MILLISECONDS = 100;

/** The right to run a stage, which one process has at a time. */
export interface StageCharge {
  /** The run of the stage that was going on when we came, and has ended now. */
  readonly followed: RecordedRun | undefined;
  release(): Promise<void>;
}

/**
 * Waits until nobody else runs the stage. A run that is going on is followed: its output is handed on as if it were
 * ours. Where the program that began it is gone, its end is ours to record, and an abort stops it.
 * @returns undefined where it was aborted before
 * @throws the file system's error where the state folder cannot be written
 */
export async function takeCharge(
  stage: Stage,
  context: RunContext,
): Promise<StageCharge | undefined> {
  const lock = await waitForLock(stage, stageLockPath(stage.id), context);
  if (lock === undefined) return undefined;
  try {
    const orphan = (await openRuns(stage, context)).findLast((run) => run.status === 'running');
    if (orphan !== undefined) await follow(orphan, context, { isOurs: true });
    await recordEnds(stage, context);
    const followed = await findRun(orphan?.run ?? lock.followed, stage, context);
    const key = exclusiveKey(stage);
    const second =
      key === undefined ? undefined : await waitForLock(stage, exclusiveLockPath(key), context);
    return { followed, release: () => releaseAll([second?.lock, lock.lock]) };
  } catch (error) {
    await lock.lock.release();
    throw error;
  }
}

async function releaseAll(locks: readonly (FileLock | undefined)[]): Promise<void> {
  for (const lock of locks) await lock?.release();
}

/** Runs in the project itself; those in a copy of it are nobody's business. */
async function openRuns(stage: Stage, { ledger }: RunContext): Promise<readonly RecordedRun[]> {
  return (await ledger.readStage(stage.id)).filter((run) => run.copy === undefined);
}

async function findRun(
  run: string | undefined,
  stage: Stage,
  context: RunContext,
): Promise<RecordedRun | undefined> {
  if (run === undefined) return undefined;
  return (await openRuns(stage, context)).find((one) => one.run === run);
}

/** @returns the lock, and the id of the run that was waited for */
async function waitForLock(
  stage: Stage,
  path: string,
  context: RunContext,
): Promise<{ readonly lock: FileLock; readonly followed: string | undefined } | undefined> {
  let followed: string | undefined;
  for (let hasTold = false; ;) {
    const lock = await FileLock.tryAcquire(join(context.stateFolder, path));
    if (lock instanceof FileLock) return { lock, followed };
    if (context.signal.aborted) return undefined;
    const runs = await openRuns(stage, context);
    const running = runs.findLast((run) => run.status === 'running');
    if (running !== undefined && running.run !== followed) {
      followed = running.run;
      await follow(running, context, { isOurs: false });
    } else {
      if (!hasTold && followed === undefined && lock.pid > 0) {
        const text = `${stage.name} waits for process ${lock.pid}, which has it.`;
        void context.onEvent({ type: 'notice', stage: stage.id, text });
        hasTold = true;
      }
      await setTimeout(PAUSE_MILLISECONDS);
    }
  }
}

/** Hands its output on until it has ended, or, where it is somebody else's, we are told to stop. */
async function follow(
  run: RecordedRun,
  context: RunContext,
  { isOurs }: { readonly isOurs: boolean },
): Promise<void> {
  const { pid, processStart, stage, command, cwd, log, started: time } = run;
  if (pid === null) return;
  void context.onEvent({ type: 'started', stage, command, cwd, log, time, attached: pid });
  const ended = (async () => {
    while (await isProcessAlive(pid, processStart)) {
      if (!isOurs && context.signal.aborted) return;
      await setTimeout(PAUSE_MILLISECONDS);
    }
    if (isOurs) await waitForSurvivors(run);
  })();
  const marker = markerOf(run.run, stage);
  const stopped = isOurs ? stopOnAbort(pid, ended, { ...context, marker }) : undefined;
  const hand = (data: string) => context.onEvent({ type: 'output', stage, data });
  try {
    await followFile(log, ended, hand, context.backlogBytes);
  } catch (error) {
    // Its log may have been removed by hand.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await ended;
  await stopped;
}

/** Where the shell of an orphan was killed as well, what it started may go on. */
async function waitForSurvivors({ run, stage, log }: RecordedRun): Promise<void> {
  // A stage that has ended by itself may leave a daemon behind, and nobody waits for that.
  if ((await readWrittenEnd(endPath(log))) !== undefined) return;
  for (let one = await findSurvivor(run, stage); one; one = await findSurvivor(run, stage)) {
    while (await isProcessAlive(one.pid, one.processStart)) await setTimeout(PAUSE_MILLISECONDS);
  }
}

/** Records the real end of runs that ended while nobody looked, and that others are lost. */
async function recordEnds(stage: Stage, context: RunContext): Promise<void> {
  for (const run of await openRuns(stage, context)) {
    if (run.isRecorded || run.status === 'running') continue;
    await appendToLedger(context.stateFolder, await describeEnd(run, stage, context));
  }
}

async function describeEnd(
  run: RecordedRun,
  stage: Stage,
  { root, hashes, signal }: RunContext,
): Promise<FinishedEvent> {
  const { status, exitCode, seconds, reason, unrecorded } = run;
  if (status === 'running') throw new Error('A run that goes on has no end.');
  const isSuccess = status === 'succeeded' && run.set === undefined;
  const outcome =
    signal.aborted && status !== 'succeeded'
      ? { status: 'cancelled' as const, reason: 'interrupted' }
      : { status, ...(reason === undefined ? {} : { reason }) };
  return {
    event: 'finished',
    run: run.run,
    stage: stage.id,
    time: unrecorded?.ended ?? run.started + (seconds ?? 0) * 1000,
    ...outcome,
    exitCode: exitCode ?? null,
    seconds: seconds ?? 0,
    outputs:
      isSuccess && unrecorded !== undefined
        ? await digestOutputsAsOf(unrecorded.ended, stage, root, hashes)
        : {},
  };
}

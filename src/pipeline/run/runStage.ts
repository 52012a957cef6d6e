import type { Stage } from '../../project/project';
import { readOwnStatus } from '../status/readOwnStatus';
import { RecordedExecution } from './recordedExecution';
import type { RecordedRun } from '../ledger/recordedRun';
import type { RunContext } from './runContext';
import { takeCharge } from './stageCharge';
import type { StageRun } from './stageRun';
import { createSources } from '../status/statusSources';

/** Runs one stage, if it has to be run, and records it. A disk that cannot be written fails the stage. */
export async function runStage(stage: Stage, context: RunContext): Promise<StageRun> {
  try {
    const setting = context.settingOf(stage);
    // A copy of the project is nobody else's.
    if (setting?.way.kind === 'copy') return await new RecordedExecution(stage, context).run();
    const charge = await takeCharge(stage, context);
    if (charge === undefined) return notRun(stage, 'cancelled', 'not started');
    try {
      const settled = await settleWithoutRunning(stage, charge.followed, context);
      return settled ?? (await new RecordedExecution(stage, context).run());
    } finally {
      await charge.release();
    }
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    // A full disk says nothing of where.
    const reason = path === undefined ? `${message} in ${context.stateFolder}` : message;
    return notRun(stage, 'failed', reason);
  }
}

function notRun(stage: Stage, status: StageRun['status'], reason: string): StageRun {
  return { stage: stage.id, status, exitCode: null, seconds: 0, log: null, reason };
}

/** @param followed a run of the stage that somebody else began, and that has ended while we waited for it */
async function settleWithoutRunning(
  stage: Stage,
  followed: RecordedRun | undefined,
  context: RunContext,
): Promise<StageRun | undefined> {
  const { root, hashes, ledger, signal, isForced } = context;
  const isOwn = followed !== undefined && followed.set === undefined;
  if (isOwn && (followed.status === 'failed' || followed.status === 'cancelled')) {
    return describeFollowed(followed, followed.status);
  }
  if (signal.aborted) return notRun(stage, 'cancelled', 'not started');
  if (isForced(stage) || context.settingOf(stage) !== undefined) return undefined;
  const runs = await ledger.readStage(stage.id);
  const own = await readOwnStatus(stage, createSources(root, runs, hashes));
  // Whether it is fresh cannot be known of some stages; that it has just been run is known of this one.
  const isDone = own.status === 'fresh' || own.status === 'unknown';
  if (isOwn && followed.status === 'succeeded' && isDone) {
    return describeFollowed(followed, followed.status);
  }
  return own.status === 'fresh' ? notRun(stage, 'skipped', 'fresh') : undefined;
}

function describeFollowed(run: RecordedRun, status: StageRun['status']): StageRun {
  const { stage, exitCode = null, seconds = 0, log, reason } = run;
  const outcome = { stage, status, exitCode, seconds, log };
  return reason === undefined ? outcome : { ...outcome, reason };
}

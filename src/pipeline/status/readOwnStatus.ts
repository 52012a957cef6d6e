import type { Stage } from '../../project/project';
import { describeFailure, type OwnStatus } from './ownStatus';
import { readRecordedStatus } from './recordedStatus';
import type { RecordedRun } from '../ledger/recordedRun';
import type { StatusSources } from './statusSources';
import type { StageRecord } from '../tools/stageTool';
import { stageToolOf } from '../tools/stageTools';

/** What cannot be read makes a stage `unknown`, with the file system's reason. */
export async function readOwnStatus(stage: Stage, sources: StatusSources): Promise<OwnStatus> {
  const all = sources.runs.filter((run) => run.stage === stage.id);
  const running = all.findLast((run) => run.status === 'running');
  if (running !== undefined) {
    return { status: 'running', reasons: [`process ${running.pid} is running it`] };
  }
  if (stage.notRunnable !== undefined) return { status: 'unknown', reasons: [stage.notRunnable] };
  const { record } = stageToolOf(stage);
  // A run with values of its own says nothing of the stage as it is written.
  const runs = all.filter((run) => run.set === undefined);
  try {
    return record === undefined
      ? await readRecordedStatus(stage, runs, sources)
      : await readToolStatus(stage, record, all, sources);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return { status: 'unknown', reasons: [(error as Error).message] };
  }
}

/**
 * A run of ours that failed counts until the tool's own record is another one; so does a run with set values, whose
 * outputs the tool cannot tell from others.
 */
async function readToolStatus(
  stage: Stage,
  record: StageRecord,
  runs: readonly RecordedRun[],
  sources: StatusSources,
): Promise<OwnStatus> {
  const own = await record.readStatus(stage, sources);
  const set = describeSet(runs.findLast((run) => run.copy === undefined));
  if (set !== undefined && set.lock === (await record.digest(stage, sources))) {
    return { status: 'stale', reasons: [set.reason, ...own.reasons] };
  }
  const last = runs.findLast((run) => run.set === undefined);
  const failure = describeFailure(last);
  if (failure === undefined || own.status === 'fresh' || own.status === 'unknown') return own;
  if (last?.inputs.lock !== (await record.digest(stage, sources))) return own;
  return { status: 'failed', reasons: [failure, ...own.reasons] };
}

function describeSet(last: RecordedRun | undefined) {
  if (last?.set === undefined || last.lock === undefined) return undefined;
  const values = Object.entries(last.set).map(([key, value]) => `${key}=${value}`);
  return { lock: last.lock, reason: `its outputs are those of a run with ${values.join(', ')}` };
}

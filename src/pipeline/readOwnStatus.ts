import type { Stage } from '../project/project';
import { describeFailure, type OwnStatus } from './ownStatus';
import { readRecordedStatus } from './recordedStatus';
import type { RecordedRun } from './recordedRun';
import type { StatusSources } from './statusSources';
import type { StageRecord } from './tools/stageTool';
import { stageToolOf } from './tools/stageTools';

/** What cannot be read makes a stage `unknown`, with the file system's reason. */
export async function readOwnStatus(stage: Stage, sources: StatusSources): Promise<OwnStatus> {
  const runs = sources.runs.filter((run) => run.stage === stage.id);
  const running = runs.findLast((run) => run.status === 'running');
  if (running !== undefined) {
    return { status: 'running', reasons: [`process ${running.pid} is running it`] };
  }
  if (stage.notRunnable !== undefined) return { status: 'unknown', reasons: [stage.notRunnable] };
  const { record } = stageToolOf(stage);
  try {
    return record === undefined
      ? await readRecordedStatus(stage, runs, sources)
      : await readToolStatus(stage, record, runs.at(-1), sources);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return { status: 'unknown', reasons: [(error as Error).message] };
  }
}

/** A run of ours that failed counts until the tool's own record is another one. */
async function readToolStatus(
  stage: Stage,
  record: StageRecord,
  last: RecordedRun | undefined,
  sources: StatusSources,
): Promise<OwnStatus> {
  const own = await record.readStatus(stage, sources);
  const failure = describeFailure(last);
  if (failure === undefined || own.status === 'fresh' || own.status === 'unknown') return own;
  if (last?.inputs.lock !== (await record.digest(stage, sources))) return own;
  return { status: 'failed', reasons: [failure, ...own.reasons] };
}

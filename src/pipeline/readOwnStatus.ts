import type { Stage } from '../project/project';
import { readDvcStatus } from './dvc/dvcStatus';
import type { OwnStatus } from './ownStatus';
import { readRecordedStatus } from './recordedStatus';
import type { StatusSources } from './statusSources';

/** What cannot be read makes a stage `unknown`, with the file system's reason. */
export async function readOwnStatus(stage: Stage, sources: StatusSources): Promise<OwnStatus> {
  const runs = sources.runs.filter((run) => run.stage === stage.id);
  const running = runs.findLast((run) => run.status === 'running');
  if (running !== undefined) {
    return { status: 'running', reasons: [`process ${running.pid} is running it`] };
  }
  try {
    return stage.tool === 'dvc'
      ? await readDvcStatus(stage, runs, sources)
      : await readRecordedStatus(stage, runs, sources);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return { status: 'unknown', reasons: [(error as Error).message] };
  }
}

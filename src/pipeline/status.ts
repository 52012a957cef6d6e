import type { Project } from '../project/project';
import type { StageStatus } from './stageStatus';

export type { StageState, StageStatus } from './stageStatus';

/**
 * The status of every stage, read from files alone: no tool is started, no lock is taken.
 * @param stateFolder `<git dir>/preflight`: the run ledger and the hash cache.
 */
export async function readStatus(
  project: Project,
  stateFolder: string,
): Promise<readonly StageStatus[]> {
  void stateFolder;
  return project.stages.map((stage) => ({
    id: stage.id,
    status: 'unknown',
    reasons: ['The status of this stage is not read yet.'],
  }));
}

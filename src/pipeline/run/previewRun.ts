import type { Stage } from '../../project/project';
import type { StageStatus } from '../status/stageStatus';

/** What a run would do with one stage of its plan. */
export interface PlannedStage {
  /** The stage's id. */
  readonly stage: string;
  /** `maybe`: it is fresh now, but stages that it reads from run before it. */
  readonly action: 'run' | 'skip' | 'maybe';
  readonly reasons: readonly string[];
}

/** What running a plan would do, from the status that `readStatus` gives. */
export function previewRun(
  plan: readonly Stage[],
  statuses: readonly StageStatus[],
  isForced: (stage: Stage) => boolean,
): readonly PlannedStage[] {
  const byId = new Map(statuses.map((status) => [status.id, status]));
  return plan.map((stage) => {
    const status = byId.get(stage.id);
    const reasons = status?.reasons ?? [];
    if (isForced(stage)) return { stage: stage.id, action: 'run', reasons: ['forced', ...reasons] };
    if (status?.status === 'fresh') return { stage: stage.id, action: 'skip', reasons: ['fresh'] };
    const action = status?.status === 'blocked' ? 'maybe' : 'run';
    return { stage: stage.id, action, reasons };
  });
}

import type { Evidence } from '../../base/evidence';
import type { StageKind, Tool } from '../../project/project';
import type { RecordedRun } from '../ledger/recordedRun';
import type { StageState } from '../status/stageStatus';

/** One stage as a picture of the pipeline shows it. Plain data. */
export interface GraphStage {
  readonly id: string;
  readonly name: string;
  readonly tool: Tool;
  readonly kind: StageKind;
  readonly command: string;
  readonly source: Evidence;
  /** Ids of the stages that it reads from. */
  readonly upstream: readonly string[];
  /** Undefined until it has been read. */
  readonly status: StageState | undefined;
  readonly reasons: readonly string[];
  readonly lastRun: GraphRun | undefined;
  /** Why it cannot be run from here. */
  readonly notRunnable?: string;
}

export interface GraphRun {
  readonly status: RecordedRun['status'];
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Undefined while it runs. */
  readonly seconds: number | undefined;
  readonly exitCode: number | null | undefined;
}

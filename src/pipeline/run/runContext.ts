import type { Stage } from '../../project/project';
import type { HashCache } from '../hashing/hashCache';
import type { StageSetting } from '../parameters/stageSetting';
import type { RunLedger } from '../ledger/runLedger';
import type { OnRunEvent } from './stageRun';
import type { Hurry } from './stopProcess';

/** What the stages of one run share. */
export interface RunContext {
  /** The run's id. */
  readonly run: string;
  /** The project's root, absolute. */
  readonly root: string;
  readonly stateFolder: string;
  readonly hashes: HashCache;
  readonly ledger: RunLedger;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly hurry: Hurry | undefined;
  readonly graceMilliseconds: number;
  readonly backlogBytes: number | undefined;
  readonly onEvent: OnRunEvent;
  /** Whether this stage runs even where it is fresh. */
  readonly isForced: (stage: Stage) => boolean;
  /** The values that a stage gets for this run alone. */
  readonly settingOf: (stage: Stage) => StageSetting | undefined;
}

import { DvcFiles } from './dvc/dvcPipeline';
import { HashCache } from './hashCache';
import { readRuns, type RecordedRun } from './runLedger';

/** What the status of stages is read from. */
export interface StatusSources {
  /** The project's root, absolute. */
  readonly root: string;
  /** Oldest first. */
  readonly runs: readonly RecordedRun[];
  readonly hashes: HashCache;
  readonly dvc: DvcFiles;
}

export async function openSources(root: string, stateFolder: string): Promise<StatusSources> {
  const [runs, hashes] = await Promise.all([readRuns(stateFolder), HashCache.load(stateFolder)]);
  return { root, runs, hashes, dvc: new DvcFiles(root) };
}

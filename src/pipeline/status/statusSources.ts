import { HashCache } from '../hashing/hashCache';
import type { RecordedRun } from '../ledger/recordedRun';
import { readRuns } from '../ledger/runLedger';

/** What the status of stages is read from. */
export interface StatusSources {
  /** The project's root, absolute. */
  readonly root: string;
  /** Oldest first. */
  readonly runs: readonly RecordedRun[];
  readonly hashes: HashCache;
  /**
   * The one instance of a class for this reading of the status: what a tool keeps in files is read once for all of
   * its stages.
   */
  once<Files>(type: new (root: string) => Files): Files;
}

export async function openSources(root: string, stateFolder: string): Promise<StatusSources> {
  const [runs, hashes] = await Promise.all([readRuns(stateFolder), HashCache.load(stateFolder)]);
  return createSources(root, runs, hashes);
}

export function createSources(
  root: string,
  runs: readonly RecordedRun[],
  hashes: HashCache,
): StatusSources {
  const instances = new Map<unknown, unknown>();
  return {
    root,
    runs,
    hashes,
    once<Files>(type: new (root: string) => Files): Files {
      if (!instances.has(type)) instances.set(type, new type(root));
      return instances.get(type) as Files;
    },
  };
}

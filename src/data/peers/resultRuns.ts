import type { PeerResult } from './peerResult';

/** Several results of one check: what an older run said is no longer so. */

export interface ReadResult {
  /** Relative to the project's root. */
  readonly file: string;
  readonly result: PeerResult;
  /** When it was made, in milliseconds since the epoch, where the result or the file system says so. */
  readonly time?: number;
}

/** Numbers of six digits and more, dates, times and hashes: what differs from run to run. */
const OF_A_RUN =
  /\d{4}-\d\d-\d\d(?:[T_ -]\d\d[:_.-]?\d\d(?:[:_.-]?\d\d)?)?(?:\.\d+)?Z?|\d{8}T\d{6}(?:\.\d+)?Z?|[0-9a-f]{8}-[0-9a-f-]{27}|(?=[0-9a-f]*\d)[0-9a-f]{8,}|\d{6,}/gi;

/** A file's path without what differs from run to run: files of the same are runs of the same check. */
export function runPath(file: string): string {
  return file.replace(OF_A_RUN, '*');
}

/** Only the newest one of each tool, suite and kind of file; those that do not say when they were made stay. */
export function newestResults(results: readonly ReadResult[]): readonly ReadResult[] {
  const newest = new Map<string, ReadResult>();
  for (const each of results) {
    const key = keyOf(each);
    const other = newest.get(key);
    if (each.time === undefined) continue;
    if (other?.time === undefined || each.time >= other.time) newest.set(key, each);
  }
  return results.filter((each) => each.time === undefined || newest.get(keyOf(each)) === each);
}

function keyOf({ file, result: { tool, suite = '' } }: ReadResult): string {
  return JSON.stringify([tool, suite, runPath(file)]);
}

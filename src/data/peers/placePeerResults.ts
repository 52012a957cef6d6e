import type { Problem } from '../../base/problem';
import type { Dataset } from '../../project/project';
import type { LocateContext } from '../content/contentAt';
import type { FileState } from '../content/fileState';
import { sayWhere } from '../content/contentSource';
import { findResultFiles } from './resultFiles';
import { newestResults, type ReadResult } from './resultRuns';
import { readPeerResults } from './readPeerResults';

/** What other tools say of a dataset. */
export interface PlacedResults {
  readonly results: readonly ReadResult[];
  /** What is not there or cannot be read. */
  readonly problems: readonly Problem[];
  readonly foreign: readonly FileState[];
}

export const NO_RESULTS: PlacedResults = { results: [], problems: [], foreign: [] };

/**
 * Reads the results that preflight.yaml names for a dataset: of several runs of a check, the newest. A result that is
 * missing or broken is a problem, and the others are read.
 */
export async function placePeerResults(
  { name, results: patterns = [], evidence }: Dataset,
  context: LocateContext,
): Promise<PlacedResults> {
  if (patterns.length === 0) return NO_RESULTS;
  const { files, missing, foreign } = await findResultFiles(patterns, context);
  const place = evidence[0];
  const problems: Problem[] = missing.map((pattern) => ({
    code: 'results-missing',
    message: `No file in ${sayWhere(context.source.source)} is ${pattern}, where results for "${name}" should be.`,
    ...(place === undefined ? {} : { file: place.file, line: place.line }),
    fix: 'Run the tool that writes them, or correct `results` in preflight.yaml.',
  }));
  const results: ReadResult[] = [];
  for (const file of files) {
    const text = await file.read();
    const result = text.ok ? readPeerResults(text.value, { dataset: name, file: file.file }) : text;
    if (!result.ok) problems.push(result.problem);
    else {
      const time = result.value.time ?? file.state?.mtimeMs;
      results.push({
        file: file.file,
        result: result.value,
        ...(time === undefined ? {} : { time }),
      });
    }
  }
  return { results: newestResults(results), problems, foreign };
}

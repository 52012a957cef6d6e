import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { quoteLiteral } from '../../../base/escape';
import type { PairAsk } from '../../profile/pairAsk';
import type { PairFacts } from '../../profile/pairFacts';
import type { Database } from '../database';
import type { EngineProgress } from '../engineProtocol';
import type { SourceColumn } from '../source';
import { compareTimes } from './compareTimes';
import { countOverlap } from './countOverlap';
import { findShared } from './findShared';
import { findUnknownLabels } from './findUnknownLabels';
import { OWN, selectPairRows, TRAIN } from './pairRows';

/**
 * Writes what is compared of the training rows, some numbers for each, so that the two datasets need not be held at the
 * same time, whatever their formats.
 * @param path the new file
 */
export async function extractTrainRows(
  { connection, scratch }: Database,
  sources: readonly SourceColumn[],
  ask: PairAsk,
  path: string,
): Promise<void> {
  const inside = join(scratch, 'train-rows.parquet');
  await connection.run(
    `COPY (${selectPairRows(sources, ask)}) TO ${quoteLiteral(inside)} (FORMAT parquet)`,
  );
  await rename(inside, path);
}

/** @param trainRows the file that `extractTrainRows` wrote, as the database may read it */
export async function measurePair(
  { connection }: Database,
  sources: readonly SourceColumn[],
  ask: PairAsk,
  trainRows: string,
  onProgress: (progress: EngineProgress) => void,
): Promise<PairFacts> {
  onProgress({ what: 'comparing with the training data', done: 0.8 });
  await connection.run(`
    CREATE TEMP TABLE ${OWN} AS ${selectPairRows(sources, ask)};
    CREATE TEMP VIEW ${TRAIN} AS SELECT * FROM read_parquet(${quoteLiteral(trainRows)})`);
  const overlap = await countOverlap(connection, ask);
  const keys = await findShared(connection, ask.key, 'key');
  const groups = await findShared(connection, ask.group, 'grouped');
  const time = await compareTimes(connection, ask.time);
  const labels = await findUnknownLabels(connection, ask);
  return {
    ...(overlap && { overlap }),
    ...(keys && { keys }),
    ...(groups && { groups }),
    ...(time && { time }),
    ...(labels && { labels }),
  };
}

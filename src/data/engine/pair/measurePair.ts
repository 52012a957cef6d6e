import type { PairAsk } from '../../profile/pairAsk';
import type { PairFacts, TimeFacts } from '../../profile/pairFacts';
import type { OpenDatabase } from '../database';
import { dropRelations } from '../dropRelations';
import type { EngineProgress, PairRequest } from '../engineProtocol';
import { openSource } from '../openSource';
import type { SourceColumn } from '../source';
import { compareTimes } from './compareTimes';
import { countOverlap } from './countOverlap';
import { findShared } from './findShared';
import { findUnknownLabels } from './findUnknownLabels';
import { OWN, selectPairRows, TRAIN } from './pairRows';

/**
 * Compares the rows of the database's own files with those of the others, the training data. Of these only what is
 * compared is kept, some numbers for each row, before the own files are read.
 * @throws DataError
 */
export async function measurePair(
  database: OpenDatabase,
  { format, train, ask }: Pick<PairRequest, 'format' | 'train' | 'ask'>,
  onProgress: (progress: EngineProgress) => void,
): Promise<PairFacts> {
  const { connection, others } = database;
  const [other] = others;
  if (other === undefined) return {};
  onProgress({ what: 'reading the training data', done: 0 });
  const sources = await openSource(other, train.format);
  await other.connection.run(`CREATE TABLE ${TRAIN} AS ${selectPairRows(sources, ask)}`);
  await dropRelations(other.connection);
  onProgress({ what: 'reading', done: 0.4 });
  const own = await openSource(database, format);
  onProgress({ what: 'comparing with the training data', done: 0.8 });
  await connection.run(`CREATE TEMP TABLE ${OWN} AS ${selectPairRows(own, ask)}`);
  return compareRows(connection, own, ask);
}

async function compareRows(
  connection: OpenDatabase['connection'],
  sources: readonly SourceColumn[],
  ask: PairAsk,
): Promise<PairFacts> {
  const overlap = await countOverlap(connection, sources, ask);
  const keys = await findShared(connection, ask.key, 'key');
  const groups = await findShared(connection, ask.group, 'grouped');
  const times: TimeFacts[] = [];
  for (const [index, column] of (ask.times ?? []).entries()) {
    const facts = await compareTimes(connection, column, index);
    if (facts !== undefined) times.push(facts);
  }
  const labels = await findUnknownLabels(connection, ask);
  return {
    ...(overlap && { overlap }),
    ...(keys && { keys }),
    ...(groups && { groups }),
    ...(times.length > 0 ? { times } : {}),
    ...(labels && { labels }),
  };
}

import { SAMPLE_COLUMNS, type RowDiff } from '../../rowDiff/rowDiff';
import type { OpenDatabase } from '../database';
import { DataError } from '../dataError';
import type { DiffRequest, EngineProgress } from '../engineProtocol';
import { openSource } from '../openSource';
import { compareChanged, type Changes } from './compareChanged';
import { compareColumns } from './diffColumns';
import { hashRows, matchRows } from './matchRows';
import { sampleUnmatched } from './sampleRows';

/**
 * Compares the rows of the database's own files, the newer version, with those of the others. Rows are told apart by 64-bit
 * hashes. The same for any number of threads.
 * @throws DataError
 */
export async function diffRows(
  database: OpenDatabase,
  { format, past, key, dataset }: Pick<DiffRequest, 'format' | 'past' | 'key' | 'dataset'>,
  onProgress: (progress: EngineProgress) => void,
): Promise<RowDiff> {
  const [other] = database.others;
  if (other === undefined) throw nothingCommon(dataset);
  onProgress({ what: 'reading the version before', done: 0 });
  const before = await openSource(other, past.format);
  onProgress({ what: 'reading', done: 0.3 });
  const now = await openSource(database, format);
  const { common, diff } = compareColumns(before, now);
  if (common.length === 0) throw nothingCommon(dataset);
  const names = new Set(common.map(({ name }) => name));
  const keys = key.every((name) => names.has(name)) ? key : [];
  onProgress({ what: 'comparing rows', done: 0.6 });
  const [from, to] = [other.connection, database.connection];
  await from.run(hashRows('from', common, keys));
  await to.run(hashRows('to', common, keys));
  const { keyless, ...counts } = await matchRows(to);
  onProgress({ what: 'comparing rows', done: 0.9 });
  const { changes, rows: changed } =
    counts.changed > 0 ? await compareChanged({ from, to }, common, keys) : UNCHANGED;
  return {
    ...counts,
    ...(keys.length === 0 ? {} : { key: keys, keyless }),
    columns: diff,
    changes,
    samples: {
      columns: common.slice(0, SAMPLE_COLUMNS).map(({ name }) => name),
      added: await sampleUnmatched(to, 'to', common),
      removed: await sampleUnmatched(from, 'from', common),
      changed,
    },
  };
}

const UNCHANGED: Changes = { changes: [], rows: [] };

function nothingCommon(dataset: string): DataError {
  return new DataError({
    code: 'columns-differ',
    message: `The two versions of "${dataset}" have no column in common.`,
    fix: 'Compare versions of the same table.',
  });
}

import type { FactsAsk } from '../../profile/factsAsk';
import type { KeyFacts, RowFacts } from '../../profile/profile';
import type { EngineProgress } from '../engineProtocol';
import type { Database } from '../database';
import type { SourceColumn } from '../source';
import { measureCorrelations } from './correlations';
import { countDuplicates } from './countDuplicates';
import { measureKey } from './measureKey';

export interface FactsContext {
  readonly columns: readonly SourceColumn[];
  readonly ask: FactsAsk;
  readonly onProgress: (progress: EngineProgress) => void;
}

/**
 * What is asked about the rows of the relation `data`. What is asked of columns that the data do not have is left out:
 * that they are missing is a finding of its own.
 */
export async function measureFacts(
  { connection }: Database,
  { columns, ask, onProgress }: FactsContext,
): Promise<RowFacts> {
  onProgress({ what: 'looking at whole rows', done: 0 });
  const byName = new Map(columns.map((column) => [column.name, column]));
  const known = (names: readonly string[]): readonly SourceColumn[] | undefined => {
    const found = names.flatMap((name) => byName.get(name) ?? []);
    return found.length === names.length ? found : undefined;
  };
  const keyColumns = ask.key === undefined ? undefined : known(ask.key);
  const key = keyColumns && (await measureKey(connection, keyColumns));
  const uniques: KeyFacts[] = [];
  for (const name of ask.unique ?? []) {
    const facts = await measureKey(connection, known([name]) ?? []);
    if (facts !== undefined) uniques.push(facts);
  }
  const correlations = ask.correlations && (await measureCorrelations(connection, columns));
  return {
    ...(ask.duplicates === true ? { duplicates: await countDuplicates(connection, columns) } : {}),
    ...(key === undefined ? {} : { key }),
    ...(uniques.length === 0 ? {} : { uniques }),
    ...(correlations === undefined ? {} : { correlations }),
  };
}

import type { DuckDBConnection } from '@duckdb/node-api';
import type { FactsAsk } from '../../profile/factsAsk';
import type { KeyFacts, RowFacts } from '../../profile/profile';
import type { OpenDatabase } from '../database';
import type { DataFiles, EngineProgress } from '../engineProtocol';
import type { SourceColumn } from '../source';
import { countRepeats, type ColumnRoles } from './countRepeats';
import { countRules } from './countRules';
import { measureKey } from './measureKey';
import { measureLabel } from './measureLabel';
import { measureReferences } from './measureReferences';
import { measureTogether } from './measureTogether';

export interface FactsContext {
  readonly columns: readonly SourceColumn[];
  readonly ask: FactsAsk;
  /** The datasets that references are to, in the order of the database's. */
  readonly others: readonly DataFiles[];
  readonly onProgress: (progress: EngineProgress) => void;
}

/**
 * What is asked about the rows of the relation `data`. What is asked of columns that the data do not have is left out:
 * that they are missing is a finding of its own.
 */
export async function measureFacts(
  database: OpenDatabase,
  { columns, ask, others, onProgress }: FactsContext,
): Promise<RowFacts> {
  const tell = (done: number): void => onProgress({ what: 'looking at whole rows', done });
  tell(0);
  const { connection } = database;
  const roles = rolesOf(columns, ask);
  const keys = await measureKeys(connection, columns, ask);
  tell(0.2);
  const { label } = roles;
  const repeats =
    ask.duplicates === true || label !== undefined
      ? await countRepeats(connection, roles)
      : undefined;
  tell(0.4);
  const facts = {
    ...(repeats === undefined ? {} : { duplicates: repeats.duplicates }),
    ...keys,
    ...(repeats === undefined || label === undefined
      ? {}
      : { label: await measureLabel(connection, label, roles, repeats) }),
  };
  tell(0.6);
  const together =
    ask.together && (await measureTogether(connection, columns, ask.together, ask.key));
  tell(0.8);
  const { rules, references } = ask;
  return {
    ...facts,
    ...together,
    ...(rules && { rules: await countRules(connection, columns, rules) }),
    ...(references && {
      references: await measureReferences(database, columns, references, others),
    }),
  };
}

function rolesOf(columns: readonly SourceColumn[], { key = [], label }: FactsAsk): ColumnRoles {
  // Not what the schema says is unique: a baseline is measured without a schema.
  const names = new Set(key.filter((name) => name !== label));
  const target = columns.find(({ name }) => name === label);
  return {
    features: columns.filter(({ name }) => !names.has(name) && name !== label),
    ...(target === undefined ? {} : { label: target }),
    names: columns.filter(({ name }) => names.has(name)),
  };
}

async function measureKeys(
  connection: DuckDBConnection,
  columns: readonly SourceColumn[],
  { key = [], unique = [] }: FactsAsk,
): Promise<Pick<RowFacts, 'key' | 'uniques'>> {
  const find = (names: readonly string[]): readonly SourceColumn[] => {
    const found = names.flatMap((name) => columns.find((column) => column.name === name) ?? []);
    return found.length === names.length ? found : [];
  };
  const own = await measureKey(connection, find(key));
  const uniques: KeyFacts[] = [];
  for (const name of unique) {
    const facts = await measureKey(connection, find([name]));
    if (facts !== undefined) uniques.push(facts);
  }
  return {
    ...(own === undefined ? {} : { key: own }),
    ...(uniques.length === 0 ? {} : { uniques }),
  };
}

import type { Dataset, DatasetFormat } from '../../project/project';
import { ruleSqls } from '../schema/ruleSql';
import type { Schema } from '../schema/schema';
import type { Profile, RowCells } from './profile';

/** What is to be measured on whole rows. Plain data: with the content, the key of what is kept. */
export interface FactsAsk {
  readonly duplicates?: true;
  /** The columns that together name a row. */
  readonly key?: readonly string[];
  /** Columns in which no value may occur twice. */
  readonly unique?: readonly string[];
  readonly label?: string;
  /** How numeric columns go together; counted in the cells of a reference where there is one. */
  readonly together?: true | Pick<RowCells, 'columns' | 'trees'>;
  /** SQL expressions over the columns' own names. */
  readonly rules?: readonly string[];
  readonly references?: readonly ReferenceAsk[];
}

/** Every value of a column must be one of that column of another dataset. */
export interface ReferenceAsk {
  readonly column: string;
  readonly dataset: string;
  /** The other dataset's column. */
  readonly target: string;
}

/** What has rows that stand for something each. */
const TABLES: ReadonlySet<DatasetFormat> = new Set([
  'arrow',
  'csv',
  'excel',
  'json',
  'jsonl',
  'parquet',
  'sqlite',
  'tsv',
] satisfies DatasetFormat[]);

/**
 * What a dataset has to be asked for, so that the rules about its rows can judge it. Without a schema, what is declared
 * of the dataset itself, which is also what a baseline keeps. Undefined where there is nothing to ask.
 */
export function factsAsk(
  { format, key, label }: Pick<Dataset, 'format' | 'key' | 'label'>,
  schema: Schema = { columns: [] },
  reference?: Pick<Profile, 'facts'>,
): FactsAsk | undefined {
  if (!TABLES.has(format)) return undefined;
  const unique = schema.columns.filter((column) => column.unique === true).map(({ name }) => name);
  const rules = ruleSqls(schema);
  const references = schema.columns.flatMap(({ name, references: to }): ReferenceAsk[] =>
    to === undefined ? [] : [{ column: name, dataset: to.dataset, target: to.column }],
  );
  return {
    duplicates: true,
    together: reference?.facts?.cells ?? true,
    ...(key === undefined ? {} : { key: [key] }),
    ...(unique.length === 0 ? {} : { unique }),
    ...(label === undefined ? {} : { label }),
    ...(rules.length === 0 ? {} : { rules }),
    ...(references.length === 0 ? {} : { references }),
  };
}

/** Functions whose value is another one the next time. */
const PASSING =
  /\b(?:now|today|age|random|uuid|gen_random_uuid|uuidv[47]|setseed|nextval|get_current_\w+|transaction_timestamp)\s*\(|\bcurrent_(?:date|time|timestamp)\b|\blocaltime/i;

/** Whether the same content gives the same facts at any time. */
export function isLasting({ rules = [] }: FactsAsk): boolean {
  return !rules.some((sql) => PASSING.test(sql));
}

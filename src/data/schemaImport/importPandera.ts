import {
  isRecord,
  listOf,
  numberOf,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../peers/json';
import type { ImportedSchema } from './importedSchema';
import type { RowDemand } from './rowDemand';
import { isSqlValue, textSql, valueSql } from './rowSql';
import { SchemaBuilder } from './schemaBuilder';
import { typeOfName } from './typeName';

const TOOL = 'pandera';

/**
 * A schema that pandera's `to_yaml` or `to_json` wrote, of any version: checks as a map or a list below `checks`, or, since
 * 0.30, beside the column's other keys. Undefined where it is none. https://pandera.readthedocs.io
 */
export function importPandera(value: unknown): ImportedSchema | undefined {
  const schema = recordOf(value);
  if (schema.schema_type !== 'dataframe') return undefined;
  const builder = new SchemaBuilder();
  for (const [name, column] of columnsOf(schema.columns)) {
    importColumn(builder, name, recordOf(column));
  }
  importTable(builder, schema);
  return builder.finish(TOOL, textOf(schema.name));
}

/** A list where names are no texts. */
function columnsOf(columns: unknown): readonly (readonly [name: string, column: unknown])[] {
  if (isRecord(columns)) return Object.entries(columns);
  return recordsOf(columns).map((column) => {
    const { name } = column;
    return [Array.isArray(name) ? name.map(String).join('.') : String(name), column] as const;
  });
}

function importColumn(builder: SchemaBuilder, name: string, column: JsonRecord): void {
  if (column.regex === true) {
    return builder.refuse('column', name, 'it stands for all columns whose names match (regex)');
  }
  builder.column(name);
  importType(builder, name, column);
  if (column.nullable !== true) builder.nulls(name, 0);
  if (column.required === false) builder.optional(name);
  if (column.unique === true || column.allow_duplicates === false) builder.unique(name);
  for (const [check, stats] of checksOf(column)) importCheck(builder, name, check, stats);
}

function importType(builder: SchemaBuilder, name: string, { dtype, coerce }: JsonRecord): void {
  const written = textOf(dtype);
  if (written === undefined) return;
  const check = `dtype ${written}`;
  const type = typeOfName(written);
  if (type === undefined) {
    const why = 'there is no such type here; the types of values are compared with the baseline';
    return builder.refuse(check, name, why);
  }
  if (coerce === true && type === 'string') {
    return builder.refuse(check, name, 'values of every type become texts (coerce)');
  }
  builder.type(name, type, check);
}

/** What stands beside checks, where they are not below a key of their own. */
const COLUMN_KEYS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'dtype',
  'nullable',
  'checks',
  'name',
  'unique',
  'allow_duplicates',
  'coerce',
  'required',
  'regex',
  'default',
  'report_duplicates',
  'drop_invalid_rows',
  'metadata',
]);

type Check = readonly [name: string, stats: unknown];

function checksOf(column: JsonRecord): readonly Check[] {
  const beside = Object.entries(column).filter(([key]) => !COLUMN_KEYS.has(key));
  return [...listedChecks(column.checks), ...beside];
}

function listedChecks(checks: unknown): readonly Check[] {
  if (isRecord(checks)) return Object.entries(checks);
  return recordsOf(checks).map((check) => {
    const { options } = check;
    return [textOf(recordOf(options).check_name) ?? 'check', check] as const;
  });
}

/** One check, its statistics by their names; a lone one stands without a name, or as `value`. */
interface Statistics {
  readonly of: (...names: readonly string[]) => unknown;
  readonly demand: RowDemand;
}

function statisticsOf(check: string, stats: unknown): Statistics {
  const record = recordOf(stats);
  const options = { ...record, ...recordOf(record.options) };
  return {
    of: (...names) => {
      if (!isRecord(stats)) return stats;
      return [...names, 'value'].map((name) => record[name]).find((one) => one !== undefined);
    },
    demand: { check, severity: options.raise_warning === true ? 'warning' : 'error' },
  };
}

function importCheck(builder: SchemaBuilder, column: string, check: string, stats: unknown): void {
  const translator = Object.hasOwn(TRANSLATORS, check) ? TRANSLATORS[check] : undefined;
  const options = recordOf(recordOf(stats).options);
  if (translator === undefined) {
    return builder.refuse(
      check,
      column,
      'there is nothing like it here; it can be written as a rule in SQL',
    );
  }
  if (options.groupby !== undefined || recordOf(stats).groupby !== undefined) {
    return builder.refuse(check, column, 'it looks at groups of rows (groupby)');
  }
  translator(builder, column, statisticsOf(check, stats));
}

type Translator = (builder: SchemaBuilder, column: string, statistics: Statistics) => void;

function boundOf(value: unknown): number | string | undefined {
  return numberOf(value) ?? textOf(value);
}

function bound(side: 'min' | 'max', strict: boolean): Translator {
  return (builder, column, { of, demand }) => {
    const value = boundOf(of(`${side}_value`));
    if (value === undefined)
      return builder.refuse(demand.check, column, 'its bound is no number or text');
    const strictness = side === 'min' ? { strictMin: strict } : { strictMax: strict };
    builder.range(column, { [side]: value, ...strictness }, demand);
  };
}

const inRange: Translator = (builder, column, { of, demand }) =>
  builder.range(
    column,
    {
      min: boundOf(of('min_value')),
      max: boundOf(of('max_value')),
      strictMin: of('include_min') === false,
      strictMax: of('include_max') === false,
    },
    demand,
  );

function compared(operator: '=' | '<>'): Translator {
  return (builder, column, { of, demand }) => {
    const value = of();
    if (!isSqlValue(value))
      return builder.refuse(demand.check, column, 'its value is no single one');
    if (operator === '=') return builder.domain(column, [value], demand);
    builder.exclude(column, [value], demand);
  };
}

function matching(start: 'anywhere' | 'start'): Translator {
  return (builder, column, { of, demand }) => {
    const pattern = textOf(of('pattern'));
    if (pattern === undefined)
      return builder.refuse(demand.check, column, 'its pattern is no text');
    builder.pattern(column, pattern, start, demand);
  };
}

function affix(call: 'starts_with' | 'ends_with'): Translator {
  return (builder, column, { of, demand }) => {
    const text = textOf(of('string'));
    if (text === undefined) return builder.refuse(demand.check, column, 'it has no text');
    builder.rule([column], `${call}(${textSql(column)}, ${valueSql(text)})`, demand);
  };
}

const lengths: Translator = (builder, column, { of, demand }) => {
  const exact = numberOf(of('exact_value'));
  const bounds = {
    min: exact ?? numberOf(of('min_value')),
    max: exact ?? numberOf(of('max_value')),
  };
  builder.length(column, bounds, demand);
};

const domain: Translator = (builder, column, { of, demand }) =>
  builder.domain(column, listOf(of('allowed_values')), demand);

const TRANSLATORS: Readonly<Record<string, Translator>> = {
  equal_to: compared('='),
  not_equal_to: compared('<>'),
  greater_than: bound('min', true),
  greater_than_or_equal_to: bound('min', false),
  less_than: bound('max', true),
  less_than_or_equal_to: bound('max', false),
  in_range: inRange,
  isin: domain,
  notin: (builder, column, { of, demand }) =>
    builder.exclude(column, listOf(of('forbidden_values')), demand),
  str_matches: matching('start'),
  str_contains: matching('anywhere'),
  str_startswith: affix('starts_with'),
  str_endswith: affix('ends_with'),
  str_length: lengths,
  unique_values_eq: (builder, column, statistics) => {
    domain(builder, column, { ...statistics, of: () => statistics.of('values') });
    builder.refuse(
      statistics.demand.check,
      column,
      'values of the set need not occur; that there are no others is translated',
    );
  },
};

function importTable(builder: SchemaBuilder, schema: JsonRecord): void {
  if (schema.strict === true) builder.table({ extraColumns: 'error' });
  if (schema.ordered === true) builder.table({ ordered: true });
  const unique = typeof schema.unique === 'string' ? [schema.unique] : listOf(schema.unique);
  const names = unique.filter((name) => typeof name === 'string');
  const [only] = names;
  if (names.length === 1 && only !== undefined) builder.unique(only);
  if (names.length > 1) builder.refuse('unique', names, 'a schema knows keys of one column only');
  for (const [check] of listedChecks(schema.checks)) {
    builder.refuse(check, undefined, 'it is a check of the whole table');
  }
  for (const index of recordsOf(schema.index)) {
    builder.refuse(
      'index',
      textOf(index.name),
      'a file has no index; it is a column where it was written',
    );
  }
  if (textOf(schema.dtype) !== undefined) {
    builder.refuse(`dtype ${textOf(schema.dtype)}`, undefined, 'each column has its own type here');
  }
}

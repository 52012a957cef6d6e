import { quoteIdentifier } from '../../base/escape';
import type { Severity } from '../finding';
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
import { nameInRelation, SchemaBuilder } from './schemaBuilder';
import type { RowDemand } from './rowDemand';
import type { Bounds } from './rowSql';
import { typeOfName } from './typeName';

const TOOL = 'Great Expectations';

/** A suite of Great Expectations 0.13 to 1.x as JSON; undefined where it is none. */
export function importExpectations(value: unknown): ImportedSchema | undefined {
  const suite = recordOf(value);
  const expectations = recordsOf(suite.expectations);
  const isSuite =
    Array.isArray(suite.expectations) &&
    ('expectation_suite_name' in suite || 'name' in suite) &&
    expectations.every((one) => typeOf(one) !== undefined && isRecord(one.kwargs));
  if (!isSuite) return undefined;
  const builder = new SchemaBuilder();
  // Lists of columns first: they say in which order the columns stand.
  const [tables, others] = [true, false].map((isTable) =>
    expectations.filter(
      (one) => (typeOf(one) ?? '').startsWith('expect_table_columns_') === isTable,
    ),
  );
  for (const one of [...(tables ?? []), ...(others ?? [])]) translate(builder, one);
  return builder.finish(TOOL, textOf(suite.name) ?? textOf(suite.expectation_suite_name));
}

function typeOf({ type, expectation_type: old }: JsonRecord): string | undefined {
  return textOf(type) ?? textOf(old);
}

/** One expectation, its parts read. */
interface Expectation {
  readonly check: string;
  readonly kwargs: JsonRecord;
  /** Empty where it is about several columns or the table. */
  readonly column: string;
  readonly columns: readonly string[];
  readonly demand: RowDemand;
  /** `min_value` and `max_value`, of columns' values. */
  readonly bounds: Bounds;
}

type Translator = (builder: SchemaBuilder, expectation: Expectation) => void;

function translate(builder: SchemaBuilder, config: JsonRecord): void {
  const expectation = readExpectation(config);
  const { check, column, columns, kwargs } = expectation;
  const subject = column === '' ? columns : column;
  const refuse = (why: string): void => builder.refuse(check, subject, why);
  if (kwargs.row_condition !== undefined && kwargs.row_condition !== null) {
    return refuse('it holds for some of the rows only (row_condition)');
  }
  if (Object.values(kwargs).some((one) => isRecord(one) && '$PARAMETER' in one)) {
    return refuse('it takes a parameter, which each run sets');
  }
  const translator = Object.hasOwn(TRANSLATORS, check) ? TRANSLATORS[check] : undefined;
  if (translator === undefined) return refuse(whyNot(check));
  if (NEEDS_COLUMN.test(check) && column === '') return refuse('it names no column');
  translator(builder, expectation);
}

const NEEDS_COLUMN = /^expect_column_(?!pair_)/;

function readExpectation(config: JsonRecord): Expectation {
  const check = typeOf(config) ?? '';
  const kwargs = recordOf(config.kwargs);
  const pair = [kwargs.column_A, kwargs.column_B];
  const listed = listOf(kwargs.column_list ?? kwargs.column_set);
  const severity = textOf(config.severity) ?? textOf(recordOf(config.meta).severity);
  const mostly = numberOf(kwargs.mostly);
  return {
    check,
    kwargs,
    column: textOf(kwargs.column) ?? '',
    columns: (pair.includes(undefined) ? listed : pair).filter((name) => typeof name === 'string'),
    demand: {
      check,
      severity:
        severity === 'warning' || severity === 'info' ? (severity satisfies Severity) : 'error',
      mostly: mostly === undefined ? 1 : Math.min(1, Math.max(0, mostly)),
    },
    bounds: boundsOf(kwargs),
  };
}

function boundsOf({ min_value, max_value, strict_min, strict_max }: JsonRecord): Bounds {
  return {
    min: boundOf(min_value),
    max: boundOf(max_value),
    strictMin: strict_min === true,
    strictMax: strict_max === true,
  };
}

function boundOf(value: unknown): number | string | undefined {
  return numberOf(value) ?? textOf(value);
}

const MEASURES =
  /(?:mean|median|stdev|sum|quantile|z_scores?|kl_divergence|most_common|unique_value_count|proportion_of_unique|chisquare|bootstrapped|distribution)/;

function whyNot(check: string): string {
  if (/^expect_column_.*(?:increasing|decreasing)$/.test(check))
    return 'the order of rows is not judged';
  if (MEASURES.test(check)) return 'distributions are compared with the baseline instead';
  if (/column_count/.test(check)) return 'the schema names the columns instead';
  return 'there is nothing like it here; what holds for each row can be written as a rule in SQL';
}

const range: Translator = (builder, { column, bounds, demand }) =>
  builder.range(column, bounds, demand);

const domain: Translator = (builder, { column, kwargs, demand, check }) => {
  if (kwargs.parse_strings_as_datetimes === true) {
    return builder.refuse(check, column, 'its values are times');
  }
  builder.domain(column, listOf(kwargs.value_set), demand);
};

/** One side of the column's least or greatest value holds for every value. */
function extreme(side: 'min' | 'max'): Translator {
  const [own, other] = side === 'min' ? (['min', 'max'] as const) : (['max', 'min'] as const);
  return (builder, { check, column, bounds, demand }) => {
    const strict =
      own === 'min' ? { strictMin: bounds.strictMin } : { strictMax: bounds.strictMax };
    if (bounds[own] !== undefined) {
      builder.range(column, { [own]: bounds[own], ...strict } as Bounds, demand);
    }
    if (bounds[other] !== undefined) {
      builder.refuse(`${check} (${other}_value)`, column, 'values need not reach a bound');
    }
  };
}

function matching(which: 'all' | 'any' | 'none', key: string): Translator {
  return (builder, { column, kwargs, demand }) => {
    const value = kwargs[key];
    const patterns = (Array.isArray(value) ? listOf(value) : [value]).filter(
      (each) => typeof each === 'string',
    );
    const [only] = patterns;
    const any = which === 'all' && key === 'regex_list' && kwargs.match_on !== 'all';
    if (which === 'all' && patterns.length === 1 && only !== undefined) {
      builder.pattern(column, only, 'anywhere', demand);
    } else builder.patterns(column, patterns, any ? 'any' : which, demand);
  };
}

const types: Translator = (builder, { check, column, kwargs }) => {
  const names = (kwargs.type_list === undefined ? [kwargs.type_] : listOf(kwargs.type_list)).map(
    (name) => (typeof name === 'string' ? typeOfName(name) : undefined),
  );
  const found = new Set(names);
  // Whole numbers are numbers.
  if (found.has('number')) found.delete('integer');
  const [type] = found;
  builder.column(column);
  if (type === undefined || found.size > 1) {
    return builder.refuse(check, column, 'there is no such type here, or it is one of several');
  }
  builder.type(column, type, check);
};

const listedColumns: Translator = (builder, { check, columns, kwargs }) => {
  for (const column of columns) builder.column(column);
  const isOrdered = check.endsWith('_ordered_list');
  if (isOrdered) builder.table({ ordered: true });
  if (isOrdered || kwargs.exact_match !== false) builder.table({ extraColumns: 'error' });
};

const rowCount: Translator = (builder, { kwargs }) => {
  const value = numberOf(kwargs.value);
  builder.rows({
    min: value ?? numberOf(kwargs.min_value),
    max: value ?? numberOf(kwargs.max_value),
  });
};

const missing: Translator = (builder, { column, demand: { mostly = 1 } }) =>
  builder.nulls(column, 1 - mostly);

const lengths: Translator = (builder, { column, kwargs, bounds, demand }) => {
  const value = numberOf(kwargs.value);
  builder.length(column, value === undefined ? bounds : { min: value, max: value }, demand);
};

const unique: Translator = (builder, { check, column, demand: { mostly = 1 } }) => {
  if (mostly < 1) return builder.refuse(check, column, 'a column is unique or not (mostly)');
  builder.unique(column);
};

function related(operator: string): Translator {
  return (builder, { columns, kwargs, demand }) => {
    const sign = operator === '>' && kwargs.or_equal === true ? '>=' : operator;
    builder.relation(columns, columns.map(nameInRelation).join(` ${sign} `), demand);
  };
}

const sum: Translator = (builder, { check, columns, kwargs, demand }) => {
  const total = numberOf(kwargs.sum_total);
  if (total === undefined) return builder.refuse(check, columns, 'it has no sum_total');
  builder.relation(columns, `${columns.map(nameInRelation).join(' + ')} = ${total}`, demand);
};

const distinctInRow: Translator = (builder, { columns, demand }) => {
  const pairs = columns.flatMap((one, index) =>
    columns.slice(index + 1).map((other) => `${quoteIdentifier(one)} <> ${quoteIdentifier(other)}`),
  );
  if (pairs.length > 0) builder.rule(columns, pairs.join(' AND '), demand);
};

const TRANSLATORS: Readonly<Record<string, Translator>> = {
  expect_column_to_exist: (builder, { check, column, kwargs }) => {
    builder.column(column);
    if (numberOf(kwargs.column_index) === undefined) return;
    builder.refuse(
      `${check} (column_index)`,
      column,
      '`ordered` says that all columns have their place',
    );
  },
  expect_table_columns_to_match_ordered_list: listedColumns,
  expect_table_columns_to_match_set: listedColumns,
  expect_table_row_count_to_equal: rowCount,
  expect_table_row_count_to_be_between: rowCount,
  expect_column_values_to_be_of_type: types,
  expect_column_values_to_be_in_type_list: types,
  expect_column_values_to_not_be_null: missing,
  expect_column_values_to_be_null: (builder, { column, demand }) =>
    builder.rule([column], `${quoteIdentifier(column)} IS NULL`, demand),
  expect_column_proportion_of_non_null_values_to_be_between: (
    builder,
    { check, column, bounds },
  ) => {
    if (typeof bounds.min === 'number') builder.nulls(column, 1 - bounds.min);
    if (typeof bounds.max !== 'number' || bounds.max >= 1) return;
    builder.refuse(`${check} (max_value)`, column, 'values need not be missing');
  },
  expect_column_values_to_be_between: range,
  expect_column_min_to_be_between: extreme('min'),
  expect_column_max_to_be_between: extreme('max'),
  expect_column_values_to_be_in_set: domain,
  expect_column_distinct_values_to_be_in_set: domain,
  expect_column_distinct_values_to_equal_set: (builder, expectation) => {
    domain(builder, expectation);
    builder.refuse(
      expectation.check,
      expectation.column,
      'values of the set need not occur; that there are no others is translated',
    );
  },
  expect_column_values_to_not_be_in_set: (builder, { column, kwargs, demand }) =>
    builder.exclude(column, listOf(kwargs.value_set), demand),
  expect_column_values_to_be_unique: unique,
  expect_column_values_to_match_regex: matching('all', 'regex'),
  expect_column_values_to_match_regex_list: matching('all', 'regex_list'),
  expect_column_values_to_not_match_regex: matching('none', 'regex'),
  expect_column_values_to_not_match_regex_list: matching('none', 'regex_list'),
  expect_column_values_to_match_like_pattern: (builder, { check, column, kwargs, demand }) => {
    const pattern = textOf(kwargs.like_pattern);
    if (pattern === undefined) return builder.refuse(check, column, 'it has no like_pattern');
    builder.like(column, pattern, demand);
  },
  expect_column_value_lengths_to_be_between: lengths,
  expect_column_value_lengths_to_equal: lengths,
  expect_column_pair_values_to_be_equal: related('='),
  expect_column_pair_values_a_to_be_greater_than_b: related('>'),
  expect_multicolumn_sum_to_equal: sum,
  expect_select_column_values_to_be_unique_within_record: distinctInRow,
};

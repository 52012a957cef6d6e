import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema } from '../../../../src/data/schema/schema';
import { formatSchema } from '../../../../src/data/schema/schemaText';
import { parseSchema } from '../../../../src/data/schema/parseSchema';
import { readImportedSchema } from '../../../../src/data/schemaImport/readImportedSchema';
import type { ImportedSchema } from '../../../../src/data/schemaImport/importedSchema';

const FOLDER = join(__dirname, '..');
const SCHEMAS = join(FOLDER, 'peerSchemas');

function importText(text: string): ImportedSchema {
  const imported = readImportedSchema(text, 'x');
  assert.ok(imported.ok, JSON.stringify(imported));
  // Whatever is imported is a schema that we read.
  const { schema } = imported.value;
  const read = parseSchema(formatSchema(schema, 'x'), 'x.yaml');
  assert.ok(read.ok, JSON.stringify(read));
  assert.deepEqual(read.value, schema);
  return imported.value;
}

const importFile = (...path: readonly string[]) => importText(readFileSync(join(...path), 'utf8'));

const refusals = ({ untranslated }: ImportedSchema) => untranslated.map(({ what }) => what);
const columnOf = ({ columns }: Schema, name: string) => columns.find((each) => each.name === name);
const sqlOf = ({ rules = [] }: Schema) => rules.map(({ sql }) => sql);

function problemOf(text: string) {
  const imported = readImportedSchema(text, 'file.json');
  assert.ok(!imported.ok, JSON.stringify(imported));
  return imported.problem;
}

const suiteOf = (...expectations: readonly (readonly [string, object])[]): string =>
  JSON.stringify({
    name: 'people',
    expectations: expectations.map(([type, kwargs]) => ({ type, kwargs })),
  });

describe('an imported suite of Great Expectations', () => {
  it('1.2: what holds for every value is a demand on the column, the rest a rule', () => {
    const { tool, name, schema } = importFile(SCHEMAS, 'greatExpectations1.json');
    assert.deepEqual([tool, name], ['Great Expectations', 'visits']);
    assert.equal(schema.extraColumns, 'error');
    assert.equal(schema.ordered, true);
    assert.deepEqual(schema.rows, { min: 50, max: 100 });
    assert.deepEqual(schema.columns, [
      { name: 'id', type: 'integer', unique: true },
      { name: 'age', type: 'number', nulls: 0.05, min: 0, max: 120 },
      { name: 'city', nulls: 0, values: ['Bern', 'Basel', 'Geneva'] },
      { name: 'code', pattern: '[A-C]-\\d{3}' },
      { name: 'start' },
      { name: 'end' },
      { name: 'net', max: 60 },
      { name: 'tax' },
      { name: 'level' },
    ]);
    assert.deepEqual(schema.relations, ['end > start', 'end >= start', 'net + tax = 100']);
    const tolerant = schema.rules?.filter(({ mostly }) => mostly !== undefined);
    assert.deepEqual(
      tolerant?.map(({ mostly }) => mostly),
      [0.5, 0.9, 0.9, 0.5, 0.4],
    );
  });

  it('tells everything that is not translated, and why', () => {
    const found = importFile(SCHEMAS, 'greatExpectations1.json').untranslated;
    assert.deepEqual(
      found.map(({ what, why }) => `${what}: ${why}`),
      [
        'expect_column_values_to_be_of_type of "city": there is no such type here, or it is one of several',
        'expect_column_mean_to_be_between of "net": distributions are compared with the baseline instead',
        'expect_column_max_to_be_between (min_value) of "net": values need not reach a bound',
        'expect_column_distinct_values_to_equal_set of "level": values of the set need not occur; that there are no others is translated',
        'expect_column_values_to_be_between of "net": it holds for some of the rows only (row_condition)',
        'expect_column_values_to_be_between of "tax": it takes a parameter, which each run sets',
      ],
    );
  });

  it('0.18', () => {
    const imported = importFile(SCHEMAS, 'greatExpectations0.json');
    assert.deepEqual(columnOf(imported.schema, 'age'), { name: 'age', type: 'number', nulls: 0.1 });
    assert.deepEqual(imported.schema.rows, { min: 60, max: 60 });
    // A set of columns that need not be all.
    assert.equal(imported.schema.extraColumns, 'allow');
    assert.deepEqual(refusals(imported), [
      'expect_column_to_exist (column_index) of "city"',
      'expect_column_values_to_match_strftime_format of "city"',
      'expect_column_values_to_be_increasing of "start"',
      'expect_column_quantile_values_to_be_between of "net"',
      'expect_compound_columns_to_be_unique of "id" and "start"',
    ]);
  });

  it('takes the stricter of two bounds, and a severity of its own', () => {
    const between = 'expect_column_values_to_be_between';
    const { schema } = importText(
      JSON.stringify({
        name: 's',
        expectations: [
          { type: between, kwargs: { column: 'a', min_value: 0, max_value: 9 } },
          { type: between, kwargs: { column: 'a', min_value: 2, max_value: 20 } },
          { type: between, kwargs: { column: 'b', min_value: '2020-01-31' } },
          { type: between, kwargs: { column: 'b', min_value: '2019-01-31' } },
          { type: between, kwargs: { column: 'c', min_value: 1 }, severity: 'warning' },
        ],
      }),
    );
    assert.deepEqual(schema.columns, [
      { name: 'a', min: 2, max: 9 },
      { name: 'b', min: '2020-01-31' },
      { name: 'c' },
    ]);
    assert.deepEqual(schema.rules, [
      { name: `${between} of "c"`, sql: '"c" >= 1', severity: 'warning' },
    ]);
  });

  it('quotes hostile names and values, and names no rule twice', () => {
    const column = `a"; DROP TABLE x; --`;
    const type = 'expect_column_values_to_not_be_in_set';
    const { schema } = importText(
      suiteOf(
        [type, { column, value_set: [`it's`, null] }],
        [type, { column, value_set: ['"'], mostly: 0.5 }],
        ['expect_column_to_exist', { column: '__proto__' }],
      ),
    );
    assert.deepEqual(sqlOf(schema), [
      `CAST("a""; DROP TABLE x; --" AS VARCHAR) NOT IN ('it''s')`,
      `CAST("a""; DROP TABLE x; --" AS VARCHAR) NOT IN ('"')`,
    ]);
    assert.equal(new Set(schema.rules?.map(({ name }) => name)).size, 2);
    assert.ok(columnOf(schema, '__proto__') !== undefined);
  });

  it('refuses what RE2 cannot have', () => {
    const type = 'expect_column_values_to_match_regex';
    for (const regex of ['(?=a)b', '(a)\\1', '(?P<x>a)(?P=x)', '(?x) a b', '(']) {
      const imported = importText(suiteOf([type, { column: 'a', regex }]));
      assert.deepEqual(refusals(imported), [`${type} of "a"`], regex);
      assert.deepEqual(imported.schema.columns, [{ name: 'a' }]);
    }
  });
});

describe('an imported schema of pandera', () => {
  const expected = importFile(SCHEMAS, 'pandera35.yaml');

  it('0.35', () => {
    const { tool, name, schema } = expected;
    assert.deepEqual([tool, name], ['pandera', 'visits']);
    assert.deepEqual(schema.columns, [
      { name: 'id', type: 'integer', nulls: 0, unique: true },
      { name: 'age', type: 'number', nulls: 0, min: 0 },
      { name: 'city', values: ['Bern', 'Basel', 'Geneva'] },
      { name: 'code', nulls: 0, pattern: '[A-C]-\\d{3}[\\s\\S]*' },
      { name: 'start', type: 'integer', nulls: 0 },
      { name: 'end', type: 'integer', nulls: 0 },
      { name: 'net', type: 'integer', nulls: 0, max: 60 },
      { name: 'level', type: 'integer', nulls: 0 },
      { name: 'note', required: false },
    ]);
    assert.deepEqual(refusals(expected), [
      'dtype object of "city"',
      'dtype object of "code"',
      'dtype object of "note"',
      'column of "^x_.*"',
      'unique of "id" and "start"',
      'index of "row"',
    ]);
  });

  for (const file of ['pandera35.json', 'pandera26.yaml', 'pandera26.json']) {
    it(`${file} says the same`, () => assert.deepEqual(importFile(SCHEMAS, file), expected));
  }

  it('0.20 says the same, but that it does not write which checks only warn', () => {
    const yaml = importFile(SCHEMAS, 'pandera20.yaml');
    assert.deepEqual(importFile(SCHEMAS, 'pandera20.json'), yaml);
    assert.deepEqual(yaml.untranslated, expected.untranslated);
    assert.equal(columnOf(yaml.schema, 'age')?.min, 25);
  });

  it('strict and ordered tables, and columns that the file has in lists', () => {
    const { schema } = importFile(FOLDER, 'peerResults/panderaSchema.yaml');
    assert.equal(schema.extraColumns, 'error');
    assert.equal(schema.ordered, true);
    assert.equal(columnOf(schema, 'joined')?.type, 'timestamp');
    const listed = importText('schema_type: dataframe\ncolumns: [{ name: 5, dtype: int64 }]\n');
    assert.deepEqual(listed.schema.columns, [{ name: '5', type: 'integer', nulls: 0 }]);
  });
});

describe('an imported schema of TensorFlow Data Validation', () => {
  it('types, presence and domains; new columns are errors there', () => {
    const imported = importFile(FOLDER, 'peerResults/tfdvSchema.pbtxt');
    assert.deepEqual(imported.schema, {
      extraColumns: 'error',
      rows: { min: 50 },
      rules: [{ name: 'bool_domain of "flag"', sql: '"flag" IN (0, 1)' }],
      columns: [
        { name: 'age', type: 'number', nulls: 0.05, min: 0, max: 120 },
        { name: 'city', nulls: 0, values: ['Bern', 'Basel', 'Gen"è\nve'] },
        { name: 'id', type: 'integer', required: false, min: 0 },
        { name: 'flag', type: 'integer', required: false },
        { name: 'amount', type: 'number', required: false },
        { name: 'old', required: false },
      ],
    });
    assert.deepEqual(refusals(imported), [
      'unique_constraints of "id"',
      'skew_comparator of "amount"',
      'drift_comparator of "amount"',
      'feature of "old"',
    ]);
  });

  it('a domain that some values may leave, lists and infinite bounds', () => {
    const text = `feature { name: "a" type: BYTES string_domain { value: "x" }
      distribution_constraints { min_domain_mass: 0.9 } presence { min_count: 1 } }
    feature { name: "b" type: FLOAT float_domain { min: 0 max: inf } value_count { min: 1 max: 3 } }`;
    const imported = importText(text);
    assert.deepEqual(imported.schema.columns, [
      { name: 'a' },
      { name: 'b', type: 'number', required: false, min: 0 },
    ]);
    assert.equal(imported.schema.rules?.[0]?.mostly, 0.9);
    assert.deepEqual(refusals(imported), ['value_count of "b"']);
  });
});

describe('an imported JSON Schema', () => {
  it('of an array of rows, as pydantic writes it', () => {
    const { schema, untranslated } = importFile(SCHEMAS, 'pydantic.json');
    assert.deepEqual(schema.rows, { min: 1, max: 100 });
    assert.equal(schema.extraColumns, 'error');
    assert.deepEqual(schema.columns, [
      { name: 'id', type: 'integer', nulls: 0 },
      { name: 'age', type: 'number', nulls: 0, min: 0 },
      { name: 'city', type: 'string', values: ['Bern', 'Basel', 'Geneva'] },
      { name: 'code', type: 'string', nulls: 0, pattern: '[A-C]-[0-9]{3}' },
      { name: 'start', type: 'integer', nulls: 0 },
      { name: 'end', type: 'integer', nulls: 0 },
      { name: 'net', type: 'integer', nulls: 0, max: 60 },
      { name: 'tax', type: 'integer', required: false },
      { name: 'level', type: 'integer', nulls: 0 },
      { name: 'day', type: 'date', required: false },
    ]);
    assert.deepEqual(untranslated, []);
  });

  it('of one row, also in YAML, with the bounds of draft 4', () => {
    const { schema } = importText(`
$schema: http://json-schema.org/draft-04/schema#
required: [a]
properties:
  a: { type: number, minimum: 0, exclusiveMinimum: true, maximum: 5 }
  b: { type: [string, 'null'], format: date-time }
  c: { allOf: [{ $ref: '#/definitions/flag' }] }
definitions:
  flag: { type: boolean }
`);
    assert.deepEqual(schema.columns, [
      { name: 'a', type: 'number', nulls: 0, max: 5 },
      { name: 'b', type: 'timestamp', required: false },
      { name: 'c', type: 'boolean', required: false },
    ]);
    assert.deepEqual(sqlOf(schema), ['"a" > 0']);
  });

  it('tells what has no place: nested values, choices, other files; circles end', () => {
    const imported = importText(
      JSON.stringify({
        properties: {
          a: { type: 'object', properties: { x: {} } },
          b: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
          c: { $ref: 'other.json#/x' },
          d: { $ref: '#/properties/d' },
          e: { type: 'string', format: 'email' },
          f: { enum: [1, 'x'] },
        },
        allOf: [{ $ref: '#' }],
        patternProperties: { '^x': {} },
      }),
    );
    assert.deepEqual([...new Set(refusals(imported))].sort(), [
      '$ref of "c"',
      'anyOf of "b"',
      'enum of "f"',
      'format email of "e"',
      'patternProperties',
      'properties of "a"',
      'type of "a"',
    ]);
  });
});

describe('a file that cannot be imported', () => {
  it('is told with its line', () => {
    for (const [text, code, line] of [
      ['{"expectations": [\n{"type":', 'import-invalid', 2],
      ['feature {\n name: "a\n}', 'import-invalid', 2],
      ['columns:\n  a: [1\n', 'import-invalid', 3],
      ['', 'import-invalid', 1],
      ['name,age\n', 'import-unknown', 1],
      ['{"a": NaN}', 'import-unknown', 1],
      ['[]', 'import-unknown', 1],
      ['a: &a [x]\nb: *a\n', 'import-unknown', 1],
    ] as const) {
      const problem = problemOf(text);
      assert.deepEqual([problem.code, problem.line], [code, line], text);
    }
  });

  it('has nothing that can be translated, is nested too deeply or explodes', () => {
    const empty = problemOf(suiteOf(['expect_column_mean_to_be_between', { column: 'a' }]));
    assert.equal(empty.code, 'import-empty');
    assert.match(empty.message, /expect_column_mean_to_be_between of "a"/);
    assert.equal(problemOf('feature { a '.repeat(200)).code, 'import-invalid');
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 10; level++) {
      bomb.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    assert.equal(problemOf(bomb.join('\n')).code, 'import-invalid');
  });

  it('is a result rather than a schema', () => {
    for (const file of ['greatExpectations1.json', 'pandera.json', 'tfdvAnomalies.pbtxt']) {
      const text = readFileSync(join(FOLDER, 'peerResults', file), 'utf8');
      assert.equal(problemOf(text).code, 'import-unknown', file);
    }
  });
});

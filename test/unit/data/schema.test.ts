import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inferSchema } from '../../../src/data/schema/inferSchema';
import { parseSchema } from '../../../src/data/schema/parseSchema';
import type { ColumnType } from '../../../src/data/profile/profile';
import type { Severity } from '../../../src/data/finding';
import type { ColumnSchema, Schema } from '../../../src/data/schema/schema';
import { allowRule, columnPath, type SchemaEdit } from '../../../src/data/schema/schemaEdit';
import { editSchema, extendSchema, formatSchema } from '../../../src/data/schema/schemaText';
import { csvOf, profileText } from './dataFixtures';

const FILE = '.preflight/schemas/train.yaml';

function valueOf<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.problem));
  return result.value;
}

const plain = (schema: Schema): unknown => JSON.parse(JSON.stringify(schema));

describe('a schema file', function () {
  this.timeout(60_000);

  it('says everything that the schema says, whatever the names and values are', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '__proto__',
        'null',
        'true',
        '1.0',
        '007',
        '~',
        '',
        'a: b',
        '- x',
        '#c',
        '\n',
      ),
    );
    const rules = fc.constantFrom('drift', 'whitespace', 'nulls-increased');
    const common = {
      required: fc.boolean(),
      nulls: fc.constantFrom(0, 0.012, 1),
      unique: fc.boolean(),
      references: fc.record({ dataset: hostile, column: hostile }),
      drift: fc.constantFrom<number | 'ignore'>(0.25, 'ignore'),
      allow: fc.array(rules, { maxLength: 2 }),
      pattern: fc.constantFrom('[a-z]+', '\\d{3}: #.*', '(?i)x', '', ' '),
    };
    const ofTexts = {
      type: fc.constantFrom<ColumnType>('string', 'boolean'),
      values: fc.array(hostile, { minLength: 1, maxLength: 5 }),
      ...common,
    };
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const ofNumbers = {
      type: fc.constantFrom<ColumnType>('integer', 'number'),
      min: number,
      max: number,
      ...common,
    };
    const time = fc.constantFrom('2026-01-31', '1999-12-31 23:59:59.5', '0044-03-15 (BC)');
    const ofTimes = {
      type: fc.constantFrom<ColumnType>('date', 'timestamp'),
      min: time,
      max: time,
      ...common,
    };
    const column = fc
      .oneof(
        ...[ofTexts, ofNumbers, ofTimes].map((demands) =>
          fc.record<Omit<ColumnSchema, 'name'>>(demands as never, { requiredKeys: [] }),
        ),
      )
      .chain((demands) => hostile.map((name): ColumnSchema => ({ name, ...demands })));
    const columns = fc.uniqueArray(column, { selector: ({ name }) => name, maxLength: 6 });
    const rule = fc.record(
      {
        name: fc.string({ minLength: 1 }),
        sql: fc.string({ minLength: 1 }),
        mostly: fc.constantFrom(0, 0.95, 1),
        severity: fc.constantFrom<Severity>('error', 'warning', 'info'),
      },
      { requiredKeys: ['sql'] },
    );
    const count = fc.nat();
    const schema = fc.record<Schema>(
      {
        columns,
        extraColumns: fc.constantFrom('allow', 'warning', 'error'),
        ordered: fc.boolean(),
        rows: fc.record({ min: count, max: count }, { requiredKeys: [] }),
        duplicates: fc.constantFrom(0, 0.5, 1),
        freshness: fc.record({ column: hostile, within: fc.constantFrom('36h', '1.5 d') }),
        rules: fc.array(rule, { maxLength: 3 }),
        relations: fc.array(fc.constantFrom('a <= b', '"a ""b"" #" + tax = total', '0.5 * x >= y')),
        allow: fc.array(rules, { maxLength: 2 }),
      },
      { requiredKeys: ['columns'] },
    );
    fc.assert(
      fc.property(schema, (each) => {
        const text = formatSchema(each, 'a "name"\nof two lines');
        // Without prototypes, which generated records do not have.
        assert.deepEqual(plain(valueOf(parseSchema(text, FILE))), plain(each));
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('may be written by hand, tersely', () => {
    const read = valueOf(
      parseSchema('columns:\n  zip: { values: [01234, 7, yes] }\n  age:\n', FILE),
    );
    assert.deepEqual(read, {
      columns: [{ name: 'zip', values: ['01234', '7', 'yes'] }, { name: 'age' }],
    });
  });

  it('tells every mistake with its line and the nearest known key', () => {
    const text =
      'version: 1\ncolumns:\n  age:\n    typ: integer\n  sex: { nulls: 2 }\nextra: allow\n';
    const parsed = parseSchema(text, FILE);
    assert.ok(!parsed.ok);
    const places = parsed.problem.map(({ code, line, fix }) => [code, line, fix]);
    assert.deepEqual(places, [
      ['schema-unknown-key', 4, 'Did you mean "type"?'],
      ['schema-invalid', 5, undefined],
      ['schema-unknown-key', 6, undefined],
    ]);
  });

  it('that is not YAML, or no schema, is one problem with its line', () => {
    for (const [text, code, line] of [
      ['columns:\n  a: [1\n', 'yaml-invalid', 3],
      ['- a\n', 'schema-invalid', 1],
      ['', 'schema-invalid', 1],
      ['columns:\n  n: { type: integer, values: [1] }\n', 'schema-invalid', 2],
      ['columns:\n  a: {}\n  a: {}\n', 'yaml-invalid', 3],
    ] as const) {
      const parsed = parseSchema(text, FILE);
      assert.ok(!parsed.ok);
      assert.deepEqual(
        parsed.problem.map((each) => [each.code, each.line]),
        [[code, line]],
      );
    }
  });
});

describe('accepting a finding', function () {
  this.timeout(60_000);

  const text = [
    '# ours',
    'columns:',
    '  age: # in years',
    '    type: integer',
    '  # asked at the desk',
    '  sex: { type: string, values: [f, m] }',
    '',
  ].join('\n');
  const edit = (change: SchemaEdit) => valueOf(editSchema(text, FILE, change));
  const columnIn = (edited: string, name: string) =>
    valueOf(parseSchema(edited, FILE)).columns.find((column) => column.name === name);

  it('edits only what it is about, and keeps comments and order', () => {
    const path = columnPath('sex', 'values');
    const edited = edit({ action: 'append', path, values: ['x', 'f'] });
    assert.equal(
      edited.replace('[ f, m, x ]', '[f, m]').replace(/\n +# in years/, ' # in years'),
      text,
    );
  });

  it('sets, adds and removes, and makes what is missing on the way', () => {
    const set = edit({ action: 'set', path: columnPath('age', 'nulls'), value: 0.13 });
    assert.equal(columnIn(set, 'age')?.nulls, 0.13);
    const added = edit({
      action: 'set',
      path: ['columns', 'new'],
      value: { type: 'date', nulls: 0.5 },
    });
    assert.deepEqual(columnIn(added, 'new'), { name: 'new', type: 'date', nulls: 0.5 });
    assert.deepEqual(columnIn(edit(allowRule('drift', 'other')), 'other')?.allow, ['drift']);
    assert.deepEqual(valueOf(parseSchema(edit(allowRule('duplicate-rows')), FILE)).allow, [
      'duplicate-rows',
    ]);
    const opened = edit({ action: 'remove', path: columnPath('sex', 'values') });
    assert.equal(columnIn(opened, 'sex')?.values, undefined);
  });

  it('finds columns whose names look like numbers or dates', () => {
    const dated = 'columns:\n  2020: { nulls: 0 }\n  2021-01-01:\n';
    for (const column of ['2020', '2021-01-01']) {
      const change = { action: 'set', path: columnPath(column, 'nulls'), value: 0.5 } as const;
      const edited = valueOf(editSchema(dated, FILE, change));
      assert.equal(columnIn(edited, column)?.nulls, 0.5);
      assert.equal(valueOf(parseSchema(edited, FILE)).columns.length, 2);
    }
  });

  it('does not touch a file that is not valid', () => {
    const result = editSchema('columns: [', FILE, allowRule('drift', 'x'));
    assert.ok(!result.ok);
    assert.equal(result.problem.file, FILE);
  });

  it('adds columns to a schema without changing what it demands', () => {
    const schema: Schema = {
      columns: [
        { name: 'age', type: 'string' },
        { name: 'new', nulls: 0.1 },
      ],
    };
    const edited = valueOf(extendSchema(text, FILE, schema));
    assert.deepEqual(columnIn(edited, 'age'), { name: 'age', type: 'integer' });
    assert.deepEqual(columnIn(edited, 'new'), { name: 'new', nulls: 0.1 });
    assert.match(edited, /# asked at the desk/);
  });
});

describe('an inferred schema', function () {
  this.timeout(60_000);

  const domainOf = async (values: readonly string[]) => {
    const profile = await profileText(
      csvOf(
        ['c'],
        values.map((value) => [value]),
      ),
    );
    return inferSchema(profile).columns[0]?.values;
  };
  const repeat = (value: string, times: number) => Array.from({ length: times }, () => value);

  it('closes a domain only where more values are unlikely', async () => {
    assert.deepEqual(await domainOf([...repeat('b', 500), ...repeat('a', 500)]), ['a', 'b']);
    // One value of 1,000 seen once: the share of unseen ones may be 0.1 %.
    assert.equal(await domainOf([...repeat('b', 500), ...repeat('a', 499), 'c']), undefined);
    assert.equal(await domainOf([...repeat('b', 10), ...repeat('a', 10)]), undefined);
  });

  it('allows as many nulls as the same kind of data may have', async () => {
    const profile = await profileText(
      csvOf(
        ['x', 'y'],
        Array.from({ length: 1000 }, (_, row) => [row, row < 30 ? '' : 1]),
      ),
    );
    // The upper ends of Wilson's interval of scipy.stats.binomtest(k, 1000), rounded up: for k = 0 at 99 %, for k = 30,
    // the only column of which values are missing, at 99.8 %.
    assert.deepEqual(
      inferSchema(profile).columns.map(({ nulls }) => nulls),
      [0.0066, 0.052],
    );
  });

  it('has no bounds for numbers and no type for what has no values', async () => {
    const profile = await profileText(
      csvOf(
        ['x', 'v'],
        [
          [1, ''],
          [2, ''],
        ],
      ),
    );
    const [x, v] = inferSchema(profile).columns;
    assert.deepEqual(Object.keys(x ?? {}).sort(), ['name', 'nulls', 'type']);
    assert.equal(v?.type, undefined);
  });
});

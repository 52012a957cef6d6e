import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDemands } from '../../../../src/data/schema/addDemands';
import { parseSchema } from '../../../../src/data/schema/parseSchema';
import type { ColumnSchema, Schema } from '../../../../src/data/schema/schema';
import { editSchema, formatSchema } from '../../../../src/data/schema/schemaText';

const FILE = '.preflight/schemas/people.yaml';

const TEXT = `# Ours.
version: 1
rules:
  # The law.
  - { name: adults, sql: age >= 18 } # since 2020
relations: [a <= b]
columns:
  age: { type: integer, max: 120 } # in years
  # asked at the desk
  city: { values: [Bern, Basel] }
  note: { required: false, type: string }
`;

function valueOf<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

const read = (text: string): Schema => valueOf(parseSchema(text, FILE));

/** The text afterwards, and what was left out. */
function add(text: string, added: Schema) {
  const { edits, kept } = addDemands(read(text), added);
  return { text: valueOf(editSchema(text, FILE, ...edits)), kept };
}

describe('adding to a schema what another one demands', () => {
  it('keeps comments, order and what is demanded already', () => {
    const { text, kept } = add(TEXT, {
      extraColumns: 'error',
      rules: [
        { sql: 'age >= 18', mostly: 0.5 },
        { name: 'new', sql: 'x > 1' },
      ],
      relations: ['a <= b', 'c < d'],
      columns: [
        { name: 'age', type: 'number', nulls: 0.1, min: 0, max: 100 },
        { name: 'city', values: ['Basel', 'Bern'] },
        { name: 'note', min: 3, drift: 'ignore' },
        { name: 'when', type: 'date' },
      ],
    });
    for (const comment of ['# Ours.', '# The law.', '# since 2020', '# in years', '# asked at']) {
      assert.ok(text.includes(comment), `${comment} in ${text}`);
    }
    assert.deepEqual(read(text), {
      extraColumns: 'error',
      rules: [
        { name: 'adults', sql: 'age >= 18' },
        { name: 'new', sql: 'x > 1' },
      ],
      relations: ['a <= b', 'c < d'],
      columns: [
        { name: 'age', type: 'integer', max: 120, nulls: 0.1, min: 0 },
        { name: 'city', values: ['Bern', 'Basel'] },
        { name: 'note', required: false, type: 'string', drift: 'ignore' },
        { name: 'when', type: 'date' },
      ],
    });
    assert.deepEqual(
      kept.map(({ what, why }) => `${what}: ${why}`),
      [
        'type "number" of "age": the schema that is there says "integer"',
        'max 100 of "age": the schema that is there says 120',
        'min of "note": A column of type string has no bounds',
        'required true of "note": the schema that is there says false',
      ],
    );
  });

  it('does not loosen what is there, and orders columns only where they are in that order', () => {
    const schema = 'columns: { b: {}, a: {} }\n';
    const loose = add(schema, {
      ordered: true,
      columns: [{ name: 'a', required: false }, { name: 'b' }],
    });
    assert.equal(loose.text, schema);
    assert.deepEqual(
      loose.kept.map(({ what }) => what),
      ['ordered', 'required false of "a"'],
    );
    const ordered = add(schema, {
      ordered: true,
      columns: [{ name: 'b' }, { name: 'a' }, { name: 'c' }],
    });
    assert.equal(read(ordered.text).ordered, true);
    assert.deepEqual(ordered.kept, []);
  });

  it('changes nothing where all of it is demanded already', () => {
    assert.deepEqual(addDemands(read(TEXT), read(TEXT)), { edits: [], kept: [] });
  });

  it('gives a schema that is valid and still demands all that it did, whatever the two are', () => {
    const column = fc.record<ColumnSchema>(
      {
        name: fc.constantFrom('a', 'b', '__proto__', '2020', 'c: d'),
        type: fc.constantFrom('integer', 'string', 'date'),
        nulls: fc.constantFrom(0, 0.5),
        pattern: fc.constantFrom('x', '[a-z]+'),
        unique: fc.boolean(),
        required: fc.boolean(),
        allow: fc.array(fc.constantFrom('drift', 'whitespace'), { maxLength: 2 }),
      },
      { requiredKeys: ['name'] },
    );
    const columns = fc.uniqueArray(column, { selector: ({ name }) => name });
    const rule = fc.record({
      sql: fc.constantFrom('a > 1', "b = ': #'"),
      mostly: fc.constant(0.5),
    });
    const schema = fc.record<Schema>(
      {
        columns,
        ordered: fc.boolean(),
        rows: fc.record({ min: fc.constantFrom(1, 2) }),
        rules: fc.uniqueArray(rule, { selector: ({ sql }) => sql, minLength: 1 }),
        relations: fc.uniqueArray(fc.constantFrom('a < b', 'a = b + c'), { minLength: 1 }),
      },
      { requiredKeys: ['columns'] },
    );
    fc.assert(
      fc.property(schema, schema, (present, added) => {
        const { text } = add(formatSchema(present, 'x'), added);
        const merged = read(text);
        for (const before of present.columns) {
          const after = merged.columns.find(({ name }) => name === before.name);
          assert.deepEqual({ ...after, ...before }, { ...after });
        }
        const { columns: _, ...demands } = present;
        for (const [key, value] of Object.entries(demands)) {
          const after: unknown = merged[key as keyof typeof demands];
          if (Array.isArray(value) && Array.isArray(after)) {
            assert.deepEqual(plain(after.slice(0, value.length)), plain(value));
          } else assert.deepEqual(plain(after), plain(value));
        }
        for (const { name } of added.columns) {
          assert.ok(merged.columns.some((each) => each.name === name));
        }
        // A second time there is nothing left to add.
        assert.equal(add(text, added).text, text);
      }),
      { numRuns: 150, seed: 1 },
    );
  });
});

/** Without the prototypes that generated records lack. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

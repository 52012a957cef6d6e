import assert from 'node:assert/strict';
import { openDatabase } from '../../../../src/data/engine/database';
import { parseSchema } from '../../../../src/data/schema/parseSchema';
import { relationSql } from '../../../../src/data/schema/relation';
import { ruleSqls } from '../../../../src/data/schema/ruleSql';

describe('relations of columns', function () {
  this.timeout(30_000);

  /** What DuckDB says of a relation for one row. */
  async function holds(relation: string, row: string): Promise<unknown> {
    const sql = relationSql(relation);
    assert.ok(sql.ok, relation);
    const database = await openDatabase([], 1);
    try {
      const reader = await database.connection.runAndReadAll(
        `SELECT ${sql.value} FROM (SELECT ${row})`,
      );
      return reader.getRowsJS()[0]?.[0];
    } finally {
      await database.close();
    }
  }

  it('mean what they say', async () => {
    const cases: readonly (readonly [string, string, boolean | null])[] = [
      ['a <= b', '1 AS a, 2 AS b', true],
      ['a <= b', '3 AS a, 2 AS b', false],
      ['a <= b', 'NULL::INT AS a, 2 AS b', null],
      ['a < b', "DATE '2024-01-01' AS a, DATE '2024-01-01' AS b", false],
      ['a <= b', "DATE '2024-01-01' AS a, DATE '2024-01-01' AS b", true],
      ['a + b = c', '0.1::DOUBLE AS a, 0.2::DOUBLE AS b, 0.3::DOUBLE AS c', true],
      ['a + b = c', '0.1::DOUBLE AS a, 0.2::DOUBLE AS b, 0.3001::DOUBLE AS c', false],
      ['a - b = -1', '1 AS a, 2 AS b', true],
      ['2 * a >= b', '1 AS a, 2 AS b', true],
      ['"net ""x""" + 1 == b', '1 AS "net ""x""", 2 AS b', true],
      ['a <> b', '1 AS a, 1 AS b', false],
    ];
    for (const [relation, row, expected] of cases)
      assert.equal(await holds(relation, row), expected, `${relation} for ${row}`);
  });

  it('are nothing else', () => {
    for (const text of [
      '',
      'a',
      'a <=',
      'a b',
      'a <= b; DROP TABLE x',
      'a <= (SELECT 1)',
      "a = 'x'",
    ])
      assert.ok(!relationSql(text).ok, text);
  });

  it('and patterns are checked with their line when a schema is read', () => {
    const text = [
      'columns:',
      '  a: { pattern: "[A-Z" }',
      '  b: { pattern: "(?=x)" }',
      '  c: { pattern: "(?i)x\\\\d+" }',
      'relations:',
      '  - a <= b',
      '  - a is less',
    ].join('\n');
    const parsed = parseSchema(text, 's.yaml');
    assert.ok(!parsed.ok);
    const problems = parsed.problem.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    assert.deepEqual(
      problems.map(({ line }) => line),
      [2, 3, 7],
    );
    assert.match(problems[1]?.message ?? '', /looking ahead/);
  });

  it('are counted beside the rules, each once', () => {
    const schema = {
      columns: [],
      rules: [{ sql: 'x > 0' }, { sql: 'x > 0', mostly: 0.5 }],
      relations: ['a <= b'],
    };
    assert.deepEqual(ruleSqls(schema), ['x > 0', '("a") <= ("b")']);
  });
});

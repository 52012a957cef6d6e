import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier, quoteLiteral } from '../../../../src/base/escape';
import type { ColumnSchema, Schema } from '../../../../src/data/schema/schema';
import { ruleSqls } from '../../../../src/data/schema/ruleSql';
import { readImportedSchema } from '../../../../src/data/schemaImport/readImportedSchema';

const FOLDER = join(__dirname, '../peerSchemas');
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

/** One row that fails is one: what SQL has to count for each demand of a schema. */
function failuresSql({ columns, ...table }: Schema): readonly string[] {
  return [...columns.flatMap(columnFailures), ...ruleSqls({ ...table, columns }).map(failing)];
}

const failing = (sql: string): string => `SELECT count(*) FROM visits WHERE NOT (${sql})`;

function columnFailures({ name, nulls, values, min, max, pattern, unique }: ColumnSchema) {
  const column = quoteIdentifier(name);
  const bounds = [
    ...(min === undefined ? [] : [`${column} >= ${min}`]),
    ...(max === undefined ? [] : [`${column} <= ${max}`]),
  ];
  return [
    ...(nulls === undefined ? [] : [`SELECT count(*) FROM visits WHERE ${column} IS NULL`]),
    ...(values === undefined ? [] : [failing(`${column} IN (${values.map(quoteLiteral).join()})`)]),
    ...(bounds.length === 0 ? [] : [failing(bounds.join(' AND '))]),
    ...(pattern === undefined
      ? []
      : [failing(`regexp_full_match(${column}, ${quoteLiteral(pattern)})`)]),
    ...(unique === true
      ? [
          `SELECT count(*) FROM visits WHERE ${column} IN (SELECT ${column} FROM visits GROUP BY ALL HAVING count(*) > 1)`,
        ]
      : []),
  ];
}

/** What a tool refused of the same table is what the imported schema refuses. */
describe('an imported demand', function () {
  this.timeout(60_000);
  let connection: DuckDBConnection;

  before(async () => {
    const instance = await DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    const path = quoteLiteral(join(FOLDER, 'visits.csv'));
    await connection.run(`CREATE TABLE visits AS SELECT * FROM read_csv(${path})`);
  });
  after(() => connection.closeSync());

  const count = async (sql: string): Promise<number> =>
    Number((await connection.runAndReadAll(sql)).getRowsJS()[0]?.[0]);

  /** Of one demand, alone in its schema; undefined where it was not translated to something that rows can fail. */
  const countFailures = async (suite: unknown): Promise<number | undefined> => {
    const imported = readImportedSchema(JSON.stringify(suite), 'suite.json');
    assert.ok(imported.ok, JSON.stringify(imported));
    const all = failuresSql(imported.value.schema);
    if (all.length === 0) return undefined;
    // The two sides of a range can be two demands, and no value fails both.
    const counts = await Promise.all(all.map(count));
    return counts.reduce((sum, each) => sum + each, 0);
  };

  it('of Great Expectations fails as many values as there', async () => {
    const suite = JSON.parse(read('greatExpectations1.json')) as {
      expectations: { type: string }[];
    };
    const counts = JSON.parse(read('greatExpectations1Counts.json')) as (number | null)[];
    const compared: string[] = [];
    for (const [index, expectation] of suite.expectations.entries()) {
      const exists = { type: 'expect_column_to_exist', kwargs: { column: 'id' } };
      const ours = await countFailures({ ...suite, expectations: [exists, expectation] });
      if (ours === undefined) continue;
      compared.push(expectation.type);
      // It gives no counts for what it measures of a column as a whole.
      const theirs = counts[index];
      if (typeof theirs === 'number') assert.equal(ours, theirs, JSON.stringify(expectation));
    }
    assert.equal(compared.length, 22, compared.join('\n'));
  });

  it('of pandera fails as many values as there', async () => {
    interface Column {
      readonly dtype: string;
      readonly [check: string]: unknown;
    }
    const schema = JSON.parse(read('pandera35.json')) as { columns: Record<string, Column> };
    const counts = JSON.parse(read('panderaCounts.json')) as Record<string, number>;
    const compared: string[] = [];
    for (const [
      column,
      { dtype, nullable, required, regex, coerce, unique, ...checks },
    ] of Object.entries(schema.columns)) {
      void dtype;
      void coerce;
      void required;
      if (regex === true) continue;
      const own = [
        ...Object.entries(checks).map(([name, value]) => [name, { nullable: true, [name]: value }]),
        ...(nullable === true ? [] : [['not_nullable', {}]]),
        ...(unique === true ? [['field_uniqueness', { unique, nullable: true }]] : []),
      ] as [string, object][];
      for (const [check, demands] of own) {
        const ours = await countFailures({
          schema_type: 'dataframe',
          columns: { [column]: demands },
        });
        if (column === 'note') continue;
        // A warning is no failure to pandera.
        const isWarning = check === 'greater_than_or_equal_to';
        if (isWarning) assert.equal(ours, 6);
        else assert.equal(ours, counts[`${column} ${check}`] ?? 0, `${column} ${check}`);
        compared.push(check);
      }
    }
    for (const name of Object.keys(counts)) {
      assert.ok(compared.includes(name.split(' ')[1] ?? ''), `${name} was compared`);
    }
  });

  it('of a JSON Schema fails as many values as the validator of Python refuses', async () => {
    interface ArraySchema {
      readonly $defs: { readonly Visit: { readonly properties: Record<string, object> } };
    }
    const schema = JSON.parse(read('pydantic.json')) as ArraySchema;
    const counts = JSON.parse(read('pydanticCounts.json')) as Record<string, number>;
    const { Visit } = schema.$defs;
    for (const [column, property] of Object.entries(Visit.properties)) {
      if (column === 'day') continue;
      const own = { ...Visit, properties: { [column]: property } };
      const ours = await countFailures({ ...schema, $defs: { ...schema.$defs, Visit: own } });
      const theirs = Object.entries(counts).filter(([name]) => name.startsWith(`${column} `));
      assert.equal(
        ours ?? 0,
        theirs.reduce((sum, [, each]) => sum + each, 0),
        column,
      );
    }
  });
});

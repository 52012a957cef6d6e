import assert from 'node:assert/strict';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../../src/base/escape';
import { runChecks } from '../../../src/data/checks/checks';
import type { Finding } from '../../../src/data/finding';
import { judgeFooter } from '../../../src/data/footer/footerChecks';
import { profileFooters } from '../../../src/data/footer/footerProfile';
import type { Profile } from '../../../src/data/profile/profile';
import { shapeFor } from '../../../src/data/profile/shape';
import { inferSchema, schemaOfReference } from '../../../src/data/schema/inferSchema';
import { datasetOf, NOW, profileFiles, writeData } from './dataFixtures';
import { seeded } from './seeded';

/** Columns of all kinds: with NaN, infinities, blanks, one value, none, times to come, nested ones. */
const COLUMNS: readonly string[] = [
  'i',
  'i % 3',
  '5',
  'i / 7.0',
  "'a' || (i % 5)",
  "' '",
  "'x'",
  "DATE '2020-01-01' + (i % 50)::INTEGER",
  "DATE '2020-01-01'",
  "DATE '2990-01-01' + (i % 5)::INTEGER",
  "TIMESTAMP '2020-01-01' + to_seconds(i)",
  'i % 2 = 0',
  "'nan'::DOUBLE",
  "CASE WHEN i % 4 = 0 THEN 'nan'::DOUBLE ELSE i END",
  "'inf'::DOUBLE",
  'NULL::INTEGER',
  'NULL::VARCHAR',
  '[i]',
  'NULL::INTEGER[]',
  "{'a': i}",
  'i::DECIMAL(9,2)',
  '5::DECIMAL(9,2)',
  '(i % 7)::FLOAT',
  'i::UTINYINT % 9',
];

const NAMES = ['a', 'b', 'c', 'd', 'e'];

const TRIALS = 40;

interface Table {
  readonly path: string;
  readonly columns: ReadonlyMap<string, string>;
}

describe('the check of a footer', function () {
  this.timeout(120_000);
  const random = seeded(11);
  const pick = <Value>(values: readonly [Value, ...Value[]] | readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value;
  let connection: DuckDBConnection;
  let close: () => void;
  before(async () => {
    const instance = await DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    close = () => {
      connection.closeSync();
      instance.closeSync();
    };
  });
  after(() => close());

  /** @param like a table that most columns are the same as */
  async function makeTable(like?: Table): Promise<Table> {
    const columns = new Map([['id', 'i']]);
    for (const name of NAMES) {
      if (random() < 0.1) continue;
      const known = random() < 0.6 ? like?.columns.get(name) : undefined;
      const sql = known ?? pick(COLUMNS);
      const gaps = random() < 0.15 ? pick([2, 3, 10]) : undefined;
      columns.set(name, gaps === undefined ? sql : `CASE WHEN i % ${gaps} > 0 THEN ${sql} END`);
    }
    const select = [...columns].map(([name, sql]) => `${sql} AS ${name}`).join(', ');
    const path = writeData('', 'parquet');
    await connection.run(
      `COPY (SELECT ${select} FROM range(${pick([30, 100, 200])}) AS r(i)) TO ${quoteLiteral(path)} (FORMAT parquet)`,
    );
    return { path, columns };
  }

  async function footerOf({ path }: Table): Promise<Profile> {
    const profile = await profileFooters([{ path, shown: 'data.parquet' }]);
    assert.ok(profile.ok);
    return profile.value;
  }

  it('finds nothing that the full check does not find, and all of what it says that it decides', async () => {
    let found = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const past = await makeTable();
      const now = await makeTable(past);
      const reference = await profileFiles([past.path], { format: 'parquet' });
      const schema = random() < 0.5 ? inferSchema(reference) : schemaOfReference(reference);
      const shape = shapeFor(reference, schema);
      const current = await profileFiles([now.path], { format: 'parquet', shape });
      const base = { dataset: datasetOf(), confirmed: true, now: NOW };
      const quick = { ...base, current: await footerOf(now) };
      const told = JSON.stringify([...past.columns, ...now.columns]);
      found += compare(
        judgeFooter({ ...quick, schema, reference }),
        runChecks({ ...base, current, schema, reference }),
        told,
      );
      const before = await footerOf(past);
      compare(
        judgeFooter({ ...quick, schema: schemaOfReference(before), reference: before }),
        runChecks({ ...base, current, schema: schemaOfReference(reference), reference }),
        told,
      );
    }
    assert.ok(found > TRIALS, `${found} findings`);
  });
});

/** @returns how many findings there were */
function compare(
  { findings, scope }: ReturnType<typeof judgeFooter>,
  full: readonly Finding[],
  told: string,
): number {
  for (const finding of findings)
    assert.ok(
      full.some((each) => isSame(each, finding)),
      `${finding.message} of ${told}`,
    );
  const named = (all: readonly Finding[], rule: string): readonly string[] =>
    all.flatMap((each) => (each.rule === rule ? [each.column ?? ''] : [])).sort();
  for (const rule of scope.decided)
    assert.deepEqual(named(findings, rule), named(full, rule), `${rule} of ${told}`);
  return findings.length;
}

/** Where the rest is NaN, what is found as more nulls is an empty column as a whole. */
function isSame(full: Finding, quick: Finding): boolean {
  if (full.column !== quick.column) return false;
  const isEmpty = full.rule === 'column-empty' && quick.rule === 'nulls-increased';
  return full.rule === quick.rule || isEmpty;
}

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoteLiteral } from '../../../../src/base/escape';
import { runPairChecks } from '../../../../src/data/checks/checks';
import { openDatabase } from '../../../../src/data/engine/database';
import { DataError } from '../../../../src/data/engine/dataError';
import { openSource } from '../../../../src/data/engine/openSource';
import { measurePair } from '../../../../src/data/engine/pair/measurePair';
import { DATA } from '../../../../src/data/engine/source';
import { quoteIdentifier } from '../../../../src/data/engine/sqlIdentifier';
import type { Finding } from '../../../../src/data/finding';
import { askOfPair } from '../../../../src/data/profile/pairAsk';
import { schemaOfReference } from '../../../../src/data/schema/inferSchema';
import { formatOfPath } from '../../../../src/project/classify/datasetPath';
import { datasetOf, profileFiles, writeData } from '../dataFixtures';

const TABLES = join(__dirname, '../../../../node_modules/vega-datasets/data');
/** Not tables, or too large for a unit test. */
const LEFT_OUT = /^flights-|^us-10m|^world|^londonTube|^londonBoroughs/;

interface Divided {
  readonly train: string;
  readonly test: string;
}

/**
 * Every fifth row by a hash of its place for the test, as Parquet.
 * @param leaked one of so many training rows is in the test as well
 */
async function divide(name: string, seed: number, leaked: number): Promise<Divided | undefined> {
  const format = formatOfPath(name);
  if (format === undefined) return undefined;
  const database = await openDatabase([{ path: join(TABLES, name), shown: name }]);
  try {
    const columns = await openSource(database, format);
    const select = columns.map((column) => `${column.id} AS ${quoteIdentifier(column.name)}`);
    await database.connection.run(`CREATE TEMP TABLE divided AS
      SELECT ${select.join(', ')}, row_number() OVER () AS "ml-preflight/row" FROM ${DATA}`);
    const place = `hash("ml-preflight/row", ${seed})`;
    const write = async (where: string): Promise<string> => {
      const path = join(database.scratch, 'divided.parquet');
      await database.connection.run(`COPY (SELECT * EXCLUDE ("ml-preflight/row") FROM divided
        WHERE ${where}) TO ${quoteLiteral(path)} (FORMAT parquet)`);
      return writeData(readFileSync(path), 'parquet');
    };
    const also = leaked === 0 ? 'false' : `${place} % (5 * ${leaked}) = 1`;
    return {
      train: await write(`${place} % 5 > 0`),
      test: await write(`${place} % 5 = 0 OR ${also}`),
    };
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  } finally {
    await database.close();
  }
}

async function judge({ train, test }: Divided): Promise<readonly Finding[]> {
  const profiles = [];
  for (const path of [train, test])
    profiles.push(await profileFiles([path], { format: 'parquet' }));
  const [profile, current] = profiles;
  assert.ok(profile !== undefined && current !== undefined);
  const trainData = { dataset: datasetOf('parquet'), profile };
  const dataset = datasetOf('parquet', { name: 'test', role: 'test' });
  const ask = askOfPair({ dataset, profile: current }, trainData);
  if (ask === undefined) return [];
  const [files, others] = [test, train].map((path) => [{ path, shown: path }]);
  assert.ok(files !== undefined && others !== undefined);
  const database = await openDatabase(files, undefined, undefined, undefined, [others]);
  try {
    const from = { dataset: 'train', files: others, format: 'parquet' } as const;
    const facts = await measurePair(database, { format: 'parquet', train: from, ask }, () => {});
    const schema = schemaOfReference(current);
    return runPairChecks({ dataset, current, schema, train: trainData, facts });
  } finally {
    await database.close();
  }
}

describe('public tables that are divided at random', function () {
  this.timeout(600_000);

  const names = readdirSync(TABLES)
    .filter((name) => !LEFT_OUT.test(name))
    .sort();

  it('give nothing to fix', async () => {
    const found: string[] = [];
    let tables = 0;
    for (const name of names) {
      const divided = await divide(name, 1, 0);
      if (divided === undefined) continue;
      try {
        for (const { rule, message } of await judge(divided))
          found.push(`${name}: ${rule}: ${message}`);
        tables++;
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
    }
    assert.deepEqual(found, []);
    assert.ok(tables >= 40, `${tables} tables were read`);
  });

  it('show leaked rows', async () => {
    const missed: string[] = [];
    for (const name of [
      'cars.json',
      'movies.json',
      'penguins.json',
      'seattle-weather.csv',
      'gapminder.json',
    ]) {
      // A seventh of the test then is training rows.
      const divided = await divide(name, 1, 6);
      assert.ok(divided !== undefined, name);
      const rules = (await judge(divided)).map(({ rule }) => rule);
      if (!rules.includes('train-test-overlap')) missed.push(name);
    }
    assert.deepEqual(missed, []);
  });
});

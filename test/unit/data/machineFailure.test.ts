import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { machineFailure } from '../../../src/data/engine/machineFailure';
import { readFailure } from '../../../src/data/engine/source';
import { makeTemporaryFolder } from '../../harness/temporaryFolder';

const FILE = { path: '/somewhere/a.csv', shown: 'data/a.csv' };
/** About 100 MB that have to be kept. */
const MUCH = 'CREATE TEMP TABLE kept AS SELECT md5(range::VARCHAR) AS text FROM range(3000000)';

/** What DuckDB itself says when a query has not what it needs. */
async function failureOf(
  settings: Readonly<Record<string, string>>,
  sql: string,
): Promise<unknown> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', ...settings });
  const connection = await instance.connect();
  try {
    await connection.run(sql);
  } catch (error) {
    return error;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  throw new Error('There was no failure.');
}

describe('a machine that has too little', function () {
  this.timeout(60_000);

  it('of memory: what it may have, and not that the data are wrong', async () => {
    const error = await failureOf({ memory_limit: '40MiB', temp_directory: '' }, MUCH);
    const { problem } = readFailure(FILE, error);
    assert.equal(problem.code, 'memory-exceeded');
    assert.match(problem.message, /more memory than it may, which is 40\.0 MiB\.$/);
    assert.equal(problem.file, 'data/a.csv');
  });

  it('of disk: the folder that is full', async () => {
    const temp_directory = join(makeTemporaryFolder('spill'), 'spill');
    const error = await failureOf(
      { memory_limit: '40MiB', temp_directory },
      `SET max_temp_directory_size = '1MiB'; ${MUCH}`,
    );
    const { problem } = readFailure(FILE, error);
    assert.equal(problem.code, 'disk-full');
    assert.match(
      problem.message,
      /more disk than is free in the folder for temporary files, .+\.$/,
    );
  });

  it('is not to blame for a file that is wrong', async () => {
    const error = await failureOf({}, `FROM read_csv('/nowhere/a.csv')`);
    assert.equal(machineFailure(FILE, error), undefined);
    assert.equal(readFailure(FILE, error).problem.code, 'data-unreadable');
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../src/base/escape';
import { quickCheckDatasets } from '../../src/data/footer/quickCheck';
import type { Dataset } from '../../src/project/project';
import { inRepository } from '../harness/repository';
import { median, type BenchRow } from './benchRow';

const RUNS = 7;
const MOST_MS = 100;
const GB = 1e9;

const DATASET: Dataset = {
  name: 'table',
  path: 'table.parquet',
  role: 'other',
  format: 'parquet',
  evidence: [],
};

/**
 * The check of a Parquet file by its footer, against the footer of another version, so that two are read: of a million
 * rows, of more than two gigabytes, and of ten thousand columns. Against what DuckDB needs to list the same statistics.
 */
export async function benchQuickCheck(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-bench-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const files = await writeTables(connection, folder);
    const rows: BenchRow[] = [];
    for (const { path, what } of files) rows.push(...(await measure(connection, path, what)));
    const [, large] = files;
    assert.ok(large !== undefined && statSync(large.path).size >= 2 * GB);
    return [...rows, await commandLine(folder, large.path, large.what)];
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Table {
  readonly path: string;
  readonly what: string;
}

async function measure(
  connection: DuckDBConnection,
  path: string,
  what: string,
): Promise<readonly BenchRow[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await time(() => check(path)));
  const theirs: number[] = [];
  const list = `SELECT path_in_schema, sum(stats_null_count), min(stats_min), max(stats_max) FROM parquet_metadata(${quoteLiteral(path)}) GROUP BY ALL`;
  for (let run = 0; run < RUNS; run++)
    theirs.push(await time(() => connection.runAndReadAll(list)));
  const name = `quick check of ${what}`;
  const ours = median(times);
  return [
    { name: `${name}, the first time`, value: times[0] ?? NaN, unit: 'ms' },
    { name, value: ours, unit: 'ms', limit: MOST_MS },
    { name, value: ours / median(theirs), unit: 'x', ratioTo: "DuckDB's parquet_metadata" },
  ];
}

async function check(path: string): Promise<void> {
  const reference = { files: [path], source: 'HEAD' };
  const { datasets } = await quickCheckDatasets([{ dataset: DATASET, files: [path], reference }]);
  assert.deepEqual(datasets[0]?.problems, []);
}

/** As it is typed, with the start of Node and the search for the project. */
async function commandLine(folder: string, path: string, what: string): Promise<BenchRow> {
  const project = join(folder, 'project');
  mkdirSync(join(project, 'data'), { recursive: true });
  symlinkSync(path, join(project, 'data/table.parquet'));
  const words = [inRepository('dist', 'cli.js'), 'validate', '--quick', '--project', project];
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++)
    times.push(await time(() => promisify(execFile)(process.execPath, words)));
  return { name: `ml-preflight validate --quick of ${what}`, value: median(times), unit: 'ms' };
}

/** Milliseconds. */
async function time(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

async function writeTables(
  connection: DuckDBConnection,
  folder: string,
): Promise<readonly Table[]> {
  const write = async (name: string, columns: readonly string[], rows: number, options = '') => {
    const path = join(folder, `${name}.parquet`);
    await connection.run(
      `COPY (SELECT ${columns.join(', ')} FROM range(${rows}) AS r(i)) TO ${quoteLiteral(path)} (FORMAT parquet${options})`,
    );
    return path;
  };
  const fifty = list(50, (index) => `hash(i * 64 + ${index})::DOUBLE AS c${index}`);
  const wide = list(10_000, (index) => `i + ${index} AS c${index}`);
  return [
    { path: await write('million', fifty, 1_000_000), what: '1,000,000 rows x 50 columns' },
    { path: await write('large', fifty, 6_000_000), what: '2.4 GB, 6,000,000 rows x 50 columns' },
    {
      path: await write('wide', wide, 8192, ', ROW_GROUP_SIZE 2048'),
      what: '10,000 columns in 4 groups of rows',
    },
  ];
}

function list(count: number, sqlOf: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => sqlOf(index));
}

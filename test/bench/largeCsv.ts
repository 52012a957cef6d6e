import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../src/base/escape';
import { formatBaseline, parseBaseline } from '../../src/data/baseline/baselineText';
import type { Baseline } from '../../src/data/baseline/baseline';
import { engineBeside } from '../../src/data/engine/engineCommand';
import type { DatasetReport } from '../../src/data/report';
import { validateDatasets, type DatasetInput } from '../../src/data/validate';
import type { Dataset } from '../../src/project/project';
import { inRepository } from '../harness/repository';
import type { BenchRow } from './benchRow';
import { peakMemoryOfChildren } from './peakMemory';

const MB = 1e6;
const GB = 1e9;

/** The target is for 20 GB; that takes a quarter of an hour and 40 GB of disk. */
const SIZE = Number(process.env.ML_PREFLIGHT_BENCH_CSV_GB ?? 2) * GB;

const SAMPLE_ROWS = 20_000;

const MOST_MEMORY = 1000;

const DATASET: Dataset = {
  name: 'wide',
  path: 'wide.csv',
  role: 'other',
  format: 'csv',
  evidence: [],
};

/**
 * A CSV of 100 columns and 2 GB, or as many as `ML_PREFLIGHT_BENCH_CSV_GB` says, profiled and judged against the baseline
 * of a small one: seconds, and the most memory that the engine's process held. Against DuckDB's own `SUMMARIZE`.
 */
export async function benchLargeCsv(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-bench-'));
  try {
    const small = join(folder, 'small.csv');
    const large = join(folder, 'large.csv');
    await withDuckDB((connection) => writeTables(connection, small, large));
    const baseline = await baselineOf(small);
    const { value: seconds, bytes } = await peakMemoryOfChildren(() =>
      time(() => validate({ dataset: DATASET, files: [large], baseline }, join(folder, 'cache'))),
    );
    const summarize = await withDuckDB((connection) =>
      time(() => connection.runAndReadAll(`SUMMARIZE SELECT * FROM ${quoteLiteral(large)}`)),
    );
    const name = `profile and checks of a CSV of 100 columns and ${(statSync(large).size / GB).toFixed(1)} GB`;
    const memory = `${name}, memory of the engine`;
    return [
      { name, value: seconds, unit: 's' },
      ...(bytes === undefined
        ? []
        : [{ name: memory, value: bytes / MB, unit: 'MB', limit: MOST_MEMORY }]),
      { name, value: seconds / summarize, unit: 'x', ratioTo: "DuckDB's SUMMARIZE" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function validate(input: DatasetInput, cacheFolder: string): Promise<DatasetReport> {
  const engine = engineBeside(inRepository('dist'));
  const [dataset] = (await validateDatasets([input], { engine, cacheFolder })).datasets;
  assert.ok(dataset !== undefined && dataset.problems.length === 0, dataset?.problems[0]?.message);
  return dataset;
}

async function baselineOf(file: string): Promise<Baseline> {
  const report = await validate({ dataset: DATASET, files: [file] }, `${file}-cache`);
  const parsed = parseBaseline(formatBaseline(report), 'baseline');
  assert.ok(parsed.ok);
  return parsed.value;
}

/** Seconds. */
async function time(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

async function withDuckDB<Value>(
  use: (connection: DuckDBConnection) => Promise<Value>,
): Promise<Value> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** As many rows as fill the size, as far as the small one tells how long they are. */
async function writeTables(
  connection: DuckDBConnection,
  small: string,
  large: string,
): Promise<void> {
  const write = (rows: number, path: string) =>
    connection.run(
      `COPY (SELECT ${columns().join(', ')} FROM range(${rows})) TO ${quoteLiteral(path)} (HEADER)`,
    );
  await write(SAMPLE_ROWS, small);
  await write(Math.ceil((SIZE / statSync(small).size) * SAMPLE_ROWS), large);
}

/**
 * A number of each row; 30 normal, 10 exponential and 10 uniform with gaps, 20 whole numbers, 5 switches, 8 dates and
 * times, 16 texts of 3 to millions. By hashes of the row's number: the same for any number of threads.
 */
function columns(): readonly string[] {
  const list = (count: number, sqlOf: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => sqlOf(index));
  const uniform = (name: string) => `((hash(range, '${name}') >> 11) / 9007199254740992)`;
  const normal = (name: string) =>
    `sqrt(-2 * ln(1 - ${uniform(name)})) * cos(2 * pi() * ${uniform(`${name}'`.replaceAll("'", "''"))})`;
  const texts = [3, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 1e4, 5e4, 1e5, 1e6, 1e7, 1e8];
  return [
    'range AS id',
    ...list(30, (index) => `round(${normal(`n${index}`)}, 6) AS normal${index}`),
    ...list(10, (index) => `-ln(1 - ${uniform(`e${index}`)}) AS exponential${index}`),
    ...list(
      10,
      (index) =>
        `CASE WHEN ${uniform(`g${index}`)} >= 0.1 THEN ${uniform(`u${index}`)} END AS uniform${index}`,
    ),
    ...list(
      20,
      (index) => `(${uniform(`w${index}`)} * ${10 ** (1 + (index % 8))})::BIGINT AS whole${index}`,
    ),
    ...list(5, (index) => `${uniform(`b${index}`)} < ${(index + 1) / 7} AS switch${index}`),
    ...list(
      4,
      (index) => `DATE '2020-01-01' + (${uniform(`d${index}`)} * 1500)::INTEGER AS date${index}`,
    ),
    ...list(
      4,
      (index) =>
        `TIMESTAMP '2020-01-01' + to_seconds((${uniform(`t${index}`)} * 1e8)::BIGINT) AS time${index}`,
    ),
    ...texts.map(
      (most, index) =>
        `'value ' || (${uniform(`x${index}`)} ** 3 * ${most})::BIGINT AS text${index}`,
    ),
  ];
}

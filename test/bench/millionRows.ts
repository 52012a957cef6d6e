import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteLiteral } from '../../src/base/escape';
import { formatBaseline, parseBaseline } from '../../src/data/baseline/baselineText';
import { engineBeside } from '../../src/data/engine/engineCommand';
import type { DatasetReport } from '../../src/data/report';
import { validateDatasets, type DatasetInput } from '../../src/data/validate';
import type { Dataset } from '../../src/project/project';
import { ensurePeers } from '../harness/pythonEnvironment';
import { inRepository } from '../harness/repository';
import { median, type BenchRow } from './benchRow';
import { peakMemoryOfChildren } from './peakMemory';

const RUNS = 5;
const MB = 1e6;

const DATASET: Dataset = {
  name: 'million',
  path: 'million.parquet',
  role: 'other',
  format: 'parquet',
  evidence: [],
};

/** What users validate with today; each is run once, for it takes minutes. */
const PEERS_OF_ALL = ['pandas', 'ydata'] as const;

/** On a tenth of the rows: they take a quarter of an hour for all. */
const PEERS_OF_A_TENTH = ['great_expectations', 'evidently'] as const;

type Peer = (typeof PEERS_OF_ALL | typeof PEERS_OF_A_TENTH)[number];

/**
 * A million rows of 50 columns, from nothing: the engine's process is started for each run. Against DuckDB's own
 * `SUMMARIZE`; what is asked most: an unchanged file, and a file that is added to a hundred; against the same questions in
 * pandas and ydata-profiling, and for a tenth of the rows in Great Expectations and Evidently.
 */
export async function benchMillion(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-bench-'));
  try {
    const files = await writeTables(folder);
    const whole = [files.whole];
    const baseline = await baselineOf(whole);
    const ours = await measureOurs({ dataset: DATASET, files: whole, ...baseline });
    const rows = [
      { name: NAME, value: ours.seconds, unit: 's', limit: 2.5 },
      ...memoryRow(ours.bytes),
      await againstSummarize(ours.seconds, files.whole),
      await longer(ours, files.tenfold, baseline),
      await unchanged(folder, whole, baseline),
      await added(folder, files.parts, baseline),
    ].flat();
    return [
      ...rows,
      ...(await againstPeers(PEERS_OF_ALL, files.whole, ours)),
      ...(await againstPeersOnATenth(files.tenth)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NAME = 'profile and checks of 1,000,000 rows x 50 columns';

type WithBaseline = Pick<DatasetInput, 'baseline'>;

interface Figures {
  /** Median. */
  readonly seconds: number;
  readonly bytes: number | undefined;
}

async function measureOurs(input: DatasetInput, runs = RUNS): Promise<Figures> {
  const seconds: number[] = [];
  let most: number | undefined;
  for (let run = 0; run < runs; run++) {
    const { value, bytes } = await peakMemoryOfChildren(() => time(() => validate(input)));
    seconds.push(value);
    if (bytes !== undefined) most = Math.max(most ?? 0, bytes);
  }
  return { seconds: median(seconds), bytes: most };
}

function memoryRow(bytes: number | undefined): readonly BenchRow[] {
  if (bytes === undefined) return [];
  return [{ name: `${NAME}, memory of the engine`, value: bytes / MB, unit: 'MB', limit: 700 }];
}

async function againstSummarize(seconds: number, file: string): Promise<BenchRow> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    times.push(
      await time(() => connection.runAndReadAll(`SUMMARIZE SELECT * FROM ${quoteLiteral(file)}`)),
    );
  }
  connection.closeSync();
  instance.closeSync();
  return {
    name: NAME,
    value: seconds / median(times),
    unit: 'x',
    limit: 0.6,
    ratioTo: "DuckDB's SUMMARIZE",
  };
}

async function longer(
  { seconds }: Figures,
  files: readonly string[],
  baseline: WithBaseline,
): Promise<readonly BenchRow[]> {
  const tenfold = await measureOurs({ dataset: DATASET, files, ...baseline }, 1);
  const name = 'ten times the rows';
  return [
    { name, value: tenfold.seconds / seconds, unit: 'x', limit: 10, ratioTo: 'the time for one' },
    ...(tenfold.bytes === undefined
      ? []
      : [{ name: `${name}, memory of the engine`, value: tenfold.bytes / MB, unit: 'MB' }]),
  ];
}

async function unchanged(
  folder: string,
  files: readonly string[],
  baseline: WithBaseline,
): Promise<BenchRow> {
  const input = { dataset: DATASET, files, contentId: 'million', ...baseline };
  const cache = join(folder, 'cache');
  await validate(input, cache);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await time(() => validate(input, cache)));
  return { name: 'unchanged file', value: 1000 * median(times), unit: 'ms', limit: 50 };
}

/** A hundred files of one dataset; the last one comes anew. */
async function added(
  folder: string,
  parts: readonly string[],
  baseline: WithBaseline,
): Promise<readonly BenchRow[]> {
  const inputOf = (files: readonly string[]): DatasetInput => ({
    dataset: DATASET,
    files,
    fileIds: files,
    contentId: `of ${files.length}`,
    ...baseline,
  });
  const all = await time(() => validate(inputOf(parts), join(folder, 'cold')));
  const warm = join(folder, 'warm');
  await validate(inputOf(parts.slice(0, -1)), warm);
  const again = await time(() => validate(inputOf(parts), warm));
  const name = '1 % of the rows appended as a file of 100';
  return [
    { name: 'the same rows in 100 files', value: all, unit: 's' },
    { name, value: 1000 * again, unit: 'ms' },
    { name, value: (100 * again) / all, unit: '%', limit: 5, ratioTo: 'the time for all files' },
  ];
}

async function againstPeersOnATenth(file: string): Promise<readonly BenchRow[]> {
  const ours = await measureOurs({
    dataset: DATASET,
    files: [file],
    ...(await baselineOf([file])),
  });
  return [
    { name: 'profile and checks of 100,000 rows x 50 columns', value: ours.seconds, unit: 's' },
    ...(await againstPeers(PEERS_OF_A_TENTH, file, ours)),
  ];
}

async function againstPeers(
  peers: readonly Peer[],
  file: string,
  ours: Figures,
): Promise<readonly BenchRow[]> {
  const bin = await ensurePeers();
  const rows: BenchRow[] = [];
  for (const peer of peers) {
    const { seconds, peakBytes } = await runPeer(bin, peer, file);
    const limit = { limit: 20, atLeast: true };
    rows.push(
      { name: `${peer}, the same table`, value: seconds, unit: 's' },
      { name: `${peer}, memory`, value: peakBytes / MB, unit: 'MB' },
      { name: 'ours is faster', value: seconds / ours.seconds, unit: 'x', ...limit, ratioTo: peer },
    );
    if (ours.bytes !== undefined)
      rows.push({
        name: 'ours takes less memory',
        value: peakBytes / ours.bytes,
        unit: 'x',
        limit: 5,
        atLeast: true,
        ratioTo: peer,
      });
  }
  return rows;
}

async function runPeer(
  bin: string,
  peer: Peer,
  file: string,
): Promise<{ readonly seconds: number; readonly peakBytes: number }> {
  const script = inRepository('test', 'bench', 'peers', 'measure.py');
  const { stdout } = await promisify(execFile)(join(bin, 'python'), [script, peer, file, file], {
    maxBuffer: 64 * MB,
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return JSON.parse(last) as { readonly seconds: number; readonly peakBytes: number };
}

async function baselineOf(files: readonly string[]): Promise<WithBaseline> {
  const parsed = parseBaseline(
    formatBaseline(await validate({ dataset: DATASET, files })),
    'baseline',
  );
  assert.ok(parsed.ok);
  return { baseline: parsed.value };
}

async function validate(input: DatasetInput, cacheFolder?: string): Promise<DatasetReport> {
  const { datasets } = await validateDatasets([input], {
    engine: engineBeside(inRepository('dist')),
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
  });
  const [dataset] = datasets;
  assert.ok(dataset !== undefined && dataset.verdict !== 'inconclusive');
  return dataset;
}

/** Seconds. */
async function time(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

/** The table, ten of it, and the same rows in a hundred files; the numbers are the same in every run. */
async function writeTables(folder: string) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const whole = join(folder, 'million.parquet');
  await connection.run('SELECT setseed(0.5)');
  await connection.run(
    `COPY (SELECT ${columns().join(', ')} FROM range(1000000)) TO ${quoteLiteral(whole)}`,
  );
  const tenth = join(folder, 'tenth.parquet');
  await connection.run(
    `COPY (SELECT * FROM ${quoteLiteral(whole)} WHERE id % 10 = 0) TO ${quoteLiteral(tenth)}`,
  );
  const parts: string[] = [];
  for (let part = 0; part < 100; part++) {
    const path = join(folder, `part${String(part).padStart(2, '0')}.parquet`);
    await connection.run(
      `COPY (SELECT * FROM ${quoteLiteral(whole)} WHERE id // 10000 = ${part}) TO ${quoteLiteral(path)}`,
    );
    parts.push(path);
  }
  connection.closeSync();
  instance.closeSync();
  const tenfold = Array.from({ length: 10 }, (_, copy) => {
    const path = join(folder, `copy${copy}.parquet`);
    symlinkSync(whole, path);
    return path;
  });
  return { whole, tenth, parts, tenfold };
}

/** A number of each row; 20 normal, 8 exponential, 6 uniform with gaps, 5 whole numbers, 10 texts of 3 to a million. */
function columns(): readonly string[] {
  const normal = 'sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())';
  const list = (count: number, sqlOf: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => sqlOf(index));
  const whole = [10, 100, 1000, 50_000, 1_000_000];
  const texts = [3, 5, 10, 20, 50, 200, 1000, 10_000, 100_000, 1_000_000];
  return [
    'range AS id',
    ...list(20, (index) => `${normal} AS normal${index}`),
    ...list(8, (index) => `-ln(1 - random()) AS exponential${index}`),
    ...list(6, (index) => `CASE WHEN random() >= 0.1 THEN random() END AS uniform${index}`),
    ...whole.map((most, index) => `(random() * ${most})::INTEGER AS whole${index}`),
    ...texts.map((most, index) => `'v' || (power(random(), 3) * ${most})::INTEGER AS text${index}`),
  ];
}

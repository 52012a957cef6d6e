import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteLiteral } from '../../src/base/escape';
import { formatBaseline, parseBaseline } from '../../src/data/baseline/baselineText';
import { engineBeside } from '../../src/data/engine/engineCommand';
import type { DatasetReport } from '../../src/data/report';
import { validateDatasets, type DatasetInput } from '../../src/data/validate';
import type { Dataset } from '../../src/project/project';
import { inRepository } from '../harness/repository';
import { median, type BenchRow } from './benchRow';

const RUNS = 7;
const ROWS = 3_000_000;
const FLIGHTS = inRepository('node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');
const DATASET: Dataset = {
  name: 'flights',
  path: 'flights-3m.parquet',
  role: 'train',
  format: 'parquet',
  evidence: [],
};

/**
 * Profile and checks of 3 million flights, from nothing: the engine's process is started for each run and ended after
 * it. Against DuckDB's own `SUMMARIZE` of the same file, in an instance that is open already.
 */
export async function benchProfile(): Promise<BenchRow[]> {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'preflight-bench-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const first = await validate({ dataset: DATASET, files: [FLIGHTS] });
    const baseline = parseBaseline(formatBaseline(first), 'baseline');
    assert.ok(baseline.ok);
    const input = { dataset: DATASET, files: [FLIGHTS], baseline: baseline.value };
    const ours: number[] = [];
    const summarize: number[] = [];
    // In turns, so that a busy moment of the machine slows both down.
    for (let run = 0; run < RUNS; run++) {
      ours.push(await time(() => validate(input)));
      summarize.push(
        await time(() =>
          connection.runAndReadAll(`SUMMARIZE SELECT * FROM ${quoteLiteral(FLIGHTS)}`),
        ),
      );
    }
    await validate({ ...input, contentId: 'flights' }, cacheFolder);
    const kept: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      kept.push(await time(() => validate({ ...input, contentId: 'flights' }, cacheFolder)));
    }
    const name = 'profile and checks of 3 million flights';
    return [
      { name, value: median(ours), unit: 'ms' },
      {
        name,
        value: median(ours) / median(summarize),
        unit: 'x',
        limit: 1,
        ratioTo: "DuckDB's SUMMARIZE",
      },
      { name: `${name}, their profile known`, value: median(kept), unit: 'ms' },
    ];
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(cacheFolder, { recursive: true, force: true });
  }
}

async function validate(input: DatasetInput, cacheFolder?: string): Promise<DatasetReport> {
  const report = await validateDatasets([input], {
    engine: engineBeside(inRepository('dist')),
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
  });
  const [dataset] = report.datasets;
  assert.equal(dataset?.rows, ROWS);
  assert.equal(dataset.verdict, 'pass');
  return dataset;
}

/** In milliseconds. */
async function time(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

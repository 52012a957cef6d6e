import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { MeasureRequest } from '../../../src/data/engine/engineProtocol';
import { DataEngine } from '../../../src/data/engine/engineProcess';
import { csvOf, ENGINE, writeData } from './dataFixtures';

function requestOf(path: string): MeasureRequest {
  return {
    type: 'measure',
    dataset: 'train',
    parts: [[{ path, shown: 'data/train.csv' }]],
    format: 'csv',
  };
}

const FLIGHTS: MeasureRequest = {
  type: 'measure',
  dataset: 'flights',
  parts: [
    [
      {
        path: join(__dirname, '../../../node_modules/vega-datasets/data/flights-3m.parquet'),
        shown: 'flights-3m.parquet',
      },
    ],
  ],
  format: 'parquet',
};

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function waitUntil(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isSo()) {
    assert.ok(Date.now() < deadline, 'it did not happen within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('the data engine', function () {
  this.timeout(60_000);
  let engine: DataEngine;
  const small = () => requestOf(writeData(csvOf(['x'], [[1], [2]])));

  beforeEach(() => {
    engine = DataEngine.start(ENGINE);
  });
  afterEach(() => engine.dispose());

  it('starts its process with the first profile and keeps it', async () => {
    assert.equal(engine.pid, undefined);
    const first = await engine.ask(small());
    assert.ok(first.ok);
    assert.equal(first.value.parts[0]?.rows, 2);
    const { pid } = engine;
    assert.ok((await engine.ask(small())).ok);
    assert.equal(engine.pid, pid);
  });

  it('profiles one after the other what was asked for at once', async () => {
    const results = await Promise.all([engine.ask(small()), engine.ask(small())]);
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [true, true],
    );
  });

  it('says when its process was killed, and profiles again in a new one', async () => {
    const killed: number[] = [];
    const lost = await engine.ask(FLIGHTS, {
      onProgress: () => {
        if (engine.pid !== undefined) killed.push(engine.pid);
        if (killed.length === 1 && killed[0] !== undefined) process.kill(killed[0], 'SIGKILL');
      },
    });
    assert.ok(!lost.ok);
    assert.equal(lost.problem.code, 'engine-lost');
    assert.equal(lost.problem.file, 'flights-3m.parquet');
    assert.match(lost.problem.message, /stopped while reading flights \(signal SIGKILL\)/);
    const next = await engine.ask(small());
    assert.ok(next.ok);
    assert.notEqual(engine.pid, killed[0]);
  });

  it('says what a small machine has not enough memory for, and goes on in the same process', async () => {
    const little = DataEngine.start({
      ...ENGINE,
      execArgv: [...ENGINE.execArgv, '--require', join(__dirname, 'smallMachine.cjs')],
    });
    try {
      const rows = Array.from({ length: 200_000 }, (_, row) => [
        row,
        `a name like no other ${row}`,
      ]);
      const result = await little.ask(requestOf(writeData(csvOf(['id', 'name'], rows))));
      assert.ok(!result.ok);
      assert.equal(result.problem.code, 'memory-exceeded');
      assert.equal(result.problem.file, 'data/train.csv');
      assert.match(result.problem.message, /which is 10\.0 MiB/);
      const { pid } = little;
      const path = join(__dirname, 'files/people.parquet');
      const parts = [[{ path, shown: 'people.parquet' }]];
      const next = await little.ask({
        type: 'measure',
        dataset: 'people',
        parts,
        format: 'parquet',
      });
      assert.equal(next.ok && next.value.parts[0]?.rows, 4);
      assert.equal(little.pid, pid);
    } finally {
      little.dispose();
    }
  });

  it('says why its process cannot start', async () => {
    const broken = DataEngine.start({
      file: writeData('throw new Error("no library")', 'js'),
      execArgv: [],
    });
    const result = await broken.ask(small());
    assert.ok(!result.ok);
    assert.equal(result.problem.code, 'engine-lost');
    assert.match(result.problem.message, /no library/);
  });

  it('can be cancelled, and profiles again', async () => {
    const controller = new AbortController();
    const result = await engine.ask(FLIGHTS, {
      signal: controller.signal,
      onProgress: ({ what }) => what === 'measuring' && controller.abort(),
    });
    assert.ok(!result.ok);
    assert.equal(result.problem.code, 'cancelled');
    assert.ok((await engine.ask(small())).ok);
  });

  it('can be cancelled while it looks at whole rows, and finds rows again', async () => {
    const controller = new AbortController();
    const seen = new Set<string>();
    const [files = []] = FLIGHTS.parts;
    const data = { dataset: 'flights', files, format: 'parquet' } as const;
    const ask = { duplicates: true, label: 'ORIGIN' } as const;
    const result = await engine.ask(
      { type: 'facts', ...data, facts: { ask, others: [] } },
      {
        signal: controller.signal,
        onProgress: ({ what }) => {
          seen.add(what);
          if (what === 'looking at whole rows') controller.abort();
        },
      },
    );
    assert.ok(!result.ok);
    assert.equal(result.problem.code, 'cancelled');
    assert.deepEqual([...seen], ['reading', 'looking at whole rows']);
    const text = { path: writeData(csvOf(['x'], [[1], [2]])), shown: 'data/train.csv' };
    const filters = [{ kind: 'values', column: 'x', values: ['2'] }] as const;
    const rows = await engine.ask({
      type: 'rows',
      dataset: 'train',
      format: 'csv',
      files: [text],
      filters,
      limit: 5,
    });
    assert.ok(rows.ok);
    assert.deepEqual(rows.value, [
      { columns: ['x'], rows: [{ line: 3, values: ['2'] }], total: 1 },
    ]);
  });

  it('does not start for what was cancelled before', async () => {
    const result = await engine.ask(small(), { signal: AbortSignal.abort() });
    assert.ok(!result.ok);
    assert.equal(result.problem.code, 'cancelled');
    assert.equal(engine.pid, undefined);
  });

  it('leaves no process and no temporary folder behind, killed or not', async () => {
    const leftovers = () =>
      readdirSync(tmpdir()).filter((name) => name.startsWith('ml-preflight-engine-'));
    const before = leftovers();
    assert.ok((await engine.ask(small())).ok);
    const { pid } = engine;
    assert.ok(pid !== undefined && isRunning(pid));
    engine.dispose();
    await waitUntil(() => !isRunning(pid));
    const busy = DataEngine.start(ENGINE);
    const cancelled = await busy.ask(FLIGHTS, { onProgress: () => busy.dispose() });
    assert.ok(!cancelled.ok);
    assert.equal(cancelled.problem.code, 'cancelled');
    await waitUntil(() => leftovers().every((name) => before.includes(name)));
  });

  it('removes what an engine left that was killed together with its host, and nothing that is in use', async () => {
    const folders = ['999999999', String(process.pid)].map((pid) =>
      mkdtempSync(join(tmpdir(), `ml-preflight-engine-${pid}-`)),
    );
    const young = mkdtempSync(join(tmpdir(), 'ml-preflight-engine-999999999-'));
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
    for (const folder of folders) {
      writeFileSync(join(folder, 'spill'), '');
      utimesSync(folder, twoDaysAgo, twoDaysAgo);
    }
    try {
      assert.ok((await engine.ask(small())).ok);
      assert.deepEqual(
        [...folders, young].map((folder) => existsSync(folder)),
        [false, true, true],
      );
    } finally {
      for (const folder of [...folders, young]) rmSync(folder, { recursive: true, force: true });
    }
  });

  it('does not outlive a host that is killed', async () => {
    const path = FLIGHTS.parts[0]?.[0]?.path ?? '';
    const host = spawn(
      process.execPath,
      [...ENGINE.execArgv, join(__dirname, 'engineHost.ts'), path],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [said] = (await once(host.stdout, 'data')) as [Buffer];
    const pid = Number.parseInt(said.toString(), 10);
    assert.ok(isRunning(pid));
    host.kill('SIGKILL');
    await waitUntil(() => !isRunning(pid));
  });
});

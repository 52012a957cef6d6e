import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatNumber } from '../../base/format';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { isLarge } from './csvStream';
import { memoryLimit, openDatabase, STREAM_MEMORY, type Database } from './database';
import { DataError } from './dataError';
import {
  filesOf,
  type EngineAnswers,
  type EngineRequest,
  type EngineProgress,
  type FromEngine,
  type MeasureRequest,
  type SourceFile,
  type ToEngine,
} from './engineProtocol';
import { watchMemory } from './memoryWatchdog';
import { measureData } from './measure/measureData';
import { openSource } from './openSource';
import type { PartMeasures } from '../profile/measures';
import { readFailure } from './source';

/**
 * The engine's process. It answers one request at a time and lives as long as its host's channel: a crash of the
 * native library, or a kill, costs one profile and not the editor.
 */

const folder = mkdtempSync(join(tmpdir(), 'ml-preflight-engine-'));

/** Milliseconds that an interrupted query may take to end. */
const PATIENCE = 2000;

let current: Database | undefined;
let cancelled = false;
let exceeded: number | undefined;

async function answer(request: EngineRequest): Promise<Result<EngineAnswers[keyof EngineAnswers]>> {
  cancelled = false;
  exceeded = undefined;
  const watchdog = watchMemory(residentLimit(), stopQuery);
  try {
    return ok(await measureParts(request));
  } catch (error) {
    if (cancelled) return failed(cancellation(request));
    if (exceeded !== undefined) return failed(outOfMemory(request, exceeded));
    const [file] = filesOf(request);
    return failed(error instanceof DataError ? error.problem : readFailure(file, error).problem);
  } finally {
    watchdog.dispose();
  }
}

/** What does not end when it is interrupted is ended with the process; the host starts another. */
function stopQuery(resident: number): void {
  exceeded = resident;
  current?.connection.interrupt();
  setTimeout(() => {
    if (exceeded === resident && current !== undefined) process.exit(1);
  }, PATIENCE).unref();
}

/** Bytes: half as much again as the limit of DuckDB's own, and what the process has besides. */
function residentLimit(): number {
  return (1.5 * memoryLimit() + 512) * 2 ** 20;
}

function outOfMemory(request: EngineRequest, resident: number): Problem {
  const [file] = filesOf(request);
  return {
    code: 'memory-exceeded',
    message: `Reading ${request.dataset} took ${formatNumber(resident / 2 ** 30)} GiB of memory and was stopped.`,
    ...(file === undefined ? {} : { file: file.shown }),
    fix: 'Split the data into several files, or write it as Parquet with smaller row groups.',
  };
}

async function measureParts(request: MeasureRequest): Promise<readonly PartMeasures[]> {
  const { parts, format, shape } = request;
  const measured: PartMeasures[] = [];
  for (const [index, files] of parts.entries()) {
    const onProgress = ({ what, done }: EngineProgress): void =>
      send({ type: 'progress', progress: { what, done: (index + done) / parts.length } });
    onProgress({ what: 'reading', done: 0 });
    measured.push(
      await withDatabase(files, request, async (database) => {
        const sources = await openSource(database, format);
        return measureData(database, sources, { format, shape, onProgress });
      }),
    );
  }
  return measured;
}

/** @throws where the request was cancelled meanwhile */
async function withDatabase<Value>(
  files: readonly SourceFile[],
  { format, threads }: MeasureRequest,
  use: (database: Database) => Promise<Value>,
): Promise<Value> {
  const streams = (format === 'csv' || format === 'tsv') && (await isLarge(files));
  const memory = streams ? Math.min(STREAM_MEMORY, memoryLimit()) : memoryLimit();
  current = await openDatabase(files, threads, folder, memory);
  try {
    if (cancelled) throw new Error('cancelled');
    return await use(current);
  } finally {
    const finished = current;
    current = undefined;
    await finished.close();
  }
}

function cancellation({ dataset }: EngineRequest) {
  return { code: 'cancelled', message: `Reading ${dataset} was cancelled.` };
}

function send(message: FromEngine): void {
  if (process.connected) process.send?.(message);
}

process.on('message', (message: ToEngine) => {
  switch (message.type) {
    case 'request':
      void answer(message.request).then((result) => send({ type: 'done', result }));
      break;
    case 'cancel':
      cancelled = true;
      current?.connection.interrupt();
      break;
  }
});
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('disconnect', () => process.exit());
// Ctrl+C in a terminal reaches the whole process group; the host decides what it means.
process.on('SIGINT', () => {});
send({ type: 'started', folder });

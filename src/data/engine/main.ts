import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatNumber } from '../../base/format';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { isLarge } from './csvStream';
import { memoryLimit, openDatabase, STREAM_MEMORY, type OpenDatabase } from './database';
import { DataError } from './dataError';
import { diffRows } from './diff/diffRows';
import {
  filesOf,
  type DataFiles,
  type DiffRequest,
  type EngineAnswers,
  type EngineRequest,
  type EngineProgress,
  type FactsRequest,
  type FromEngine,
  type MeasureAnswer,
  type MeasureRequest,
  type PairRequest,
  type RowsRequest,
  type SourceFile,
  type ToEngine,
} from './engineProtocol';
import { FOLDER_NAME, removeAbandoned } from './abandonedFolders';
import { watchMemory } from './memoryWatchdog';
import { measureFacts } from './facts/measureFacts';
import { measureData } from './measure/measureData';
import type { FailingRows } from '../finding';
import { findRows } from './rows/findRows';
import { openSource } from './openSource';
import { measurePair } from './pair/measurePair';
import { nextStep, QueryProgress } from './queryProgress';
import type { PartMeasures } from '../profile/measures';
import type { PairFacts } from '../profile/pairFacts';
import type { RowFacts } from '../profile/profile';
import type { RowDiff } from '../rowDiff/rowDiff';
import { readFailure } from './source';

/**
 * The engine's process. It answers one request at a time and lives as long as its host's channel: a crash of the
 * native library, or a kill, costs one profile and not the editor.
 */

removeAbandoned();
const folder = mkdtempSync(join(tmpdir(), `${FOLDER_NAME}${process.pid}-`));

/** Milliseconds that an interrupted query may take to end. */
const PATIENCE = 2000;

let current: OpenDatabase | undefined;
let progress = newProgress();
let cancelled = false;
let exceeded: number | undefined;

async function answer(request: EngineRequest): Promise<Result<EngineAnswers[keyof EngineAnswers]>> {
  cancelled = false;
  exceeded = undefined;
  progress = newProgress();
  const watchdog = watchMemory(residentLimit(), stopQuery);
  try {
    return ok(await perform(request));
  } catch (error) {
    if (cancelled) return failed(cancellation(request));
    if (exceeded !== undefined) return failed(outOfMemory(request, exceeded));
    const [file] = filesOf(request);
    return failed(error instanceof DataError ? error.problem : readFailure(file, error).problem);
  } finally {
    watchdog.dispose();
  }
}

function perform(request: EngineRequest): Promise<EngineAnswers[keyof EngineAnswers]> {
  switch (request.type) {
    case 'measure':
      return measureParts(request);
    case 'facts':
      return measureRows(request);
    case 'pair':
      return comparePair(request);
    case 'diff':
      return compareVersions(request);
    case 'rows':
      return listRows(request);
  }
}

/** What does not end when it is interrupted is ended with the process; the host starts another. */
function stopQuery(resident: number): void {
  exceeded = resident;
  interrupt();
  setTimeout(() => {
    if (exceeded === resident && current !== undefined) process.exit(1);
  }, PATIENCE).unref();
}

function interrupt(): void {
  current?.interrupt();
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

async function measureParts(request: MeasureRequest): Promise<MeasureAnswer> {
  const { parts, format, shape, facts: asked } = request;
  const measured: PartMeasures[] = [];
  let facts: RowFacts | undefined;
  for (const [index, files] of parts.entries()) {
    const share = (done: number): number => (index + done) / parts.length;
    const onProgress = ({ what, done }: EngineProgress): void =>
      progress.tell({ what, done: share(done) }, share(nextStep(done)));
    onProgress({ what: 'reading', done: 0 });
    const scope = { ...request, files, others: asked?.others ?? [] };
    await withDatabase(scope, async (database) => {
      const columns = await openSource(database, format);
      measured.push(await measureData(database, columns, { format, shape, onProgress }));
      if (asked === undefined || parts.length > 1) return;
      facts = await measureFacts(database, { columns, ...asked, onProgress: within(0.9) });
    });
  }
  return { parts: measured, ...(facts === undefined ? {} : { facts }) };
}

async function measureRows(request: FactsRequest): Promise<RowFacts> {
  const { facts, format } = request;
  within(0)({ what: 'reading', done: 0 });
  return withDatabase({ ...request, others: facts.others }, async (database) => {
    const columns = await openSource(database, format);
    return measureFacts(database, { columns, ...facts, onProgress: within(0.5) });
  });
}

function comparePair(request: PairRequest): Promise<PairFacts> {
  return withDatabase({ ...request, others: [request.train] }, (database) =>
    measurePair(database, request, within(0)),
  );
}

function compareVersions(request: DiffRequest): Promise<RowDiff> {
  return withDatabase({ ...request, others: [request.past] }, (database) =>
    diffRows(database, request, within(0)),
  );
}

async function listRows(request: RowsRequest): Promise<readonly FailingRows[]> {
  within(0)({ what: 'reading', done: 0 });
  return withDatabase({ ...request, others: [] }, async (database) => {
    const columns = await openSource(database, request.format);
    within(0.5)({ what: 'looking for the rows', done: 0 });
    return findRows(database, columns, request);
  });
}

/** Tells how far the request is, from one point of it to its end. */
function within(start: number): (progress: EngineProgress) => void {
  const share = (done: number): number => start + (1 - start) * done;
  return ({ what, done }) => progress.tell({ what, done: share(done) }, share(nextStep(done)));
}

function newProgress(): QueryProgress {
  return new QueryProgress((told) => send({ type: 'progress', progress: told }));
}

interface DatabaseScope extends Pick<MeasureRequest, 'format' | 'threads'> {
  readonly files: readonly SourceFile[];
  readonly others: readonly DataFiles[];
}

/** @throws where the request was cancelled meanwhile */
async function withDatabase<Value>(
  { files, format, threads, others }: DatabaseScope,
  use: (database: OpenDatabase) => Promise<Value>,
): Promise<Value> {
  const streams = (format === 'csv' || format === 'tsv') && (await isLarge(files));
  const memory = streams ? Math.min(STREAM_MEMORY, memoryLimit()) : memoryLimit();
  const otherFiles = others.map((other) => other.files);
  current = await openDatabase(files, threads, folder, memory, otherFiles);
  const unfollow = progress.follow(current.connection);
  try {
    if (cancelled) throw new Error('cancelled');
    return await use(current);
  } finally {
    unfollow();
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
      interrupt();
      break;
  }
});
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('disconnect', () => process.exit());
// Ctrl+C in a terminal reaches the whole process group; the host decides what it means.
process.on('SIGINT', () => {});
send({ type: 'started', folder });

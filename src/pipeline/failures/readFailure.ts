import { open } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Evidence } from '../../base/evidence';
import type { RecordedRun } from '../ledger/recordedRun';
import { readTraceback, type Traceback } from './traceback';

/** Why a run of a stage failed, in its own words. */
export interface RunFailure {
  /** `ValueError: could not convert string to float`. Not escaped. */
  readonly error: string;
  /** The innermost line of the project's own code, relative to its root; undefined where none took part. */
  readonly place: Evidence | undefined;
}

/** A traceback is at the end of a log, and seldom longer than this. */
const TAIL_BYTES = 64 * 1024;
/** Folders inside of projects whose code is not the project's own. */
const FOREIGN = /(?:^|\/)(?:site-packages|dist-packages|\.venv|venv|node_modules|\.snakemake)\//;

/** Reads why a run failed from its log; undefined where the log is gone or says nothing of the kind. */
export async function readFailure(run: RecordedRun, root: string): Promise<RunFailure | undefined> {
  const traceback = readTraceback(await readTail(run.log));
  if (traceback === undefined) return undefined;
  return { error: traceback.error, place: placeInProject(traceback, run.cwd, root) };
}

function placeInProject({ frames }: Traceback, cwd: string, root: string): Evidence | undefined {
  for (const { file, line } of [...frames].reverse()) {
    const path = relative(root, resolve(cwd, file)).replaceAll('\\', '/');
    const isOwn = !path.startsWith('..') && !isAbsolute(path) && !file.startsWith('<');
    if (isOwn && !FOREIGN.test(`/${path}`)) return { file: path, line };
  }
  return undefined;
}

async function readTail(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(size - start),
      0,
      size - start,
      start,
    );
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

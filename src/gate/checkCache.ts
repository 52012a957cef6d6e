import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from '../base/atomicWrite';
import { VERSION } from '../base/version';
import { findRepository, type Repository } from '../git/repository';
import { runGit } from '../git/runGit';
import { findStateFolder } from '../git/stateFolder';
import { listAnnounced } from '../git/treeEntries';
import type { CheckReport } from './checkReport';
import { isReport, writeLastGate } from './lastGate';

/**
 * The last verdict, for as long as nothing that it rests on has changed. This file and what it imports stay small: the
 * command line tries it before it loads anything else.
 */

/** What a verdict on the staged change rests on. */
export interface CheckState {
  /** The folder that was checked, absolute. */
  readonly folder: string;
  readonly repository: Repository;
  readonly stateFolder: string;
  /** A hash of the index, HEAD, all refs, the branch, the folder and this program. */
  readonly key: string;
  /** Null before the first commit. */
  readonly head: string | null;
}

interface ForeignFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface RememberedCheck {
  readonly report: CheckReport;
  /** Files outside git's store that were read, as they were. */
  readonly foreign: readonly ForeignFile[];
  /** Where the record for editors belongs. */
  readonly stateFolders: readonly string[];
}

export interface RecallOptions {
  /** Whether git started the check as a hook; absent where the check is not to be recorded for editors. */
  readonly hook?: boolean;
}

const CACHE_FILE = 'check-cache.json';

/** The stored verdict where nothing has changed since; undefined in every other case. */
export async function recallCheck(
  folder: string,
  { hook }: RecallOptions = {},
): Promise<CheckReport | undefined> {
  const started = performance.now();
  const state = await readCheckState(folder);
  if (state === undefined) return undefined;
  const remembered = await readCache(state);
  if (remembered === undefined) return undefined;
  const seconds = (performance.now() - started) / 1000;
  const report = { ...remembered.report, seconds };
  if (hook !== undefined) {
    const { head, folder: checked } = state;
    const gate = { ...report, time: Date.now(), head, hook, folder: checked };
    await writeLastGate(remembered.stateFolders, gate);
  }
  return report;
}

async function readCache(state: CheckState): Promise<RememberedCheck | undefined> {
  try {
    const text = await readFile(join(state.stateFolder, CACHE_FILE), 'utf8');
    const cache = JSON.parse(text) as RememberedCheck & { readonly key: string };
    if (cache.key !== state.key || !isReport(cache.report)) return undefined;
    return (await Promise.all(cache.foreign.map(isUnchanged))).every(Boolean) ? cache : undefined;
  } catch {
    // Not there, not readable, or of another version: the check is simply done again.
    return undefined;
  }
}

async function isUnchanged({ path, size, mtimeMs }: ForeignFile): Promise<boolean> {
  const found = await stat(path);
  return found.size === size && found.mtimeMs === mtimeMs;
}

/** Keeps a verdict for the state that it was given for. What could not be judged is tried again every time. */
export async function rememberCheck(state: CheckState, check: RememberedCheck): Promise<void> {
  if (check.report.unjudged) return;
  const text = JSON.stringify({ key: state.key, ...check });
  // Without a cache the gate is only slower.
  await writeFileAtomically(join(state.stateFolder, CACHE_FILE), text).catch(() => undefined);
}

/** Undefined outside git, and where git does not answer. */
export async function readCheckState(folder: string): Promise<CheckState | undefined> {
  const absolute = resolve(folder);
  const found = await findRepository(absolute);
  if (!found.ok) return undefined;
  const repository = found.value;
  const [index, refs, branch, program, stateFolder] = await Promise.all([
    runGit(repository.root, ['ls-files', '--stage', '-z']),
    readRefs(repository),
    runGit(repository.root, ['symbolic-ref', '--quiet', 'HEAD']),
    describeProgram(),
    findStateFolder(absolute),
  ]);
  if (!index.ok || refs === undefined) return undefined;
  const announced = await announcedPaths(repository, index.value);
  const hash = createHash('sha256');
  // The same folder by another link is the same check.
  const place = await realpath(absolute).catch(() => absolute);
  const parts = [program, place, branch.ok ? branch.value : '', refs, announced, index.value];
  for (const part of parts) hash.update(part).update('\0\0');
  const head = /^([0-9a-f]+) HEAD$/m.exec(refs)?.[1] ?? null;
  return { folder: absolute, repository, stateFolder, key: hash.digest('hex'), head };
}

/** Every ref, HEAD first: whatever version the configuration names as the baseline is among them or fixed. */
async function readRefs({ root }: Repository): Promise<string | undefined> {
  const listed = await runGit(root, ['show-ref', '--head']);
  if (listed.ok) return listed.value.toString('utf8');
  // Without any commit there is no ref, which this command calls a failure.
  const isEmpty = await runGit(root, ['for-each-ref', '--count=1']);
  return isEmpty.ok && isEmpty.value.length === 0 ? '' : undefined;
}

const EMPTY_BLOB =
  /e69de29bb2d1d6434b8b29ae775ad8c2e48c5391|473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813/;

/** The listing shows a file that is only announced as an empty one; asked only where there is such a thing. */
async function announcedPaths(repository: Repository, index: Buffer): Promise<string> {
  if (!EMPTY_BLOB.test(index.toString('latin1'))) return '';
  const announced = await listAnnounced(repository);
  return announced.ok ? [...announced.value].join('\0') : 'unknown';
}

/** The engine is built together with both hosts, so that they know each other's verdicts. */
async function describeProgram(): Promise<string> {
  const engine = join(__dirname, 'engine.js');
  const { size, mtimeMs } = await stat(existsSync(engine) ? engine : __filename);
  return `${VERSION} ${size} ${mtimeMs}`;
}

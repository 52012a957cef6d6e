import { resolve } from 'node:path';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import type { EngineCommand } from '../data/engine/engineCommand';
import { ObjectReader } from '../git/objectReader';
import { findRepository } from '../git/repository';
import { currentBranch } from '../git/revisions';
import { runGit } from '../git/runGit';
import { changedInIndex } from '../git/stagedChanges';
import { findStateFolder } from '../git/stateFolder';
import { listIndex } from '../git/treeEntries';
import { readCheckState, rememberCheck, type CheckState, type RememberedCheck } from './checkCache';
import { checkProject, type CheckProgress, type ProjectPlan } from './checkProject';
import type { CheckReport, CheckScope } from './checkReport';
import { judge } from './judge';
import { placeProject } from './judgedProject';
import { writeLastGate } from './lastGate';
import { planStaged } from './planStaged';
import { planWorktree } from './planWorktree';
import { detectStagedProjects } from './stagedProjects';

export interface CheckRequest {
  /** Every project in this folder is judged. */
  readonly folder: string;
  readonly scope: CheckScope;
  /** Whether git started the check as a hook; absent where the check is not to be recorded for editors. */
  readonly hook?: boolean;
  readonly engine: EngineCommand;
  /** Whether the verdict is kept for `recallCheck`; default true. */
  readonly useCache?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress) => void;
}

/**
 * The gate. `staged` judges what `git commit` would commit now, `worktree` everything as it is. It only reads: neither
 * the index nor the work tree is changed, and nothing of the project is run. Problems `not-a-repository` (staged only),
 * `folder-missing`, `cancelled`, and those of git; everything else that goes wrong is in the report.
 */
export async function runCheck(request: CheckRequest): Promise<Result<CheckReport>> {
  try {
    const checked =
      request.scope === 'staged' ? await checkStaged(request) : await checkWorktree(request);
    return request.signal?.aborted === true ? failed(cancelled()) : checked;
  } catch (error) {
    // Detection throws the signal's reason; anything else is a bug.
    if (request.signal?.aborted === true) return failed(cancelled());
    throw error;
  }
}

function cancelled(): Problem {
  return { code: 'cancelled', message: 'Cancelled.' };
}

async function checkStaged(request: CheckRequest): Promise<Result<CheckReport>> {
  const started = performance.now();
  const state = await readCheckState(request.folder);
  if (state === undefined) return failed(await explainNoState(request.folder));
  const reader = new ObjectReader(state.repository);
  try {
    const plans = await planAll(request, state, reader);
    if (!plans.ok) return plans;
    const { report, foreign } = await judgePlans(plans.value, request, started);
    if (request.signal?.aborted === true) return failed(cancelled());
    await record(request, state, {
      report,
      foreign,
      stateFolders: await stateFoldersOf(state, plans.value),
    });
    return ok(report);
  } finally {
    reader.dispose();
  }
}

/** A verdict is kept only for a state that was the same before and after it was found. */
async function record(
  { useCache = true, hook }: CheckRequest,
  { folder, key, head }: CheckState,
  check: RememberedCheck,
): Promise<void> {
  const now = useCache ? await readCheckState(folder) : undefined;
  if (now?.key === key) await rememberCheck(now, check);
  if (hook === undefined) return;
  await writeLastGate(check.stateFolders, {
    ...check.report,
    time: Date.now(),
    head,
    hook,
    folder,
  });
}

async function explainNoState(folder: string): Promise<Problem> {
  const found = await findRepository(folder);
  if (!found.ok) return found.problem;
  const listed = await runGit(found.value.root, ['ls-files', '--stage', '-z']);
  return listed.ok
    ? { code: 'git-failed', message: 'git could not list the refs of the repository.' }
    : listed.problem;
}

async function planAll(
  { signal, onProgress }: CheckRequest,
  { repository, folder, head }: CheckState,
  reader: ObjectReader,
): Promise<Result<readonly ProjectPlan[]>> {
  onProgress?.({ what: 'reading what is staged' });
  const [entries, changes] = await Promise.all([listIndex(repository), changedInIndex(repository)]);
  if (!entries.ok) return entries;
  if (!changes.ok) return changes;
  if (changes.value.length === 0) return ok([]);
  const staged = await detectStagedProjects({
    folder,
    repository,
    reader,
    entries: entries.value,
    changes: changes.value,
    ...(signal === undefined ? {} : { signal }),
  });
  const plans: ProjectPlan[] = [];
  for (const project of staged) plans.push(await planStaged(project, { repository, reader, head }));
  return ok(plans);
}

async function stateFoldersOf(
  { stateFolder }: CheckState,
  plans: readonly ProjectPlan[],
): Promise<readonly string[]> {
  const own = await Promise.all(plans.map(({ project }) => findStateFolder(project.root)));
  return [...new Set([stateFolder, ...own])];
}

async function checkWorktree(request: CheckRequest): Promise<Result<CheckReport>> {
  const started = performance.now();
  request.onProgress?.({ what: 'detecting the project' });
  const plans = await planWorktree(resolve(request.folder), request.signal);
  if (!plans.ok) return plans;
  return ok((await judgePlans(plans.value, request, started)).report);
}

async function judgePlans(
  plans: readonly ProjectPlan[],
  { folder, scope, engine, signal, onProgress }: CheckRequest,
  started: number,
) {
  const repository = await findRepository(folder);
  const context = {
    repository: repository.ok ? repository.value : undefined,
    engine,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  const projects = [];
  const foreign = [];
  const judged: string[] = [];
  for (const plan of plans) {
    const checked = await checkProject(plan, context);
    projects.push(placeProject(checked.found, plan.prefix));
    foreign.push(...checked.foreign);
    const paths = [...plan.datasets.map(({ path }) => path), ...plan.metrics];
    judged.push(...paths.map((path) => (plan.prefix === '' ? path : `${plan.prefix}/${path}`)));
  }
  const branch = repository.ok ? await currentBranch(repository.value) : undefined;
  const seconds = (performance.now() - started) / 1000;
  return { report: judge({ projects, scope, branch, judged, seconds }), foreign };
}

import { REFERENCE_UNREADABLE } from './checks/referenceUnreadable';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { folderOf } from '../project/files/paths';
import type { DatasetRole } from '../project/project';
import { runPairChecks } from './checks/checks';
import type { Finding } from './finding';
import { isEnd } from './isEnd';
import { askOfPair, type Profiled } from './profile/pairAsk';
import type { PairFacts } from './profile/pairFacts';
import type { DataContent, Profiler } from './profile/profiler';
import { shapeFor } from './profile/shape';
import type { Schema } from './schema/schema';

/** The roles of what is looked at beside the training data. */
const PAIRED: ReadonlySet<DatasetRole> = new Set(['test', 'validation', 'production']);

export function isPaired(role: DatasetRole): boolean {
  return PAIRED.has(role);
}

/** A dataset that is judged, with what it is judged by. */
export interface Judging extends Profiled {
  readonly content: DataContent;
  readonly schema: Schema;
}

/** A training dataset, or why it cannot be read. */
export interface TrainCandidate {
  readonly content: DataContent;
  readonly measured: Result<Profiled>;
}

/**
 * What the rules over two datasets say of one, beside the training data that are most like it. Problems are
 * those with which nothing can be said at all (`isEnd`).
 */
export async function judgeBesideTrain(
  judging: Judging,
  candidates: readonly TrainCandidate[],
  profiler: Profiler,
): Promise<Result<readonly Finding[]>> {
  const stopped = candidates.flatMap(({ measured }) =>
    !measured.ok && isEnd(measured.problem) ? [measured.problem] : [],
  );
  if (stopped[0] !== undefined) return failed(stopped[0]);
  const train = chooseTrain(judging, candidates);
  if (train === undefined) return ok(unreadable(judging, candidates));
  const { dataset, schema } = judging;
  const facts = await measureFacts(judging, train, profiler);
  if (!facts.ok) return failOrTell(judging, train.profiled, facts.problem);
  const current = await countLikeTrain(judging, train.profiled, profiler);
  if (!current.ok) return failOrTell(judging, train.profiled, current.problem);
  const context = { dataset, schema, train: train.profiled, facts: facts.value };
  return ok(runPairChecks({ ...context, current: current.value }));
}

interface Train {
  readonly content: DataContent;
  readonly profiled: Profiled;
}

/** At least this share of a dataset's columns is also the training data's, or they have nothing to do with each other. */
const LEAST_COMMON = 0.5;

/** The one that the dataset names as its baseline; else the one with the most common columns, of the same folder first. */
function chooseTrain(
  { dataset, profile }: Judging,
  candidates: readonly TrainCandidate[],
): Train | undefined {
  const own = new Set(profile.columns.map(({ name }) => name));
  const folder = folderOf(dataset.path);
  let best: { readonly train: Train; readonly score: number } | undefined;
  for (const { content, measured } of candidates) {
    if (!measured.ok || content.dataset.name === dataset.name) continue;
    const { columns } = measured.value.profile;
    const common = columns.filter(({ name }) => own.has(name)).length;
    if (common < LEAST_COMMON * own.size) continue;
    const isNamed = content.dataset.name === dataset.baseline;
    const isNear = folderOf(content.dataset.path) === folder;
    const score = (isNamed ? Infinity : common) + (isNear ? 0.5 : 0);
    if (score > (best?.score ?? 0)) best = { train: { content, profiled: measured.value }, score };
  }
  return best?.train;
}

/** What is met in production comes from where the training data come from, and may repeat them. */
async function measureFacts(
  judging: Judging,
  { content, profiled }: Train,
  profiler: Profiler,
): Promise<Result<PairFacts>> {
  const ask = judging.dataset.role === 'production' ? undefined : askOfPair(judging, profiled);
  return ask === undefined ? ok({}) : profiler.pair(judging.content, content, ask);
}

function countLikeTrain(judging: Judging, { profile }: Profiled, profiler: Profiler) {
  return judging.dataset.role === 'production'
    ? profiler.profile(judging.content, shapeFor(profile, undefined))
    : ok(judging.profile);
}

function failOrTell(
  { dataset }: Judging,
  train: Profiled,
  problem: Problem,
): Result<readonly Finding[]> {
  if (isEnd(problem)) return failed(problem);
  return ok([notCompared(dataset.name, train.dataset.name, problem)]);
}

/** That nothing was compared is told, and no reason to refuse the data: the training data have a report of their own. */
function unreadable(
  { dataset }: Judging,
  candidates: readonly TrainCandidate[],
): readonly Finding[] {
  if (candidates.some(({ measured }) => measured.ok)) return [];
  return candidates.flatMap(({ content, measured }) =>
    measured.ok ? [] : [notCompared(dataset.name, content.dataset.name, measured.problem)],
  );
}

function notCompared(dataset: string, train: string, problem: Problem): Finding {
  return {
    rule: REFERENCE_UNREADABLE,
    severity: 'info',
    dataset,
    message: `It was not compared with the training data "${train}", which could not be read. ${problem.message}`,
    observed: problem.code,
    expected: 'training data that can be read',
    samples: [],
  };
}

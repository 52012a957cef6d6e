import { formatProblem } from '../../../src/base/problem';
import { readStatus } from '../../../src/pipeline/status/status';
import type { Project } from '../../../src/project/project';
import type { Compared, Peer } from './peer';

/** A tool and what it is asked about. */
export interface Question {
  readonly peer: Peer;
  /** What the tool reads by itself. */
  readonly part: Project;
  /** The project that it is a part of: the status of a stage depends on all of them. */
  readonly whole: Project;
  readonly stateFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Agreement {
  /** The answer first, then where we differ, then what is worth a look. */
  readonly lines: readonly string[];
  readonly agrees: boolean;
}

/** Asks a tool about its stages, and compares them with ours. */
export async function compareWithTool(question: Question): Promise<Agreement> {
  const { peer, part, stateFolder, env } = question;
  try {
    const listed = await peer.listStages(part, env);
    const stale = await compareStale(question);
    const more = (await peer.compareMore?.(part, stateFolder, env)) ?? [];
    const stages = { what: 'stage', ours: peer.nameStages(part), theirs: listed };
    const differences = [stages, ...stale.compared, ...more].flatMap(describeDifference);
    const agrees = differences.length === 0;
    const answer = `${agrees ? 'agrees' : 'DIFFERS'}: ${listed.length} stages${stale.answer}`;
    return { lines: [answer, ...differences, ...stale.notes], agrees };
  } catch (error) {
    return describeRefused(question, error);
  }
}

/** What the tool refuses must be a problem with its place, and no stage of it fresh. */
async function describeRefused(
  { peer, part, whole, stateFolder }: Question,
  error: unknown,
): Promise<Agreement> {
  const own = new Set(part.stages.flatMap(({ id, tool }) => (tool === peer.tool ? [id] : [])));
  const statuses = (await readStatus(whole, stateFolder)).filter(({ id }) => own.has(id));
  const states = new Set(statuses.map(({ status }) => status));
  const problems = part.problems.map(formatProblem);
  const reasons = statuses.flatMap((one) => (one.status === 'unknown' ? one.reasons : []));
  return {
    lines: [
      `cannot be asked: ${lastWords(error)}`,
      `we say: ${[...states].join(', ')}`,
      ...new Set([...problems, ...reasons]),
    ],
    agrees: !states.has('fresh') && problems.length + reasons.length > 0,
  };
}

interface StaleComparison {
  readonly answer: string;
  readonly compared: readonly Compared[];
  /** What we do not know is no difference. */
  readonly notes: readonly string[];
}

async function compareStale(question: Question): Promise<StaleComparison> {
  const { peer, part, env } = question;
  if (peer.listStale === undefined) return { answer: '', compared: [], notes: [] };
  let stale: readonly string[];
  let judged: ReadonlySet<string>;
  try {
    stale = await peer.listStale(part, env);
    judged = new Set((await peer.listJudged?.(part, env)) ?? peer.nameStages(part));
  } catch (error) {
    return { answer: `, stale is not told: ${lastWords(error)}`, compared: [], notes: [] };
  }
  const { ours, unknown } = await readOurs(question, judged);
  const theirs = new Set(stale);
  return {
    answer: `, ${stale.length} stale`,
    compared: [{ what: 'stale', ours, theirs: stale.filter((name) => !unknown.has(name)) }],
    notes: [...unknown].map(
      (name) => `unknown with us: ${name}, ${theirs.has(name) ? 'stale' : 'not stale'} there`,
    ),
  };
}

async function readOurs(
  { peer, part, whole, stateFolder }: Question,
  judged: ReadonlySet<string>,
): Promise<{ readonly ours: readonly string[]; readonly unknown: ReadonlySet<string> }> {
  const named = await peer.nameStale?.(part, stateFolder);
  if (named !== undefined) return { ours: named, unknown: new Set() };
  const statuses = await readStatus(whole, stateFolder);
  const byId = new Map(statuses.map(({ id, status }) => [id, status]));
  const unknown = new Set<string>();
  const ours: string[] = [];
  for (const stage of part.stages) {
    const name = peer.nameOf(stage);
    const status = byId.get(stage.id);
    if (stage.tool !== peer.tool || !judged.has(name)) continue;
    if (status === 'unknown') unknown.add(name);
    else if (status !== 'fresh' && peer.isJudged?.(stage) !== false) ours.push(name);
  }
  return { ours, unknown };
}

function describeDifference({ what, ours, theirs }: Compared): readonly string[] {
  const [our, their] = [new Set(ours), new Set(theirs)];
  return [
    ...[...our].filter((name) => !their.has(name)).map((name) => `${what} only with us: ${name}`),
    ...[...their].filter((name) => !our.has(name)).map((name) => `${what} only there: ${name}`),
  ];
}

function lastWords(error: unknown): string {
  const words = error instanceof Error ? error.message.trim() : String(error);
  return words.split('\n').filter(Boolean).slice(-4).join(' / ');
}

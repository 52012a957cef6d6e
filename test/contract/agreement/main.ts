import { formatProblem } from '../../../src/base/problem';
import { readStatus } from '../../../src/pipeline/status/status';
import { detectProjects } from '../../../src/project/detectProjects';
import type { Project } from '../../../src/project/project';
import {
  withPath,
  ensurePipelineTools,
  ensurePythonEnvironment,
} from '../../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../harness/temporaryFolder';
import type { Peer } from './peer';
import { PEERS } from './peers';

/**
 * `npm run agreement -- FOLDER…` asks the tools of any projects about their stages, and says where ours differ: a
 * check against repositories that are not in this one. Nothing is run but the tools' own listing commands; those of
 * Snakemake and Kedro execute the project's Python. Exit code 1 where anything differs.
 */
async function main(folders: readonly string[]): Promise<void> {
  const env = {
    ...withPath(await ensurePipelineTools(), withPath(await ensurePythonEnvironment())),
    DVC_NO_ANALYTICS: '1',
    DO_NOT_TRACK: '1',
  };
  for (const folder of folders) {
    const projects = await detectProjects(folder);
    if (!projects.ok) throw new Error(`${folder}: ${projects.problem.message}`);
    for (const project of projects.value) {
      for (const peer of PEERS) {
        if (!project.stages.some(({ tool }) => tool === peer.tool)) continue;
        const lines = await compare(peer, project, env);
        console.log(`${project.root} ${peer.tool}: ${lines[0] ?? ''}`);
        for (const line of lines.slice(1)) console.log(`  ${line}`);
      }
    }
  }
}

/** The first line is the answer, the others are where we differ. */
async function compare(
  peer: Peer,
  project: Project,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  // Not that of the project, which is not ours.
  const state = makeTemporaryFolder('agreement');
  try {
    const listed = await peer.listStages(project, env);
    const differences = describeDifference('stage', peer.nameStages(project), listed);
    let answer = `${listed.length} stages`;
    if (peer.listStale !== undefined) {
      const stale = await peer.listStale(project, env);
      const ours =
        (await peer.nameStale?.(project, state)) ?? (await nameStale(peer, project, state));
      differences.push(...describeDifference('stale', ours, stale));
      answer += `, ${stale.length} stale`;
    }
    for (const { what, ours, theirs } of (await peer.compareMore?.(project, state, env)) ?? []) {
      differences.push(...describeDifference(what, ours, theirs));
    }
    if (differences.length > 0) process.exitCode = 1;
    return [`${differences.length === 0 ? 'agrees' : 'DIFFERS'}: ${answer}`, ...differences];
  } catch (error) {
    return [
      `cannot be asked: ${describeError(error)}`,
      ...(await describeRefused(peer, project, state)),
    ];
  } finally {
    await removeTemporaryFolder(state);
  }
}

/** What the tool refuses must be a problem with its place, and no stage of it fresh. */
async function describeRefused(
  { tool }: Peer,
  project: Project,
  stateFolder: string,
): Promise<readonly string[]> {
  const statuses = await readStatus(project, stateFolder);
  const states = statuses
    .filter((_, index) => project.stages[index]?.tool === tool)
    .map(({ status }) => status);
  const problems = project.problems.map(formatProblem);
  if (problems.length === 0 || states.includes('fresh')) process.exitCode = 1;
  return [`we say: ${[...new Set(states)].join(', ')}`, ...problems];
}

async function nameStale(
  peer: Peer,
  project: Project,
  stateFolder: string,
): Promise<readonly string[]> {
  const byId = new Map(project.stages.map((stage) => [stage.id, stage]));
  return (await readStatus(project, stateFolder)).flatMap(({ id, status }) => {
    const stage = byId.get(id);
    return stage?.tool === peer.tool && status !== 'fresh' ? [peer.nameOf(stage)] : [];
  });
}

function describeError(error: unknown): string {
  const words = error instanceof Error ? error.message.trim() : String(error);
  return words.split('\n').filter(Boolean).slice(-4).join(' / ');
}

function describeDifference(
  what: string,
  ours: readonly string[],
  theirs: readonly string[],
): string[] {
  const [our, their] = [new Set(ours), new Set(theirs)];
  return [
    ...[...our].filter((name) => !their.has(name)).map((name) => `${what} only with us: ${name}`),
    ...[...their].filter((name) => !our.has(name)).map((name) => `${what} only there: ${name}`),
  ];
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});

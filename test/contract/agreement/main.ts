import { join } from 'node:path';
import { readStatus } from '../../../src/pipeline/status/status';
import { detectProjects } from '../../../src/project/detectProjects';
import type { Project } from '../../../src/project/project';
import {
  withPath,
  ensurePipelineTools,
  ensurePythonEnvironment,
} from '../../harness/pythonEnvironment';
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
  try {
    const listed = await peer.listStages(project, env);
    const found = peer.nameStages(project);
    const differences = describeDifference('stage', found, listed);
    let answer = `${listed.length} stages`;
    if (peer.listStale !== undefined) {
      const stale = await peer.listStale(project, env);
      const statuses = await readStatus(project, join(project.root, '.git', 'preflight'));
      const byId = new Map(project.stages.map((stage) => [stage.id, stage]));
      const ours = statuses.flatMap(({ id, status }) => {
        const stage = byId.get(id);
        return stage?.tool === peer.tool && status !== 'fresh' ? [peer.nameOf(stage)] : [];
      });
      differences.push(...describeDifference('stale', ours, stale));
      answer += `, ${stale.length} stale`;
    }
    if (differences.length > 0) process.exitCode = 1;
    return [`${differences.length === 0 ? 'agrees' : 'DIFFERS'}: ${answer}`, ...differences];
  } catch (error) {
    const words = error instanceof Error ? error.message.trim().split('\n') : [String(error)];
    return [`cannot be asked: ${words.at(-1) ?? ''}`];
  }
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

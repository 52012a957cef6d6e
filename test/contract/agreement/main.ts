import { detectProjects } from '../../../src/project/detectProjects';
import type { Project } from '../../../src/project/project';
import {
  ensurePipelineTools,
  ensurePythonEnvironment,
  withPath,
} from '../../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../harness/temporaryFolder';
import { compareWithTool } from './compareWithTool';
import { PEERS } from './peers';

/**
 * `npm run agreement -- FOLDER…` asks the tools of any projects about their stages, and says where ours differ: a
 * check against repositories that are not in this one. Nothing is run but the tools' own listing commands; those of
 * Snakemake and Kedro execute the project's Python, and make's what stands in `$(shell …)`. Exit code 1 where anything
 * differs.
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
    for (const project of projects.value) await compareProject(project, env);
  }
}

async function compareProject(whole: Project, env: NodeJS.ProcessEnv): Promise<void> {
  // Not that of the project, which is not ours.
  const stateFolder = makeTemporaryFolder('agreement');
  try {
    for (const peer of PEERS) {
      if (!whole.tools.some(({ tool }) => tool === peer.tool)) continue;
      for (const part of peer.parts?.(whole) ?? [whole]) {
        const { lines, agrees } = await compareWithTool({ peer, part, whole, stateFolder, env });
        if (!agrees) process.exitCode = 1;
        const place = peer.parts === undefined ? '' : ` ${part.tools[0]?.evidence[0]?.file ?? ''}`;
        console.log(`${whole.root} ${peer.tool}${place}: ${lines.join('\n  ')}`);
      }
    }
  } finally {
    await removeTemporaryFolder(stateFolder);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});

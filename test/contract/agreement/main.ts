import { detectProjects } from '../../../src/project/detectProjects';
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
  // Not that of the projects, which are not ours.
  const state = makeTemporaryFolder('agreement');
  try {
    for (const folder of folders) await compareFolder(folder, state, env);
  } finally {
    await removeTemporaryFolder(state);
  }
}

async function compareFolder(
  folder: string,
  stateFolder: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const projects = await detectProjects(folder);
  if (!projects.ok) throw new Error(`${folder}: ${projects.problem.message}`);
  for (const whole of projects.value) {
    for (const peer of PEERS) {
      if (!whole.tools.some(({ tool }) => tool === peer.tool)) continue;
      for (const part of peer.parts?.(whole) ?? [whole]) {
        const { lines, agrees } = await compareWithTool({ peer, part, whole, stateFolder, env });
        if (!agrees) process.exitCode = 1;
        const place = peer.parts === undefined ? '' : ` ${part.tools[0]?.evidence[0]?.file ?? ''}`;
        console.log(`${whole.root} ${peer.tool}${place}: ${lines.join('\n  ')}`);
      }
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});

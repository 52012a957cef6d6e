import { join } from 'node:path';
import type { Project } from '../../../src/project/project';
import { entryOf, startFolder } from '../../../src/project/snakemake/workflowPlace';
import { readOutput } from '../../harness/childProcess';
import { readPlan, readRules } from '../snakemakePlan';
import { partsOfFiles, type Peer } from './peer';

/** Snakemake: the rules that it lists, and the jobs of a dry run of the default target. Both execute the Snakefile. */
export const snakemakePeer: Peer = {
  tool: 'snakemake',
  parts: (project) => partsOfFiles(project, 'snakemake', entryOf),
  nameOf: ({ name }) => name,
  nameStages: (project) => project.stages.map(({ name }) => name),
  async listStages(project, env) {
    return readRules(await ask(project, env, '--list-rules'));
  },
  async listStale(project, env) {
    return readPlan(await ask(project, env, '--dry-run', '--nocolor', '--nolock'));
  },
  // The default target says nothing of the others.
  isJudged: ({ onRequest }) => onRequest !== true,
};

function ask(
  project: Project,
  env: NodeJS.ProcessEnv,
  ...words: readonly string[]
): Promise<string> {
  const entry = project.tools[0]?.evidence[0]?.file ?? '';
  const cwd = join(project.root, startFolder(entry));
  const snakefile = join(project.root, entry);
  return readOutput('snakemake', ['--snakefile', snakefile, ...words], { cwd, env });
}

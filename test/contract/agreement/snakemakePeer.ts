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
    const plan = await ask(project, env, '--dry-run', '--nocolor', '--nolock');
    if (plan.includes('<TBD>')) throw new Error('what comes after its checkpoints is not known');
    return readPlan(plan);
  },
  // The default target says nothing of the others.
  isJudged: ({ onRequest }) => onRequest !== true,
};

async function ask(
  project: Project,
  env: NodeJS.ProcessEnv,
  ...words: readonly string[]
): Promise<string> {
  const entry = project.tools[0]?.evidence[0]?.file ?? '';
  const cwd = join(project.root, startFolder(entry));
  const snakefile = join(project.root, entry);
  try {
    return await readOutput('snakemake', ['--snakefile', snakefile, ...words], { cwd, env });
  } catch (error) {
    throw new Error(wordsOf(error), { cause: error });
  }
}

/** The error and the line after it, in what Snakemake writes to either of its streams. */
function wordsOf(error: unknown): string {
  const streams = ['stderr', 'stdout'].map((name) =>
    typeof error === 'object' && error !== null ? String(Reflect.get(error, name) ?? '') : '',
  );
  const [words] = /^\w+(?:Error|Exception)\b.*(?:\n.*)?/m.exec(streams.join('\n')) ?? [];
  return (words ?? streams.join(' ').trim().slice(-200)).replaceAll('\n', ' ');
}

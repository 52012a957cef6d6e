import { join } from 'node:path';
import type { Project, Stage } from '../../../src/project/project';
import { readOutput } from '../../harness/childProcess';
import type { Peer } from './peer';

/** Ours only as far as it has nodes that no other pipeline has. */
const WHOLE = '__default__';

/** Kedro: the pipelines that `kedro registry list` lists. It imports the project's code. */
export const kedroPeer: Peer = {
  tool: 'kedro',
  async listStages(project, env) {
    const ours = new Set(stagesOf(project).map(nameOf));
    const listed: string[] = [];
    for (const folder of foldersOf(project)) {
      const cwd = join(project.root, folder);
      for (const name of await listPipelines(cwd, env)) {
        const full = nameIn(folder, name);
        if (name === WHOLE || (!ours.has(full) && (await isEmpty(name, cwd, env)))) continue;
        listed.push(full);
      }
    }
    return listed;
  },
  nameStages: (project) =>
    stagesOf(project)
      .filter(({ name }) => name !== WHOLE)
      .map(nameOf),
  nameOf,
};

/** The pipelines of the Kedro project in a folder, `__default__` among them. */
async function listPipelines(folder: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const text = await readOutput('kedro', ['registry', 'list'], { cwd: folder, env });
  return [...text.matchAll(/^- (.+)$/gm)].flatMap((match) => match[1] ?? []);
}

/** Whether a pipeline has no nodes: Kedro lists it, and refuses to run it. */
async function isEmpty(name: string, cwd: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const text = await readOutput('kedro', ['registry', 'describe', name], { cwd, env });
  return /^Nodes: \[\]/m.test(text);
}

function stagesOf({ stages }: Project): readonly Stage[] {
  return stages.filter(({ tool }) => tool === 'kedro');
}

function foldersOf(project: Project): readonly string[] {
  return [...new Set(stagesOf(project).map(({ cwd }) => cwd))];
}

function nameOf({ cwd, name }: Stage): string {
  return nameIn(cwd, name);
}

function nameIn(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}: ${name}`;
}

import { readAzurePipelines } from '../ci/azurePipelines';
import { readGithubActions } from '../ci/githubActions';
import { readPipelines } from '../dvc/readPipelines';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { folderOf } from '../files/paths';
import { codeBlocks } from './codeBlocks';
import { scriptRuns, type ScriptRun } from '../shell/scriptRuns';

/** How each script is run, by its path: as DVC runs it, else as the READMEs tell people, else as CI does. */
export async function readRunInstructions(
  files: FileIndex,
): Promise<ReadonlyMap<string, ScriptRun>> {
  const runs = new Map<string, ScriptRun>();
  const add = (found: readonly ScriptRun[]): void => {
    for (const run of found) {
      const path = run.paths.find((one) => files.has(one));
      if (path !== undefined && !runs.has(path)) runs.set(path, run);
    }
  };
  const stages = (await readPipelines(files)).flatMap((pipeline) => pipeline.stages ?? []);
  for (const { command, cwd } of stages) add(scriptRuns(command, cwd));
  for (const found of await readmeRuns(files)) add(found);
  const ci = [...(await readAzurePipelines(files)), ...(await readGithubActions(files))];
  for (const { command, cwd } of ci.flatMap((file) => file.commands)) add(scriptRuns(command, cwd));
  return runs;
}

/** Where there are more, they are those of vendored packages. */
const MOST_READMES = 50;

async function readmeRuns(files: FileIndex): Promise<readonly (readonly ScriptRun[])[]> {
  const paths = ['README.md', 'readme.md', 'Readme.md', 'README.rst', 'README.txt', 'README']
    .flatMap((name) => files.named(name))
    .sort((a, b) => a.split('/').length - b.split('/').length)
    .slice(0, MOST_READMES);
  return mapConcurrent(paths, 8, async (path) => {
    const text = await files.readText(path);
    if (!text.ok) return [];
    const hasFolder = (folder: string): boolean => files.hasFolder(folder);
    const folders = [...new Set([folderOf(path), '.'])];
    return codeBlocks(text.value).flatMap((block) =>
      folders.flatMap((folder) => scriptRuns(block, folder, hasFolder)),
    );
  });
}

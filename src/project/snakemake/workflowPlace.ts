import { folderOf } from '../files/paths';
import type { Stage } from '../project';

/** The Snakefile that Snakemake is given for a stage: the last one that its evidence names. */
export function entryOf({ evidence, source }: Pick<Stage, 'evidence' | 'source'>): string {
  const entry = evidence.findLast(({ file }) => /(?:^|\/)[Ss]nakefile$/.test(file));
  return (entry ?? source).file;
}

/** The folder that Snakemake is started in for a Snakefile. */
export function startFolder(entry: string): string {
  const folder = folderOf(entry);
  const isInWorkflow = folder === 'workflow' || folder.endsWith('/workflow');
  return isInWorkflow ? folderOf(folder) : folder;
}

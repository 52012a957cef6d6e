import type { Stage } from '../../project/project';
import { entryOf, startFolder } from '../../project/snakemake/workflowPlace';
import { readParameterValues } from '../parameters/parameterFiles';
import { configWords, isConfigValue } from './snakemakeConfig';
import type { StageTool } from './stageTool';

/** Snakemake: it runs the jobs of one rule, and `.snakemake/metadata` is the record. */
export const snakemakeTool: StageTool = {
  invocation: (stage, { force, set = [] }) => {
    const entry = entryOf(stage);
    const folder = startFolder(entry);
    return {
      program: 'snakemake',
      arguments: [
        '--cores=all',
        '--rerun-incomplete',
        `--snakefile=${folder === '.' ? entry : entry.slice(folder.length + 1)}`,
        ...(force || set.length > 0 ? [`--forcerun=${stage.name}`] : []),
        ...(set.length === 0 ? [] : ['--config', ...configWords(set)]),
        ...targetOf(stage),
      ],
      cwd: folder,
      install:
        'Install it with `pip install snakemake`, or select the Python environment that has it.',
    };
  },
  record: {
    // Reading a workflow takes the parser of its language, which an editor loads when there is one.
    readStatus: async (stage, sources) =>
      (await import('../snakemake/snakemakeStatus')).readSnakemakeStatus(stage, sources),
    digest: async (stage, sources) =>
      (await import('../snakemake/snakemakeStatus')).digestRecords(stage, sources),
  },
  settable: async (stage, root) => ({
    keys: [...(await readParameterValues(stage, root)).keys()],
    takes: isConfigValue,
  }),
  // Snakemake locks the files of all jobs in the folder that it is started in.
  exclusive: (stage) => `snakemake ${startFolder(entryOf(stage))}`,
};

/**
 * A rule with wildcards is no target by itself: its jobs are those on the way to the default target. What is not
 * fresh before it is run too, because Snakemake makes nothing of what it knows to be old.
 */
function targetOf({ name, outputs }: Stage): readonly string[] {
  return outputs.some((path) => path.includes('{')) ? [`--until=${name}`] : ['--', name];
}

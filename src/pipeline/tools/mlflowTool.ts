import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parameterNames } from '../../project/mlflow/readMlproject';
import { folderOf } from '../../project/files/paths';
import type { StageTool } from './stageTool';

/** MLflow Projects: `mlflow run` runs an entry point. It keeps no record that tells whether one is fresh. */
export const mlflowTool: StageTool = {
  invocation: (stage, { set = [] }) => ({
    program: 'mlflow',
    arguments: [
      'run',
      '.',
      `--entry-point=${stage.name}`,
      // In the environment that the project's other stages run in, and without the network.
      '--env-manager=local',
      ...set.flatMap(({ key, text }) => ['-P', `${key}=${text}`]),
    ],
    cwd: folderOf(stage.source.file),
    install: 'Install it with `pip install mlflow`, or select the Python environment that has it.',
  }),
  settable: async ({ source, name }, root) => {
    const text = await readFile(join(root, source.file), 'utf8').catch(() => '');
    return { keys: parameterNames(text, source.file, name) };
  },
};

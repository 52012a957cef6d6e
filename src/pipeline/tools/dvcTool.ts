import { posix } from 'node:path';
import { folderOf } from '../../project/files/paths';
import type { Stage } from '../../project/project';
import { digestLockEntry, DvcFiles } from '../dvc/dvcPipeline';
import { findDvcRefusal } from '../dvc/dvcRefusal';
import { readDvcStatus } from '../dvc/dvcStatus';
import { readParameterValues } from '../parameters/parameterFiles';
import { splitParameter } from '../graph/stageGraph';
import type { SetValue, StageTool } from './stageTool';

/** DVC: `dvc repro` runs a stage, and dvc.lock is the record. */
export const dvcTool: StageTool = {
  invocation: (stage, { force, set = [] }) => ({
    program: 'dvc',
    arguments: [
      // Two stages at once are two programs that both want DVC's lock for a moment.
      '--wait-for-lock',
      // With values it is an experiment: in a folder of its own, kept in git beside the branches.
      ...(set.length === 0
        ? ['repro']
        : ['exp', 'run', '--temp', ...experimentParameters(stage, set)]),
      '--single-item',
      ...(force ? ['--force'] : []),
      '--',
      stage.name,
    ],
    cwd: folderOf(stage.source.file),
    install: 'Install it with `pip install dvc`, or select the Python environment that has it.',
  }),
  settable: async (stage, root) => ({
    keys: [...(await readParameterValues(stage, root)).keys()],
    isApart: true,
  }),
  record: {
    readStatus: readDvcStatus,
    refusal: findDvcRefusal,
    digest: (stage, sources) => digestLockEntry(stage, sources.once(DvcFiles)),
  },
};

/** Files are named from the folder of dvc.yaml, where dvc runs. */
function experimentParameters(stage: Stage, set: readonly SetValue[]): readonly string[] {
  return set.flatMap(({ key, text }) => {
    const parameter = splitParameter(key);
    const file = posix.relative(folderOf(stage.source.file), parameter.file);
    return ['--set-param', `${file}:${parameter.key ?? ''}=${text}`];
  });
}

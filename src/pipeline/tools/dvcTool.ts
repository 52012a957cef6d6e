import { folderOf } from '../../project/paths';
import { digestLockEntry, DvcFiles } from '../dvc/dvcPipeline';
import { readDvcStatus } from '../dvc/dvcStatus';
import type { StageTool } from './stageTool';

/** DVC: `dvc repro` runs a stage, and dvc.lock is the record. */
export const dvcTool: StageTool = {
  invocation: (stage, { force }) => ({
    program: 'dvc',
    // Two stages at once are two programs that both want DVC's lock for a moment.
    arguments: [
      '--wait-for-lock',
      'repro',
      '--single-item',
      ...(force ? ['--force'] : []),
      '--',
      stage.name,
    ],
    cwd: folderOf(stage.source.file),
    install: 'Install it with `pip install dvc`, or select the Python environment that has it.',
  }),
  record: {
    readStatus: readDvcStatus,
    digest: (stage, sources) => digestLockEntry(stage, sources.once(DvcFiles)),
  },
};

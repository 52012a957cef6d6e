import { runStages } from '../../../src/pipeline/run/runStages';
import { makeProject, makeStage } from './makeStage';

/** A host for a test to kill: runs the command of its second argument in the folder of its first. */
const [root = '', command = ''] = process.argv.slice(2);
const parts = { command, dependencies: ['in.txt'], outputs: ['out.txt'] };
const stages = [makeStage('train', parts)];
void runStages({
  project: makeProject(root, stages),
  stages,
  stateFolder: `${root}/.state`,
  jobs: 1,
  force: false,
  signal: new AbortController().signal,
  environment: undefined,
  onEvent: () => undefined,
});
